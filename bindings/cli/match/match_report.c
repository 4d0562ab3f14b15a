#include "match_report.h"

#include <inttypes.h>
#include <string.h>

#include "match_value.h"

#define WRITE_AT 65536

void match_report_begin(match_worker *worker)
{
    json_out_clear(&worker->json);
    if (worker->plan->form != FORM_API)
        return;
    json_open(&worker->json, '{');
    json_key(&worker->json, "matches");
    json_open(&worker->json, '[');
}

/* Moves what JSON is complete to the results. */
static void drain(match_worker *worker)
{
    blob_append(&worker->output.results, worker->json.data, worker->json.length);
    worker->json.length = 0;
}

static void print_name(match_worker *worker, char behind)
{
    if (!worker->plan->named)
        return;
    blob_append_words(&worker->output.results, worker->label);
    blob_append_byte(&worker->output.results, behind);
}

static void print_count(match_worker *worker)
{
    char digits[32];
    if (worker->plan->json) {
        json_open(&worker->json, '{');
        json_key(&worker->json, "file");
        json_words(&worker->json, worker->label);
        json_key(&worker->json, "count");
        json_unsigned(&worker->json, worker->matches);
        json_close(&worker->json, '}');
        drain(worker);
    } else {
        print_name(worker, ':');
        snprintf(digits, sizeof digits, "%" PRIu64, worker->matches);
        blob_append_words(&worker->output.results, digits);
    }
    blob_append_byte(&worker->output.results, '\n');
}

void match_report_end(match_worker *worker)
{
    if (worker->plan->form == FORM_COUNT)
        print_count(worker);
    if (worker->plan->form == FORM_LIST && worker->matches > 0) {
        blob_append_words(&worker->output.results, worker->label);
        blob_append_byte(&worker->output.results, '\n');
    }
    if (worker->plan->form == FORM_API) {
        json_close(&worker->json, ']');
        json_close(&worker->json, '}');
        drain(worker);
        blob_append_byte(&worker->output.results, '\n');
    }
}

static void count(match_worker *worker, const ctf_hits *hits)
{
    worker->stats.messages++;
    for (size_t i = 0; i < hits->n; i++)
        worker->stats.by_pattern[hits->patterns[i]]++;
}

/* Which of several patterns it was: "[name, 3] ". */
static void print_patterns(match_worker *worker, const ctf_hits *hits)
{
    blob *out = &worker->output.results;
    if (worker->plan->n_patterns == 1 || worker->plan->invert)
        return;
    for (size_t i = 0; i < hits->n; i++) {
        char number[32];
        ctf_text name;
        blob_append_words(out, i == 0 ? "[" : ", ");
        if (match_plan_label(worker->plan, hits->patterns[i], &name)) {
            blob_append(out, name.data, name.length);
        } else {
            snprintf(number, sizeof number, "%" PRIu64, (uint64_t)hits->patterns[i] + 1);
            blob_append_words(out, number);
        }
    }
    blob_append_words(out, "] ");
}

static void print_message(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    blob *out = &worker->output.results;
    ctf_text text = message->text;
    print_name(worker, ':');
    print_patterns(worker, hits);
    if (worker->plan->n_values > 0)
        match_value_columns(worker, message, hits);
    else
        blob_append(out, text.data, text.length);
    blob_append_byte(out, '\n');
    if (!worker->zeros_told && text.length > 0 && memchr(text.data, '\0', text.length) != NULL) {
        worker->zeros_told = true;
        match_note(worker, "has zero bytes; messages are printed as they are");
    }
}

static void json_patterns(match_worker *worker, const ctf_hits *hits)
{
    json_key(&worker->json, "patterns");
    json_open(&worker->json, '[');
    for (size_t i = 0; i < hits->n; i++) {
        ctf_text name;
        if (match_plan_label(worker->plan, hits->patterns[i], &name))
            json_string(&worker->json, name);
        else
            json_unsigned(&worker->json, (uint64_t)hits->patterns[i] + 1);
    }
    json_close(&worker->json, ']');
}

static void print_json(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    json_out *json = &worker->json;
    json_open(json, '{');
    json_key(json, "file");
    json_words(json, worker->label);
    json_key(json, "index");
    json_unsigned(json, worker->index);
    json_key(json, "timestamp");
    match_value_time(worker, message);
    json_patterns(worker, hits);
    if (worker->plan->n_values > 0)
        match_value_object(worker, message, hits);
    json_key(json, "extractedValues");
    match_value_fields(worker, hits);
    json_key(json, "message");
    json_string(json, message->text);
    json_close(json, '}');
    drain(worker);
    blob_append_byte(&worker->output.results, '\n');
    json_out_clear(json);
}

static void print_api(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    json_out *json = &worker->json;
    json_open(json, '{');
    json_key(json, "eventNumber");
    json_unsigned(json, worker->index + 1);
    json_key(json, "eventMessage");
    json_string(json, message->text);
    json_key(json, "extractedValues");
    match_value_fields(worker, hits);
    json_close(json, '}');
    drain(worker);
}

static void print_selected(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    switch (worker->plan->form) {
    case FORM_MESSAGE:
        print_message(worker, message, hits);
        break;
    case FORM_JSON:
        print_json(worker, message, hits);
        break;
    case FORM_API:
        print_api(worker, message, hits);
        break;
    default:
        return;
    }
    if (worker->output.results.length >= WRITE_AT)
        ordered_more(&worker->run->ordered, worker->order, &worker->output, false);
}

static void select_message(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    worker->matches++;
    worker->stats.matches++;
    if (!atomic_load(&worker->run->matched))
        atomic_store(&worker->run->matched, true);
    print_selected(worker, message, hits);
    if (worker->plan->form == FORM_NOTHING)
        atomic_store(&worker->run->stop, true);
    worker->enough = worker->matches >= worker->plan->most_matches || worker->plan->form == FORM_LIST;
}

bool match_report_message(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    count(worker, hits);
    if ((hits->n > 0) != worker->plan->invert)
        select_message(worker, message, hits);
    worker->index++;
    if (atomic_load(&worker->run->stop) || atomic_load(&worker->run->ordered.failed))
        worker->enough = true;
    return !worker->enough;
}
