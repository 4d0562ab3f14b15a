#include "replay_event.h"

#include <string.h>

#include "extract.h"

/* What is taken out of records, in the order of the extractor's selectors. The first of the last six that a
 * record has says who it was. */
enum { GET_ID, GET_NAME, GET_SOURCE, GET_WHO };
static const char *const selectors[] = {
    "$.eventID",
    "$.eventName",
    "$.sourceIPAddress",
    "$.userIdentity.arn",
    "$.userIdentity.userName",
    "$.userIdentity.invokedBy",
    "$.userIdentity.principalId",
    "$.userIdentity.accountId",
    "$.userIdentity.type",
};
#define SELECTORS (sizeof selectors / sizeof *selectors)

#define SHOWN_BYTES 120 /* of a message without eventName */

ctf_filter *replay_event_extractor(void)
{
    return extract_compile(selectors, SELECTORS);
}

static ctf_text value(const match_worker *worker, size_t k)
{
    ctf_text text;
    return extract_text(worker->record, EXTRACT_USER + k, &text) ? text : (ctf_text){"", 0};
}

/* How a message begins, cut between characters. */
static ctf_text beginning(ctf_text text)
{
    size_t n = text.length;
    if (n > SHOWN_BYTES)
        for (n = SHOWN_BYTES; n > 0 && ((unsigned char)text.data[n] & 0xc0) == 0x80;)
            n--;
    return (ctf_text){text.data, n};
}

replay_event replay_event_read(const match_worker *worker, const match_message *message, int64_t time)
{
    ctf_hits hits;
    replay_event event = {.time = time, .index = worker->index, .id = {"", 0}};
    event.file = (ctf_text){worker->label, strlen(worker->label)};
    event.name = event.principal = event.source = event.message = event.id;
    if (ctf_match(worker->record, message->text.data, message->text.length, &hits) == CTF_OK && hits.n > 0) {
        event.id = value(worker, GET_ID);
        event.name = value(worker, GET_NAME);
        event.source = value(worker, GET_SOURCE);
        for (size_t k = GET_WHO; k < SELECTORS && event.principal.length == 0; k++)
            event.principal = value(worker, k);
    }
    if (event.name.length == 0)
        event.message = beginning(message->text);
    return event;
}
