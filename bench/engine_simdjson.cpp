// simdjson: on-demand with predicates written for each query, and the full parse to a tree. Lines are found by
// memchr and parsed one by one where they stand: faster here than iterate_many and parse_many, whose batches
// leave the nearest cache.
#include "engine.h"

#include <cstring>

#ifdef BENCH_HAVE_SIMDJSON
#include "sax.h"
#include <simdjson.h>
#include <string_view>

namespace
{

using namespace simdjson;
using std::string_view;

struct state {
    const bench_query *query;
    const bench_corpus *corpus;
    ondemand::parser lazy;
    dom::parser full;
};

int open_state(const bench_engine *, const bench_query *query, const bench_corpus *corpus, void **out)
{
    if (query->predicate == PREDICATE_NONE)
        return 0;
    *out = new state{query, corpus, ondemand::parser(), dom::parser()};
    return 1;
}

void close_state(void *opened) { delete static_cast<state *>(opened); }

// ---- on demand: fields are asked for in CloudTrail's order, the usual ones first; missing ones cost a walk
// over the event's members. The first field that decides ends the work on an event.

string_view text_of(simdjson_result<ondemand::value> value)
{
    string_view text;
    return value.get_string().get(text) == SUCCESS ? text : string_view();
}

bool is_absent(simdjson_result<ondemand::value> value) { return value.error() == NO_SUCH_FIELD; }

bool is_comparable(simdjson_result<ondemand::value> value, string_view *text)
{
    ondemand::json_type type;
    *text = string_view();
    if (value.type().get(type) != SUCCESS)
        return false;
    if (type == ondemand::json_type::string)
        *text = text_of(value);
    return type == ondemand::json_type::string || type == ondemand::json_type::number;
}

bool is_denied(string_view code) { return bench_is_denied(code.data(), code.size()); }

bool not_invoked_event(ondemand::object &event)
{
    string_view type;
    return is_absent(event["userIdentity"]["invokedBy"]) && is_comparable(event["eventType"], &type) &&
           type != "AwsServiceEvent";
}

unsigned root(const bench_query *, ondemand::object &event)
{
    return text_of(event["userIdentity"]["type"]) == "Root" && not_invoked_event(event);
}

unsigned name(const bench_query *, ondemand::object &event)
{
    return text_of(event["eventName"]) == "StopLogging";
}

unsigned denied(const bench_query *, ondemand::object &event) { return is_denied(text_of(event["errorCode"])); }

unsigned version(const bench_query *, ondemand::object &event)
{
    return text_of(event["eventVersion"]).substr(0, 2) == "1.";
}

unsigned pairs(const bench_query *query, ondemand::object &event)
{
    string_view source = text_of(event["eventSource"]), name = text_of(event["eventName"]);
    return bench_table_hits(&query->table, name.data(), name.size(), source.data(), source.size());
}

unsigned logins(ondemand::object &event, string_view user)
{
    string_view mfa;
    unsigned failed = text_of(event["errorMessage"]) == "Failed authentication";
    return failed + (user == "IAMUser" && is_comparable(event["additionalEventData"]["MFAUsed"], &mfa) &&
                     mfa != "Yes" && text_of(event["responseElements"]["ConsoleLogin"]) == "Success");
}

unsigned baseline(const bench_query *query, ondemand::object &event)
{
    string_view user = text_of(event["userIdentity"]["type"]), source = text_of(event["eventSource"]);
    string_view name = text_of(event["eventName"]);
    unsigned hits = is_denied(text_of(event["errorCode"]));
    hits += bench_table_hits(&query->table, name.data(), name.size(), source.data(), source.size());
    if (user == "Root")
        hits += not_invoked_event(event);
    return name == "ConsoleLogin" ? hits + logins(event, user) : hits;
}

bool is_key(ondemand::object &event)
{
    ondemand::array resources;
    if (event["resources"].get_array().get(resources) != SUCCESS)
        return false;
    for (auto first : resources)
        return text_of(first["type"]) == "AWS::KMS::Key";
    return false;
}

unsigned mixed(const bench_query *, ondemand::object &event)
{
    double most;
    string_view address = text_of(event["sourceIPAddress"]);
    return bench_is_office(address.data(), address.size()) ||
           (event["requestParameters"]["maxResults"].get_double().get(most) == SUCCESS && most >= 100) ||
           is_key(event);
}

unsigned unmarked(const bench_query *, ondemand::object &event)
{
    ondemand::object user;
    string_view type;
    return event["userIdentity"].get_object().get(user) == SUCCESS && is_comparable(user["type"], &type) &&
           type != "AssumedRole" && is_absent(user["invokedBy"]) && is_absent(event["errorCode"]) &&
           is_absent(event["additionalEventData"]);
}

// Calls back for each line.
template <typename function> void each_line(const bench_corpus *corpus, function &&call)
{
    const char *end = corpus->data + corpus->length;
    for (const char *p = corpus->data, *newline; p < end; p = newline + 1) {
        newline = static_cast<const char *>(std::memchr(p, '\n', size_t(end - p)));
        call(p, size_t(newline - p));
    }
}

void add(bench_counts *out, unsigned hits)
{
    out->events += hits != 0;
    out->hits += hits;
}

template <unsigned (*predicate)(const bench_query *, ondemand::object &)>
int read_lazily(state *s, bench_counts *out)
{
    each_line(s->corpus, [&](const char *line, size_t n) {
        ondemand::document document;
        ondemand::object event;
        if (s->lazy.iterate(line, n, n + SIMDJSON_PADDING).get(document) == SUCCESS &&
            document.get_object().get(event) == SUCCESS)
            add(out, predicate(s->query, event));
    });
    return 0;
}

int pass_lazy(void *opened, bench_counts *out)
{
    state *s = static_cast<state *>(opened);
    *out = {};
    switch (s->query->predicate) {
    case PREDICATE_NAME:
        return read_lazily<name>(s, out);
    case PREDICATE_ROOT:
        return read_lazily<root>(s, out);
    case PREDICATE_DENIED:
        return read_lazily<denied>(s, out);
    case PREDICATE_BASELINE:
    case PREDICATE_BASELINE_PAIRS:
        return read_lazily<baseline>(s, out);
    case PREDICATE_PAIRS:
        return read_lazily<pairs>(s, out);
    case PREDICATE_MIXED:
        return read_lazily<mixed>(s, out);
    case PREDICATE_ABSENT:
        return read_lazily<unmarked>(s, out);
    case PREDICATE_VERSION:
        return read_lazily<version>(s, out);
    default:
        return -1;
    }
}

// ---- tree: the members of an event are walked once

void keep(bench_view *view, int slot, dom::element value)
{
    bench_field *field = &view->fields[slot];
    string_view text;
    *field = {FIELD_OTHER, 0, "", 0};
    if (value.get(text) == SUCCESS)
        *field = {FIELD_STRING, text.size(), text.data(), 0};
    else if (value.get(field->number) == SUCCESS)
        field->kind = FIELD_NUMBER;
}

void keep_inner(const bench_sax *sax, bench_view *view, bench_parent parent, dom::element value)
{
    dom::object object;
    if (value.get(object) != SUCCESS)
        return;
    for (auto [key, inner] : object) {
        int slot = bench_inner_slot(parent, key.data(), key.size());
        if (slot >= 0 && bench_want(sax, slot) >= 0)
            keep(view, slot, inner);
    }
}

void keep_member(const bench_sax *sax, bench_view *view, string_view key, dom::element value)
{
    int slot = bench_top_slot(key.data(), key.size());
    bench_parent parent = bench_parent_of(key.data(), key.size());
    dom::array resources;
    if (slot >= 0 && bench_want(sax, slot) >= 0)
        keep(view, slot, value);
    if (parent != PARENT_NONE)
        keep_inner(sax, view, parent, value);
    else if (key == "resources" && value.get(resources) == SUCCESS && resources.size() > 0)
        keep_inner(sax, view, PARENT_RESOURCE, resources.at(0));
}

unsigned look(const state *s, const bench_sax *sax, dom::object event)
{
    bench_view view = {};
    for (auto [key, value] : event)
        keep_member(sax, &view, key, value);
    return bench_hits(s->query->predicate, &s->query->table, &view);
}

int pass_full(void *opened, bench_counts *out)
{
    state *s = static_cast<state *>(opened);
    bench_sax sax;
    *out = {};
    sax.wanted = bench_slots(s->query->predicate);
    each_line(s->corpus, [&](const char *line, size_t n) {
        dom::object event;
        if (s->full.parse(line, n, false).get(event) == SUCCESS)
            add(out, look(s, &sax, event));
    });
    return 0;
}

} // namespace

#define MISSING nullptr
#else
#define MISSING "libsimdjson-dev was not found"
#define open_state nullptr
#define pass_lazy nullptr
#define pass_full nullptr
#define close_state nullptr
#endif

size_t bench_engines_simdjson(bench_engine *list, size_t n)
{
    list[n++] = {"simdjson-ondemand",
                 "simdjson on-demand with predicates by hand; checks only what it reads",
                 FAMILY_PEER,
                 MISSING,
                 nullptr,
                 open_state,
                 pass_lazy,
                 close_state};
    list[n++] = {"simdjson-dom", "simdjson's parse of the whole event to a tree, predicates by hand",
                 FAMILY_PEER,    MISSING,
                 nullptr,        open_state,
                 pass_full,      close_state};
    return n;
}
