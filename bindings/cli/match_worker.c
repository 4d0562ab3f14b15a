#include "match_worker.h"

#include <libdeflate.h>
#include <stdarg.h>
#include <stdio.h>
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
    worker->inflater = libdeflate_alloc_decompressor();
    if (worker->inflater != NULL && make_scratches(worker))
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
    if (worker->inflater != NULL)
        libdeflate_free_decompressor(worker->inflater);
    blob_free(&worker->bytes);
    blob_free(&worker->inflated);
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

void match_complain_system(match_worker *worker, int error)
{
    char words[256];
    if (strerror_r(error, words, sizeof words) != 0)
        snprintf(words, sizeof words, "error %d", error);
    match_complain(worker, "%s", words);
}
