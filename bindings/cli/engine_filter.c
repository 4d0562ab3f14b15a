#include "engine_filter.h"

static void append_error(const ctf_error *error, json_out *out)
{
    json_key(out, "error");
    json_open(out, '{');
    json_key(out, "kind");
    json_words(out, error->kind == CTF_ERROR_NONE ? "disagreement" : ctf_error_kind_name(error->kind));
    json_key(out, "offset");
    json_unsigned(out, error->offset);
    json_key(out, "length");
    json_unsigned(out, error->length);
    json_key(out, "message");
    json_words(out, error->message);
    if (error->service[0] != '\0') {
        json_key(out, "service");
        json_words(out, error->service);
    }
    json_close(out, '}');
}

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
        append_error(&found.error, out);
        return;
    }
    json_key(out, "match");
    json_boolean(out, found.match);
}
