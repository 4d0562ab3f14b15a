/* `ctfilter sample`: a message that a pattern matches, and messages that it just does not match. */
#include <stdio.h>

#include "diag.h"
#include "explain.h"
#include "json_out.h"
#include "prove.h"
#include "report_words.h"
#include "sample_record.h"

typedef struct sampling {
    const cli_options *options;
    ctf_text pattern;
    const ctf_proof *proof;
    ctf_proof_info info;
    ctf_explanation *words;
    sample_dresser *dresser; /* NULL: messages are shown as they are */
} sampling;

/* The message as it is shown. */
static void dressed(const sampling *s, ctf_text message, blob *out)
{
    if (s->dresser != NULL)
        sample_dress(s->dresser, message, out);
    else
        blob_append(out, message.data, message.length);
}

static ctf_miss miss_at(const sampling *s, size_t i)
{
    ctf_miss miss = {0};
    ctf_proof_miss(s->proof, i, &miss);
    return miss;
}

static void print_text(const sampling *s, blob *out)
{
    bool alone = options_has(s->options, OPT_MESSAGE);
    if (s->info.answer == CTF_ANSWER_NO)
        blob_append_words(out, "no message can match\n");
    if (s->info.answer == CTF_ANSWER_UNDECIDED) {
        blob_append_words(out, "undecided: ");
        report_words_safe(out, s->info.why);
        blob_append_words(out, "\n");
    }
    if (s->info.answer != CTF_ANSWER_YES)
        return;
    blob_append_words(out, alone ? "" : "This message matches:\n  ");
    dressed(s, s->info.message, out);
    blob_append_words(out, "\n");
    if (alone || s->info.n_misses == 0)
        return;
    blob_append_words(out, "\nThese do not; in each the test above it is turned:\n");
    for (size_t i = 0; i < s->info.n_misses; i++) {
        ctf_miss miss = miss_at(s, i);
        report_words_safe(out, miss.test);
        blob_append_words(out, "\n  ");
        dressed(s, miss.message, out);
        blob_append_words(out, "\n");
    }
}

static void json_message(const sampling *s, ctf_text message, json_out *json)
{
    blob text = {0};
    dressed(s, message, &text);
    json_key(json, "message");
    json_string(json, (ctf_text){(const char *)text.data, text.length});
    blob_free(&text);
}

static void print_json(const sampling *s)
{
    json_out json = {0};
    json_open(&json, '{');
    json_key(&json, "matches");
    json_words(&json, ctf_answer_name(s->info.answer));
    if (s->info.answer == CTF_ANSWER_YES)
        json_message(s, s->info.message, &json);
    if (s->info.answer == CTF_ANSWER_UNDECIDED) {
        json_key(&json, "why");
        json_string(&json, s->info.why);
    }
    json_key(&json, "misses");
    json_open(&json, '[');
    for (size_t i = 0; i < s->info.n_misses; i++) {
        ctf_miss miss = miss_at(s, i);
        json_open(&json, '{');
        json_key(&json, "test");
        json_string(&json, miss.test);
        json_message(s, miss.message, &json);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    json_line(&json, stdout);
    json_out_free(&json);
}

static void print(const sampling *s)
{
    blob out = {0};
    if (options_has(s->options, OPT_JSON)) {
        print_json(s);
        return;
    }
    print_text(s, &out);
    fwrite(out.data, 1, out.length, stdout);
    blob_free(&out);
}

int run_sample(const cli_options *options)
{
    ctf_error error;
    ctf_proof *proof;
    if (options->n_operands != 1)
        return options_misuse(options->command, "takes one pattern");
    if (options_has(options, OPT_JSON) && options_has(options, OPT_MESSAGE))
        return options_misuse(options->command, "--json and --message-only exclude each other");
    sampling s = {.options = options, .pattern = prove_pattern(options, 0)};
    if (ctf_prove_matches(s.pattern, NULL, &proof, &error) != CTF_OK) {
        diag_library(&error, s.pattern, "pattern");
        return EXIT_ERROR;
    }
    if (ctf_explain(s.pattern, NULL, NULL, &s.words, NULL) != CTF_OK)
        need_failed();
    s.proof = proof;
    s.info = prove_info(proof);
    if (options_has(options, OPT_CLOUDTRAIL))
        s.dresser = sample_dresser_new(s.pattern, s.words);
    print(&s);
    if (s.dresser != NULL)
        sample_dresser_free(s.dresser);
    ctf_explanation_free(s.words);
    ctf_proof_free(proof);
    return s.info.answer == CTF_ANSWER_YES ? 0 : s.info.answer == CTF_ANSWER_NO ? 1 : EXIT_UNDECIDED;
}
