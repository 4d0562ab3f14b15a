// RapidJSON: a SAX parse of each message where it stands, predicates by hand.
#include "engine.h"
#include "sax.h"

#ifdef BENCH_HAVE_RAPIDJSON
#ifdef __SSE4_2__
#define RAPIDJSON_SSE42
#endif
#include <rapidjson/reader.h>

namespace
{

struct handler : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, handler> {
    bench_sax *sax;
    explicit handler(bench_sax *to) : sax(to) {}
    bool Null() { return bench_sax_other(sax), true; }
    bool Bool(bool) { return bench_sax_other(sax), true; }
    bool Int(int value) { return bench_sax_number(sax, value), true; }
    bool Uint(unsigned value) { return bench_sax_number(sax, value), true; }
    bool Int64(int64_t value) { return bench_sax_number(sax, double(value)), true; }
    bool Uint64(uint64_t value) { return bench_sax_number(sax, double(value)), true; }
    bool Double(double value) { return bench_sax_number(sax, value), true; }
    bool String(const char *text, rapidjson::SizeType n, bool) { return bench_sax_string(sax, text, n), true; }
    bool Key(const char *text, rapidjson::SizeType n, bool) { return bench_sax_key(sax, text, n), true; }
    bool StartObject() { return bench_sax_open(sax), true; }
    bool EndObject(rapidjson::SizeType) { return bench_sax_close(sax), true; }
    bool StartArray() { return bench_sax_open(sax), true; }
    bool EndArray(rapidjson::SizeType) { return bench_sax_close(sax), true; }
};

struct state {
    const bench_query *query;
    const bench_corpus *corpus;
    bench_sax sax;
    rapidjson::Reader reader;
};

int open_state(const bench_engine *, const bench_query *query, const bench_corpus *corpus, void **out)
{
    if (query->predicate == PREDICATE_NONE)
        return 0;
    state *s = new state{query, corpus, {}, {}};
    s->sax.wanted = bench_slots(query->predicate);
    *out = s;
    return 1;
}

// StringStream reads to a NUL, which stands behind the corpus; each parse stops behind its message.
int pass(void *opened, bench_counts *out)
{
    state *s = static_cast<state *>(opened);
    rapidjson::StringStream stream(s->corpus->data);
    handler calls(&s->sax);
    *out = {};
    for (size_t i = 0; i < s->corpus->n; i++) {
        bench_sax_begin(&s->sax);
        if (!s->reader.Parse<rapidjson::kParseStopWhenDoneFlag>(stream, calls))
            return -1;
        unsigned hits = bench_hits(s->query->predicate, &s->query->table, &s->sax.view);
        out->events += hits != 0;
        out->hits += hits;
    }
    return 0;
}

void close_state(void *opened) { delete static_cast<state *>(opened); }

} // namespace

#define MISSING nullptr
#else
#define MISSING "rapidjson-dev was not found"
#define open_state nullptr
#define pass nullptr
#define close_state nullptr
#endif

size_t bench_engines_rapidjson(bench_engine *list, size_t n)
{
    list[n++] = {
        "rapidjson", "RapidJSON SAX with predicates by hand", FAMILY_PEER, MISSING, nullptr, open_state, pass,
        close_state};
    return n;
}
