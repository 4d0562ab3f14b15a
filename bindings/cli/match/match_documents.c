#include "match_documents.h"

#include <inttypes.h>
#include <string.h>

#include "base64.h"
#include "commands.h"
#include "detect.h"
#include "extract.h"
#include "gunzip.h"

/* A document being unwrapped. Envelopes do not nest in themselves, so each level has a scratch of its
 * own and nothing recurses. */
typedef struct document {
    match_worker *worker;
    const unsigned char *data;
    size_t length;
    uint64_t base;
    bool cut;      /* its end could not be read */
    ctf_text time; /* of the envelope */
    bool found;    /* it has what was looked for */
} document;

/* Complains of a scan that did not reach the end of its document. */
static void complain(const document *d, ctf_status status, const ctf_error *error)
{
    if (status != CTF_E_DOCUMENT || !d->cut || error->offset != d->length)
        match_complain_scan(d->worker, d->base, status, error);
}

static int on_message(void *context, const ctf_message *found, const ctf_hits *hits)
{
    const document *d = context;
    match_message message = {.text = found->text, .time = d->time};
    return !d->worker->run->sink->message(d->worker, &message, hits);
}

static ctf_status scan(const document *d, ctf_framing framing, const char *member, ctf_error *error)
{
    ctf_scan_options options = {.size = sizeof options, .framing = framing, .all = d->worker->plan->sees_all};
    options.member = (ctf_text){member, member == NULL ? 0 : strlen(member)};
    document copy = *d;
    return ctf_scan(d->worker->filter, d->data, d->length, &options, on_message, &copy, error);
}

static void scan_all(const document *d, ctf_framing framing, const char *member)
{
    ctf_error error;
    ctf_status status = scan(d, framing, member, &error);
    complain(d, status, &error);
}

/* Scans with a scratch of the extractor; its callback sees every element under `member`. */
static ctf_status look(document *d, ctf_scratch *scratch, ctf_framing framing, const char *member,
                       ctf_hit_fn callback, ctf_error *error)
{
    ctf_scan_options options = {.size = sizeof options, .framing = framing, .all = 1};
    options.member = (ctf_text){member, member == NULL ? 0 : strlen(member)};
    return ctf_scan(scratch, d->data, d->length, &options, callback, d, error);
}

static void unwrap(document *d, ctf_scratch *scratch, ctf_framing framing, const char *member, ctf_hit_fn callback)
{
    ctf_error error;
    ctf_status status = look(d, scratch, framing, member, callback, &error);
    complain(d, status, &error);
}

bool match_log_event(match_worker *worker, uint64_t base, const ctf_message *found, const ctf_hits *hits)
{
    match_message message = {0};
    ctf_hits own;
    if (hits->n == 0 || !extract_text(worker->events, EXTRACT_MESSAGE, &message.text)) {
        match_complain(worker, "byte %" PRIu64 ": a log event without a message", base + found->offset);
        return true;
    }
    message.timed = extract_whole(worker->events, EXTRACT_TIMESTAMP, &message.timestamp);
    ctf_status status = ctf_match(worker->filter, message.text.data, message.text.length, &own);
    if (status != CTF_OK) {
        match_complain(worker, "out of memory");
        return false;
    }
    return worker->run->sink->message(worker, &message, &own);
}

static int on_log_event(void *context, const ctf_message *found, const ctf_hits *hits)
{
    const document *d = context;
    return !match_log_event(d->worker, d->base, found, hits);
}

/* Control messages are about the subscription; they were never in the log. */
static bool is_control(const document *d)
{
    ctf_hits hits;
    ctf_text type;
    return ctf_match(d->worker->record, d->data, d->length, &hits) == CTF_OK && hits.n > 0 &&
           extract_text(d->worker->record, EXTRACT_MESSAGE_TYPE, &type) && type.length == 15 &&
           memcmp(type.data, "CONTROL_MESSAGE", 15) == 0;
}

static void log_events(document *d)
{
    if (!is_control(d))
        unwrap(d, d->worker->events, CTF_FRAME_MEMBER, "logEvents", on_log_event);
}

/* Base64, then gzip. Returns NULL or what is wrong. */
static const char *decode(match_worker *worker, ctf_text data)
{
    size_t written;
    blob_reuse(&worker->decoded, WORKER_KEEPS);
    blob_reuse(&worker->payload, WORKER_KEEPS);
    if (!blob_reserve(&worker->decoded, base64_room(data.length)))
        return "out of memory";
    if (!base64_decode(data.data, data.length, worker->decoded.data, &written))
        return "awslogs.data is no base64";
    worker->decoded.length = written;
    if (!gunzip_is(worker->decoded.data, written))
        return "awslogs.data holds no gzip data";
    return gunzip(worker->tools.whole, worker->decoded.data, written, worker->plan->most_bytes, &worker->payload);
}

