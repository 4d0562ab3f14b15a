#include "match_worker.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"

/* What is around messages is proved whatever they are trusted with. */
static bool make_scratches(match_worker *worker)
{
    const match_plan *plan = worker->plan;
    ctf_scratch_options around = plan->reader;
    around.flags = 0;
    return ctf_scratch_new(plan->filter, &plan->reader, &worker->filter) == CTF_OK &&
           ctf_scratch_new(plan->extractor, &around, &worker->list) == CTF_OK &&
           ctf_scratch_new(plan->extractor, &around, &worker->envelope) == CTF_OK &&
           ctf_scratch_new(plan->extractor, &around, &worker->events) == CTF_OK &&
           ctf_scratch_new(plan->extractor, &around, &worker->record) == CTF_OK;
}

bool match_worker_init(match_worker *worker, match_run *run)
{
    *worker = (match_worker){.run = run, .plan = run->plan};
    match_stats_init(&worker->stats, run->plan->n_patterns);
    if (!source_tools_init(&worker->tools, run->plan->most_bytes, run->plan->hold))
        return false;
    if (make_scratches(worker))
        return true;
    diag_print("out of memory");
    return false;
}

void match_worker_free(match_worker *worker)
{
    ctf_scratch_free(worker->filter);
    ctf_scratch_free(worker->list);
    ctf_scratch_free(worker->envelope);
    ctf_scratch_free(worker->events);
    ctf_scratch_free(worker->record);
    source_tools_free(&worker->tools);
    blob_free(&worker->text);
    blob_free(&worker->name);
    blob_free(&worker->decoded);
    blob_free(&worker->payload);
    blob_free(&worker->output.results);
    blob_free(&worker->output.notes);
    json_out_free(&worker->json);
    match_stats_free(&worker->stats);
}

/* Keeps "LABEL: <words>" and its NUL until it is the input's turn. */
void match_note(match_worker *worker, const char *words)
{
    blob_append_words(&worker->output.notes, worker->label);
    blob_append_words(&worker->output.notes, ": ");
    blob_append_words(&worker->output.notes, words);
    blob_append_byte(&worker->output.notes, '\0');
}

void match_complain(match_worker *worker, const char *format, ...)
{
    char words[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    match_note(worker, words);
    atomic_store(&worker->run->failed, true);
}

/* The library counts from the first byte that it was given. */
static void complain_of_document(match_worker *worker, uint64_t base, const ctf_error *error)
{
    static const char inside[] = "the document ends inside the message that begins at byte ";
    uint64_t at = base + error->offset;
    size_t n = sizeof inside - 1;
    uint64_t begin = base;
    if (strncmp(error->message, inside, n) == 0) {
        begin += strtoull(error->message + n, NULL, 10);
        match_complain(worker, "byte %" PRIu64 ": %s%" PRIu64, at, inside, begin);
    } else {
        match_complain(worker, "byte %" PRIu64 ": %s", at, error->message);
    }
}

void match_complain_scan(match_worker *worker, uint64_t base, ctf_status status, const ctf_error *error)
{
    if (status == CTF_OK || status == CTF_E_STOPPED)
        return;
    if (status == CTF_E_DOCUMENT) {
        complain_of_document(worker, base, error);
    } else {
        match_complain(worker, "%s", error->message);
        worker->enough = true;
    }
}

void match_complain_system(match_worker *worker, int error)
{
    char words[256];
    if (strerror_r(error, words, sizeof words) != 0)
        snprintf(words, sizeof words, "error %d", error);
    match_complain(worker, "%s", words);
}
