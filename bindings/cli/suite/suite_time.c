#include "suite_time.h"

#include <string.h>

#include "replay_time.h"

bool suite_time_absolute(const json_value *value, int64_t *out)
{
    return json_is(value, JSON_STRING) && strlen(value->text.data) == value->text.length &&
           replay_time_read(value->text.data, out);
}

bool suite_duration_read(suite_reading *r, const json_value *value, int64_t *out)
{
    ctf_text text;
    int64_t time;
    if (!config_text(&r->o, value, &text))
        return false;
    if (strlen(text.data) != text.length || !replay_duration_read(text.data, &time)) {
        config_refuse(&r->o, value->place, "a duration is needed, such as 90s, 5m, 2h or 1d, not %.*s", TEXT_SHOWN(text));
        return false;
    }
    *out = time;
    return true;
}

bool suite_time_read(suite_reading *r, const json_value *value, int64_t start, int64_t *out)
{
    ctf_text text;
    int64_t time;
    if (suite_time_absolute(value, out))
        return true;
    if (!config_text(&r->o, value, &text))
        return false;
    if (strlen(text.data) != text.length || !replay_duration_read(text.data, &time)) {
        config_refuse(&r->o, value->place,
                      "a time is needed, such as 2026-01-15T10:00:00Z, or how long after the start, such as 5m, not %.*s",
                      TEXT_SHOWN(text));
        return false;
    }
    if (start + time >= REPLAY_LATEST) {
        config_refuse(&r->o, value->place, "this time is behind the year 9999");
        return false;
    }
    *out = start + time;
    return true;
}

bool suite_state_read(suite_reading *r, const json_value *value, ctf_state *out)
{
    ctf_text text;
    if (!config_text(&r->o, value, &text))
        return false;
    for (ctf_state state = CTF_STATE_INSUFFICIENT_DATA; state <= CTF_STATE_ALARM; state++)
        if (text_is(text, ctf_state_name(state))) {
            *out = state;
            return true;
        }
    config_refuse(&r->o, value->place, "%s: OK, ALARM or INSUFFICIENT_DATA is needed, not %.*s", value->key.data,
                  TEXT_SHOWN(text));
    return false;
}
