/* Messages from a seed: CloudTrail events, an access log, and events full of traps. */
#include "corpus.h"
#include "trail.h"
#include "trail_form.h"

#include <stdio.h>
#include <stdlib.h>

static int take(trail_text *text, int failed, bench_corpus *out)
{
    if (!failed && !text->failed)
        return bench_corpus_take(text->data, text->length, out);
    trail_text_free(text);
    return fputs("bench: cannot make the data: out of memory\n", stderr), -1;
}

/* As many days as keep the share of scripted events where a busy organisation has it. */
static trail_options options_of(uint64_t seed, size_t events)
{
    unsigned days = (unsigned)(events / 1300);
    return (trail_options){seed,  trail_midnight(2026, 1, 12), days < 3 ? 3 : days > 365 ? 365 : days, 3, 4,
                           events};
}

int bench_corpus_make(uint64_t seed, size_t events, bench_corpus *out)
{
    trail_options options = options_of(seed, events);
    trail_plan plan;
    trail_text text = {0};
    int failed = trail_plan_make(&options, &plan) ||
                 trail_document(trail_form_find("ndjson"), plan.entries, plan.n, &text);
    trail_plan_free(&plan);
    return take(&text, failed, out);
}

/* ---- access log ----------------------------------------------------------------------------------- */

static void put_one(trail_text *text, trail_random *random, const char *const *words, uint32_t n)
{
    trail_put(text, words[trail_below(random, n)]);
}

static void put_address(trail_text *text, trail_random *random)
{
    trail_put(text, trail_below(random, 2) ? "192.0.2." : "198.51.100.");
    trail_put_number(text, trail_below(random, 254) + 1, 1);
}

static void put_request(trail_text *text, trail_random *random)
{
    static const char *const methods[] = {"GET", "GET", "GET", "GET", "POST", "HEAD", "PUT"};
    static const char *const places[] = {
        "/",      "/index.html", "/api/v1/orders/", "/api/v1/users/", "/static/app.js", "/static/style.css",
        "/login", "/search?q=",  "/images/5",       "/favicon.ico"};
    trail_put(text, "\"");
    put_one(text, random, methods, 7);
    trail_put(text, " ");
    put_one(text, random, places, 10);
    trail_put_number(text, trail_below(random, 100000), 1);
    trail_put(text, " HTTP/1.1\" ");
}

static const char *draw_status(trail_random *random)
{
    uint32_t luck = trail_below(random, 1000);
    return luck < 20    ? "500"
           : luck < 30  ? "503"
           : luck < 90  ? "404"
           : luck < 120 ? "302"
           : luck < 200 ? "304"
                        : "200";
}

static void put_line(trail_text *text, trail_random *random, int64_t time)
{
    static const char *const users[] = {"-", "-", "-", "frank", "mary"};
    put_address(text, random);
    trail_put(text, " - ");
    put_one(text, random, users, 5);
    trail_put(text, " [");
    trail_put_time(text, time);
    trail_put(text, "] ");
    put_request(text, random);
    trail_put(text, draw_status(random));
    trail_put(text, " ");
    trail_put_number(text, trail_below(random, 60000), 1);
    trail_put(text, "\n");
}

int bench_corpus_make_log(uint64_t seed, size_t lines, bench_corpus *out)
{
    trail_random random = {seed};
    trail_text text = {0};
    int64_t start = trail_midnight(2026, 1, 12);
    for (size_t i = 0; i < lines; i++)
        put_line(&text, &random, start + (int64_t)(i / 20));
    return take(&text, 0, out);
}

/* ---- traps ---------------------------------------------------------------------------------------- */

/* The value asked for, in clear or in escapes that a reader has to decode; or another one. */
static const char *draw_name(trail_random *random)
{
    uint32_t luck = trail_below(random, 1000);
    return luck < 4     ? "StopLogging"
           : luck < 8   ? "\\u0053top\\u004cogging"
           : luck < 300 ? "StopLogging2"
                        : "StartLogging";
}

/* The words at another depth, as a value of another key, inside a string and as the end of a longer key. */
static void put_decoys(trail_text *text)
{
    trail_put(text,
              ",\"requestParameters\":{\"eventName\":\"StopLogging\",\"list\":[{\"eventName\":\"StopLogging\"},"
              "\"eventName\",\"StopLogging\"],\"policy\":\"{\\\"Statement\\\":[{\\\"eventName\\\":"
              "\\\"StopLogging\\\","
              "\\\"Action\\\":\\\"cloudtrail:StopLogging\\\",\\\"note\\\":\\\"C:\\\\\\\\logs\\\\\\\\\\\"}]}\"},"
              "\"xeventName\":\"StopLogging\",\"action\":\"StopLogging\"");
}

static void put_escapes(trail_text *text, trail_random *random)
{
    static const char *const parts[] = {"\\\"",    "\\\\",    "\\n",      "\\/",
                                        "\\u003d", "\\u0026", "\\\\\\\"", "plain words "};
    trail_put(text, ",\"errorMessage\":\"");
    for (uint32_t n = 20 + trail_below(random, 60); n > 0; n--)
        put_one(text, random, parts, 8);
    trail_put(text, "\"");
}

static void put_trap(trail_text *text, trail_random *random)
{
    trail_put(
        text,
        "{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\",\"eventName\":\"StopLogging\"}");
    put_decoys(text);
    trail_put(text, ",\"eventName\" : \"");
    trail_put(text, draw_name(random));
    trail_put(text, "\",\"eventID\":\"");
    trail_put_uuid(text, random);
    trail_put(text, "\"");
    put_escapes(text, random);
    trail_put(text, ",\"action\":\"StopLogging\"}\n");
}

int bench_corpus_make_traps(uint64_t seed, size_t events, bench_corpus *out)
{
    trail_random random = {seed};
    trail_text text = {0};
    for (size_t i = 0; i < events; i++)
        put_trap(&text, &random);
    return take(&text, 0, out);
}
