#include "engine_filter.h"

#include "engine_request.h"

void engine_filter(const cli_engine *engine, const json_value *request, json_out *out)
{
    const json_value *pattern = json_get(request, "pattern");
    const json_value *message = json_get(request, "message");
    verdict found;
    if (!json_is(pattern, JSON_STRING) || !json_is(message, JSON_STRING)) {
        engine_refuse(out, "a filter request has a pattern and a message, both strings");
        return;
    }
    verdict_find(&engine->reader, pattern->text, message->text, &found);
    if (found.status != CTF_OK) {
        engine_fail(out, &found.error);
        return;
    }
    json_key(out, "match");
    json_boolean(out, found.match);
}
