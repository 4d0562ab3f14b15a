/* Running a case: messages against its pattern, and its pattern against others. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "explain.h"
#include "messages.h"
#include "prove.h"
#include "report_words.h"
#include "suite.h"
#include "suite_replay.h"

#define SHOWN 300 /* bytes of a message or a pattern in a report */

static char *copy(const blob *text)
{
    return need_copy((const char *)text->data, text->length);
}

void suite_fail(suite_case *one, cli_place place, const blob *words, const blob *details)
{
    one->failures = need_more(one->failures, &one->room_failures, one->n_failures + 1, sizeof *one->failures);
    one->failures[one->n_failures++] = (suite_failure){place, copy(words), copy(details)};
}

/* A text of anybody's in a line, cut where it is long. */
static void shown(blob *out, ctf_text text)
{
    size_t cut = text.length > SHOWN ? SHOWN : text.length;
    while (cut < text.length && cut > 0 && ((unsigned char)text.data[cut] & 0xC0) == 0x80)
        cut--;
    report_words_safe(out, (ctf_text){text.data, cut});
    blob_append_words(out, cut < text.length ? "...\n" : "\n");
}

/* ---- messages ---- */

static bool judge(suite_pattern *pattern, ctf_text message)
{
    ctf_hits hits;
    if (ctf_match(pattern->scratch, message.data, message.length, &hits) != CTF_OK)
        need_failed();
    return hits.n > 0;
}

static void explain(const suite_pattern *pattern, ctf_text message, blob *out)
{
    ctf_explanation *e;
    if (ctf_explain(pattern->text, &message, NULL, &e, NULL) != CTF_OK)
        need_failed();
    explain_print_why(e, message, out);
    ctf_explanation_free(e);
}

static void fail_message(const suite *all, suite_case *one, cli_place place, ctf_text message, bool expected)
{
    blob words = {0}, details = {0};
    blob_append_words(&words, expected ? "this should match " : "this should not match ");
    report_words_safe(&words, suite_pattern_label(all, one->pattern));
    blob_append_words(&words, expected ? ", and does not" : ", and does");
    shown(&details, message);
    explain(&all->patterns[one->pattern], message, &details);
    suite_fail(one, place, &words, &details);
    blob_free(&words);
    blob_free(&details);
}

static void check_message(const suite *all, suite_case *one, cli_place place, ctf_text message, bool expected)
{
    suite_pattern *pattern = &all->patterns[one->pattern];
    if (all->covering)
        suite_cover(pattern, message);
    if (judge(pattern, message) != expected)
        fail_message(all, one, place, message, expected);
}

/* A file of messages while it is read. */
typedef struct reading {
    const suite *all;
    suite_case *one;
    cli_place place;
    bool expected;
    size_t n;
} reading;

static bool take(void *context, const message_seen *message)
{
    reading *r = context;
    r->n++;
    check_message(r->all, r->one, r->place, message->text, r->expected);
    return true;
}

static void check_file(const suite *all, suite_case *one, const suite_message *file, bool expected)
{
    reading r = {all, one, file->place, expected, 0};
    blob words = {0};
    const blob none = {0};
    if (!messages_read(all->options, all->patterns[one->pattern].filter, &file->text.data, 1, take, &r))
        one->unread = true;
    if (!one->unread && r.n == 0) {
        blob_append_words(&words, "there is no message in this file");
        suite_fail(one, file->place, &words, &none);
    }
    blob_free(&words);
}

static void check_messages(const suite *all, suite_case *one, bool expected)
{
    const suite_messages *m = &one->expected[expected];
    for (size_t i = 0; i < m->n_messages; i++)
        check_message(all, one, m->messages[i].place, m->messages[i].text, expected);
    for (size_t i = 0; i < m->n_files; i++)
        check_file(all, one, &m->files[i], expected);
}

/* ---- relations ---- */

static void fail_relation(const suite *all, suite_case *one, const suite_relation *relation, const ctf_proof_info *info)
{
    blob words = {0}, details = {0};
    size_t sides[] = {one->pattern, relation->other};
    bool no = info->answer == CTF_ANSWER_NO;
    report_words_safe(&words, suite_pattern_label(all, one->pattern));
    blob_append_words(&words, relation->equal ? " should mean the same as " : " should imply ");
    report_words_safe(&words, suite_pattern_label(all, relation->other));
    blob_append_words(&words, no ? ", and does not" : ", and that is undecided");
    if (no) {
        blob_append_words(&details, "this matches ");
        report_words_safe(&details, suite_pattern_label(all, sides[info->matching]));
        blob_append_words(&details, " alone:\n");
    }
    shown(&details, no ? info->message : info->why);
    suite_fail(one, relation->place, &words, &details);
    blob_free(&words);
    blob_free(&details);
}

static void check_relation(const suite *all, suite_case *one, const suite_relation *relation)
{
    ctf_proof *proof;
    ctf_text own = all->patterns[one->pattern].text, other = all->patterns[relation->other].text;
    if ((relation->equal ? ctf_prove_equal : ctf_prove_implies)(own, other, NULL, &proof, NULL) != CTF_OK)
        need_failed();
    ctf_proof_info info = prove_info(proof);
    if (info.answer != CTF_ANSWER_YES)
        fail_relation(all, one, relation, &info);
    ctf_proof_free(proof);
}

void suite_run(suite *all, suite_file *file, suite_case *one)
{
    if (one->pattern != SUITE_NONE)
        all->patterns[one->pattern].used = true;
    check_messages(all, one, true);
    check_messages(all, one, false);
    for (size_t i = 0; i < one->n_relations; i++)
        check_relation(all, one, &one->relations[i]);
    if (one->replay != NULL)
        suite_replay_run(all, file, one);
}
