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
    ctf_text time; /* of the envelope */
    bool found;    /* it has what was looked for */
} document;

/* Complains of a scan that did not reach the end of its document. */
static void complain(const document *d, ctf_status status, const ctf_error *error)
{
    if (status == CTF_E_STOPPED || status == CTF_OK)
        return;
    if (status == CTF_E_DOCUMENT)
        match_complain(d->worker, "byte %" PRIu64 ": %s", d->base + error->offset, error->message);
    else
        match_complain(d->worker, "%s", error->message);
    if (status != CTF_E_DOCUMENT)
        d->worker->enough = true;
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

/* One log event: its message is a string, decoded by now. */
static int on_log_event(void *context, const ctf_message *found, const ctf_hits *hits)
{
    const document *d = context;
    match_worker *worker = d->worker;
    match_message message = {0};
    ctf_hits own;
    if (hits->n == 0 || !extract_text(worker->events, EXTRACT_MESSAGE, &message.text)) {
        match_complain(worker, "byte %" PRIu64 ": a log event without a message", d->base + found->offset);
        return 0;
    }
    message.timed = extract_whole(worker->events, EXTRACT_TIMESTAMP, &message.timestamp);
    ctf_status status = ctf_match(worker->filter, message.text.data, message.text.length, &own);
    if (status != CTF_OK) {
        match_complain(worker, "out of memory");
        return 1;
    }
    return !worker->run->sink->message(worker, &message, &own);
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
    return gunzip(worker->inflater, worker->decoded.data, written, worker->plan->most_bytes, &worker->payload);
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
static void values_one_by_one(match_worker *worker, const unsigned char *data, size_t length, uint64_t base)
{
    for (size_t at = 0; !worker->enough && skip_blanks(data, length, &at);) {
        size_t start = at;
        skip s = {0};
        skip_value(&s, data, length, &at);
        document d = {.worker = worker, .data = data + start, .length = at - start, .base = base + start};
        one_value(&d, kind_of(&d));
    }
}

/* CloudTrail delivery files are mostly one document to the end of the data: that is tried without
 * looking for its end first. Where more follows, the scan has reported all of the first document and
 * stands behind it. */
static void cloudtrail(match_worker *worker, const unsigned char *data, size_t length, uint64_t base)
{
    ctf_error error;
    size_t at = 0;
    skip s = {0};
    document d = {.worker = worker, .data = data, .length = length, .base = base};
    if (!skip_blanks(data, length, &at) || data[at] != '{' || kind_of(&d) != INPUT_CLOUDTRAIL) {
        values_one_by_one(worker, data, length, base);
        return;
    }
    ctf_status status = scan(&d, CTF_FRAME_MEMBER, "Records", &error);
    if (status == CTF_E_DOCUMENT && skip_value(&s, data, length, &at) && at <= error.offset)
        values_one_by_one(worker, data + at, length - at, base + at);
    else
        complain(&d, status, &error);
}

void match_documents(match_worker *worker, int kind, const unsigned char *data, size_t length, uint64_t base)
{
    document d = {.worker = worker, .data = data, .length = length, .base = base};
    if (kind == INPUT_LINES || kind == INPUT_NDJSON)
        scan_all(&d, CTF_FRAME_LINES, NULL);
    else if (kind == INPUT_EVENT)
        scan_all(&d, CTF_FRAME_VALUES, NULL);
    else if (kind == INPUT_CLOUDTRAIL)
        cloudtrail(worker, data, length, base);
    else
        values_one_by_one(worker, data, length, base);
}
