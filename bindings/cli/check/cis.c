/* `ctfilter cis`: which of the benchmark's metric filters a configuration has, as three facts: byte for byte, by meaning,
 * or covered by a filter that matches more. */
#include "cis.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "diag.h"
#include "prove.h"
#include "report_words.h"

/* How a filter stands to a published pattern; the higher the better. */
typedef enum standing { STANDS_APART, STANDS_OPEN, STANDS_COVERING, STANDS_EQUAL, STANDS_SAME } standing;

static const char *const names[] = {"missing", "undecided", "covered", "equivalent", "byte-equal"};

/* The best filter for a rule. */
typedef struct best {
    standing how;
    size_t item; /* CHECK_NO_ITEM: none */
    size_t text; /* which of the published ones */
} best;

static ctf_text text_of(const char *words)
{
    return (ctf_text){words, strlen(words)};
}

/* One proof's answer. */
static ctf_answer answer_of(ctf_text first, ctf_text second, bool equal)
{
    ctf_proof *proof;
    if ((equal ? ctf_prove_equal : ctf_prove_implies)(first, second, NULL, &proof, NULL) != CTF_OK)
        need_failed();
    ctf_answer answer = prove_info(proof).answer;
    ctf_proof_free(proof);
    return answer;
}

static standing compare(ctf_text published, ctf_text own)
{
    if (own.length == published.length && memcmp(own.data, published.data, own.length) == 0)
        return STANDS_SAME;
    ctf_answer covers = answer_of(published, own, false);
    if (covers != CTF_ANSWER_YES)
        return covers == CTF_ANSWER_NO ? STANDS_APART : STANDS_OPEN;
    return answer_of(own, published, false) == CTF_ANSWER_YES ? STANDS_EQUAL : STANDS_COVERING;
}

/* A pattern that matches all messages covers everything and tells nothing. */
static bool is_of_interest(const check_item *item)
{
    static const char any[] = "{$.*=x||$.*!=x}";
    ctf_check_info info;
    return ctf_check_describe(item->check, &info) == CTF_OK && !info.refused &&
           answer_of(text_of(any), item->pattern, false) != CTF_ANSWER_YES;
}

static void find(const check_work *work, const bool *usable, best found[CIS_RULES])
{
    for (size_t r = 0; r < CIS_RULES; r++) {
        found[r] = (best){STANDS_APART, CHECK_NO_ITEM, 0};
        for (size_t i = 0; i < work->n_items; i++)
            for (size_t t = 0; t < 2 && usable[i] && cis_rules[r].texts[t] != NULL; t++) {
                standing how = compare(text_of(cis_rules[r].texts[t]), work->items[i].pattern);
                if (how > found[r].how)
                    found[r] = (best){how, i, t};
            }
    }
}

/* ---- the report ---- */

static void print_where(const check_item *item, blob *out)
{
    if (item->name.length > 0) {
        blob_append_words(out, "  ");
        report_words_safe(out, item->name);
    }
    if (item->place.file != NULL)
        report_words(out, "  %s:%u", item->place.file, item->place.line);
}

static void print_text(const check_work *work, const best found[CIS_RULES], blob *out)
{
    for (size_t r = 0; r < CIS_RULES; r++) {
        const cis_rule *rule = &cis_rules[r];
        report_words(out, "%-5s %-14s %-11s %s", rule->number, rule->control, names[found[r].how], rule->title);
        if (found[r].item != CHECK_NO_ITEM && found[r].how > STANDS_OPEN) {
            blob_append_words(out, "\n                    ");
            print_where(&work->items[found[r].item], out);
            if (rule->texts[1] != NULL)
                blob_append_words(out, found[r].text == 0 ? "  (Security Hub's pattern)" : "  (the benchmark's pattern)");
        }
        blob_append_words(out, "\n");
    }
}

static void json_member(json_out *json, const char *key, const char *text)
{
    json_key(json, key);
    json_words(json, text);
}

static void json_truth(json_out *json, const char *key, bool truth)
{
    json_key(json, key);
    json_boolean(json, truth);
}

static void print_json(const check_work *work, const best found[CIS_RULES])
{
    json_out json = {0};
    for (size_t r = 0; r < CIS_RULES; r++) {
        const cis_rule *rule = &cis_rules[r];
        const best *b = &found[r];
        json_open(&json, '{');
        json_member(&json, "cis", rule->number);
        json_member(&json, "control", rule->control);
        json_member(&json, "title", rule->title);
        json_member(&json, "published", rule->texts[b->text]);
        json_truth(&json, "byteEqual", b->how == STANDS_SAME);
        json_truth(&json, "equivalent", b->how >= STANDS_EQUAL);
        json_truth(&json, "covered", b->how >= STANDS_COVERING);
        json_truth(&json, "undecided", b->how == STANDS_OPEN);
        if (b->how > STANDS_OPEN) {
            const check_item *item = &work->items[b->item];
            json_key(&json, "pattern");
            json_string(&json, item->pattern);
            if (item->name.length > 0) {
                json_key(&json, "name");
                json_string(&json, item->name);
            }
            if (item->place.file != NULL) {
                json_member(&json, "file", item->place.file);
                json_key(&json, "line");
                json_unsigned(&json, item->place.line);
            }
        }
        json_close(&json, '}');
        json_line(&json, stdout);
    }
    json_out_free(&json);
}

static bool all_covered(const best found[CIS_RULES])
{
    for (size_t r = 0; r < CIS_RULES; r++)
        if (found[r].how < STANDS_COVERING)
            return false;
    return true;
}

int run_cis(const cli_options *options)
{
    check_work work = {.options = options};
    best found[CIS_RULES];
    blob out = {0};
    if (options->n_operands == 0 && !options_has(options, OPT_FILE))
        return options_misuse(options->command, "needs a file");
    if (!options_input_once(options, 0, false))
        return EXIT_ERROR;
    check_patterns(&work);
    bool *usable = need(work.n_items, sizeof *usable);
    for (size_t i = 0; i < work.n_items; i++)
        usable[i] = is_of_interest(&work.items[i]);
    find(&work, usable, found);
    if (options_has(options, OPT_JSON))
        print_json(&work, found);
    else
        print_text(&work, found, &out);
    if (out.length > 0)
        fwrite(out.data, 1, out.length, stdout);
    bool failed = work.failed;
    blob_free(&out);
    free(usable);
    check_free(&work);
    return failed ? EXIT_ERROR : !all_covered(found);
}