/* The value of "awslogs". Offsets of complaints about the payload count in it. */
static int on_awslogs(void *context, const ctf_message *found, const ctf_hits *hits)
{
    document *d = context;
    match_worker *worker = d->worker;
    ctf_text data;
    d->found = true;
    bool has = hits->n > 0 && extract_text(worker->envelope, EXTRACT_DATA, &data);
    const char *reason = has ? decode(worker, data) : "awslogs has no data";
    if (reason != NULL)
        match_complain(worker, "byte %" PRIu64 ": %s", d->base + found->offset, reason);
    document payload = {.worker = worker, .data = worker->payload.data, .length = worker->payload.length};
    if (has && payload.length > 0)
        log_events(&payload);
    return worker->enough;
}

/* Still wrapped for delivery, or decoded already. */
static void subscription(document *d)
{
    ctf_error error;
    ctf_status status = look(d, d->worker->envelope, CTF_FRAME_MEMBER, "awslogs", on_awslogs, &error);
    if (d->found)
        complain(d, status, &error);
    else
        log_events(d);
}

/* The envelope's time is wanted only where the record's own may be missing. */
static void eventbridge(document *d)
{
    ctf_hits hits;
    if (d->worker->plan->times &&
        ctf_match(d->worker->envelope, d->data, d->length, &hits) == CTF_OK && hits.n > 0)
        extract_text(d->worker->envelope, EXTRACT_TIME, &d->time);
    scan_all(d, CTF_FRAME_MEMBER, "detail");
}

static void one_document(document *d, int kind)
{
    switch (kind) {
    case INPUT_CLOUDTRAIL:
        scan_all(d, CTF_FRAME_MEMBER, "Records");
        break;
    case INPUT_LOG_EVENTS:
        unwrap(d, d->worker->events, CTF_FRAME_MEMBER, "events", on_log_event);
        break;
    case INPUT_SUBSCRIPTION:
        subscription(d);
        break;
    case INPUT_EVENTBRIDGE:
        eventbridge(d);
        break;
    case INPUT_ARRAY:
        scan_all(d, CTF_FRAME_ARRAY, NULL);
        break;
    default:
        scan_all(d, CTF_FRAME_VALUES, NULL);
    }
}

/* The kind that the user said, or that this document shows, which need not be the first one's. */
static int kind_of(const document *d)
{
    detector fresh = {0};
    int kind = d->worker->plan->input;
    if (kind == INPUT_AUTO)
        detect(&fresh, d->data, d->length, true, &kind);
    return kind;
}

/* An element of an array of envelopes. */
static int on_element(void *context, const ctf_message *found, const ctf_hits *hits)
{
    const document *d = context;
    document element = {.worker = d->worker,
                        .data = (const unsigned char *)found->text.data,
                        .length = found->text.length,
                        .base = d->base + found->offset};
    (void)hits;
    one_document(&element, kind_of(&element));
    return d->worker->enough;
}

static void one_value(document *d, int kind)
{
    if (kind != INPUT_ARRAY && d->length > 0 && d->data[0] == '[')
        unwrap(d, d->worker->list, CTF_FRAME_ARRAY, NULL, on_element);
    else
        one_document(d, kind);
}

/* Documents that are one JSON value each. */
static void values_one_by_one(const document *all)
{
    for (size_t at = 0; !all->worker->enough && skip_blanks(all->data, all->length, &at);) {
        size_t start = at;
        skip s = {0};
        skip_value(&s, all->data, all->length, &at);
        document d = {.worker = all->worker, .data = all->data + start, .length = at - start};
        d.base = all->base + start;
        d.cut = all->cut && at == all->length;
        one_value(&d, kind_of(&d));
    }
}

/* CloudTrail delivery files are mostly one document to the end of the data: that is tried without
 * looking for its end first. Where more follows, the scan has reported all of the first document that it
 * could, and stands behind it or at a fault. */
static void cloudtrail(const document *d)
{
    ctf_error error;
    size_t at = 0;
    skip s = {0};
    if (!skip_blanks(d->data, d->length, &at) || d->data[at] != '{' || kind_of(d) != INPUT_CLOUDTRAIL) {
        values_one_by_one(d);
        return;
    }
    ctf_status status = scan(d, CTF_FRAME_MEMBER, "Records", &error);
    bool over = status == CTF_E_DOCUMENT && skip_value(&s, d->data, d->length, &at);
    if (!over || at > error.offset)
        complain(d, status, &error);
    if (over) {
        document rest = {.worker = d->worker, .data = d->data + at, .length = d->length - at, .cut = d->cut};
        rest.base = d->base + at;
        values_one_by_one(&rest);
    }
}

void match_documents(match_worker *worker, int kind, const unsigned char *data, size_t length, uint64_t base,
                     bool cut)
{
    document d = {.worker = worker, .data = data, .length = length, .base = base, .cut = cut};
    if (kind == INPUT_LINES || kind == INPUT_NDJSON)
        scan_all(&d, CTF_FRAME_LINES, NULL);
    else if (kind == INPUT_EVENT)
        scan_all(&d, CTF_FRAME_VALUES, NULL);
    else if (kind == INPUT_CLOUDTRAIL)
        cloudtrail(&d);
    else
        values_one_by_one(&d);
}
