/* ctfilter conform: puts vectors to an engine and scores its answers. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "child.h"
#include "compare.h"
#include "diag.h"
#include "engine.h"
#include "options.h"
#include "tally.h"

/* One scoring. Answers come in the order of the vectors. */
typedef struct scoring {
    vector_list vectors;
    cli_tally tally;
    size_t next; /* the vector that the next answer belongs to */
    bool quiet;
    json_out out;
} scoring;

/* What the vector expects, as an object. */
static void print_expected(scoring *s, const cli_vector *vector)
{
    json_open(&s->out, '{');
    for (const json_value *member = json_root(vector->document)->first; member != NULL; member = member->next)
        if (vector_expects(member)) {
            json_key_text(&s->out, member->key);
            json_tree(&s->out, member);
        }
    json_close(&s->out, '}');
    fputs("  expected  ", stdout);
    json_line(&s->out, stdout);
}

static void print_case(scoring *s, const cli_vector *vector, cli_score score, const json_value *answer)
{
    ctf_text id = vector_id(vector), confidence = vector_confidence(vector);
    printf("%s %.*s (%.*s, %s:%zu)\n  request   %.*s", score == SCORE_DIFFERS ? "differs" : "unscored",
           (int)id.length, id.data, (int)confidence.length, confidence.data, vector->file, vector->line,
           (int)vector->request.length, vector->request.data);
    print_expected(s, vector);
    fputs("  got       ", stdout);
    json_tree(&s->out, answer);
    json_line(&s->out, stdout);
}

/* Every difference is shown; of what cannot be scored, the first of each kind. */
static void note(scoring *s, const cli_vector *vector, const json_value *answer)
{
    cli_score score = compare(vector, answer);
    bool first = tally_kind(&s->tally, vector_kind(vector), SCORE_NONE) == 0;
    if (!s->quiet && (score == SCORE_DIFFERS || (score == SCORE_NONE && first)))
        print_case(s, vector, score, answer);
    tally_add(&s->tally, vector, score);
}

/* Is it an answer to this vector: an object with its id? */
static bool belongs(const cli_vector *vector, const json_value *answer)
{
    const json_value *asked = json_get(json_root(vector->document), "id");
    const json_value *got = json_get(answer, "id");
    if (!json_is(answer, JSON_OBJECT))
        return false;
    if (asked == NULL || asked->type >= JSON_ARRAY)
        return true;
    return got != NULL && got->type == asked->type && got->text.length == asked->text.length &&
           (asked->text.length == 0 || memcmp(got->text.data, asked->text.data, asked->text.length) == 0);
}

static bool take_answer(void *context, const char *line, size_t length)
{
    scoring *s = context;
    const cli_vector *vector = &s->vectors.items[s->next++];
    json_error error;
    json_document *document = json_read(line, length, &error);
    bool good = document != NULL && belongs(vector, json_root(document));
    if (good)
        note(s, vector, json_root(document));
    else
        diag_print("%s:%zu: this is no answer to it: %.*s", vector->file, vector->line,
                   length < 200 ? (int)length : 200, line);
    json_free(document);
    return good;
}

static ctf_text give_request(void *context, size_t i)
{
    return ((scoring *)context)->vectors.items[i].request;
}

/* Asks the engine of this program. */
static bool ask_here(scoring *s, const cli_engine *engine)
{
    json_out answer = {0};
    bool good = true;
    for (size_t i = 0; i < s->vectors.n && good; i++) {
        ctf_text request = s->vectors.items[i].request;
        json_out_clear(&answer);
        engine_answer(engine, request.data, request.length - 1, &answer);
        good = take_answer(s, answer.data, answer.length);
    }
    json_out_free(&answer);
    return good;
}

static bool ask(scoring *s, const cli_engine *here, const cli_options *options)
{
    const char *command = options_text(options, OPT_ENGINE, NULL);
    uint64_t timeout = options_number(options, OPT_TIMEOUT, 60);
    if (command == NULL)
        return ask_here(s, here);
    return child_exchange(command, s->vectors.n, timeout > INT_MAX ? INT_MAX : (unsigned)timeout, give_request,
                          take_answer, s);
}

static int conform(scoring *s, const cli_engine *here, const cli_options *options)
{
    for (size_t i = 0; i < options->n_operands; i++)
        if (!vectors_read(&s->vectors, options->operands[i]))
            return EXIT_ERROR;
    if (s->vectors.n == 0) {
        diag_print("conform: no vectors to score by");
        return EXIT_ERROR;
    }
    bool complete = ask(s, here, options);
    tally_print(&s->tally, stdout);
    if (s->tally.counts[SCORE_NONE] > 0)
        diag_print("%zu of %zu vectors could not be scored", s->tally.counts[SCORE_NONE], s->vectors.n);
    if (!complete || s->tally.counts[SCORE_NONE] > 0)
        return EXIT_ERROR;
    return s->tally.counts[SCORE_DIFFERS] > 0;
}

int run_conform(const cli_options *options)
{
    cli_engine here;
    bool own = options_has(options, OPT_READER) || options_has(options, OPT_CHUNK) || options_has(options, OPT_KERNEL);
    if (options->n_operands == 0)
        return options_misuse(options->command, "needs a file of vectors");
    if (own && options_has(options, OPT_ENGINE))
        return options_misuse(options->command, "--reader, --chunk and --kernel are for this program's own engine");
    if (!engine_from_options(options, &here))
        return EXIT_ERROR;
    scoring s = {.quiet = options_has(options, OPT_QUIET)};
    int status = conform(&s, &here, options);
    vectors_free(&s.vectors);
    tally_free(&s.tally);
    json_out_free(&s.out);
    return status;
}
