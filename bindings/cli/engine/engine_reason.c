#include "engine_alarm.h"

#include <stdlib.h>

#include "diag.h"
#include "engine_request.h"

/* The real points of a verdict, oldest first. */
typedef struct point_list {
    ctf_slot *slots;
    size_t n;
} point_list;

static bool read_point(const json_value *point, ctf_slot *slot)
{
    const json_value *lower = json_get(point, "lower"), *upper = json_get(point, "upper");
    *slot = (ctf_slot){.present = 1, .sample_count = 1};
    return request_time(json_get(point, "time"), &slot->start) &&
           request_number(json_get(point, "value"), &slot->value) &&
           (lower == NULL || request_number(lower, &slot->lower)) &&
           (upper == NULL || request_number(upper, &slot->upper));
}

/* A request names them newest first. */
static bool read_evaluated(const json_value *evaluated, point_list *list)
{
    if (!json_is(evaluated, JSON_ARRAY))
        return false;
    *list = (point_list){need(evaluated->n + 1, sizeof *list->slots), evaluated->n};
    size_t at = evaluated->n;
    for (const json_value *point = evaluated->first; point != NULL; point = point->next)
        if (!read_point(point, &list->slots[--at])) {
            free(list->slots);
            return false;
        }
    return true;
}

static void print_reason(const ctf_alarm *alarm, const point_list *seen, ctf_state state, json_out *out)
{
    char text[CTF_MAX_REASON + 1];
    uint32_t real = seen->n < alarm->evaluation_periods ? (uint32_t)seen->n : alarm->evaluation_periods;
    ctf_verdict told = {.state = state, .real = real, .missing = alarm->evaluation_periods - real};
    ctf_alarm_reason(alarm, seen->slots, seen->n, &told, text, sizeof text);
    json_key(out, "reason");
    json_words(out, text);
}

void engine_reason(const cli_engine *engine, const json_value *request, json_out *out)
{
    ctf_alarm alarm;
    ctf_state state;
    point_list seen;
    (void)engine;
    if (!engine_read_alarm(request, &alarm, out))
        return;
    if (!request_state(json_get(request, "new_state"), &state) ||
        !read_evaluated(json_get(request, "evaluated"), &seen)) {
        engine_refuse(out, "a reason request has a new_state and evaluated points, each with time and value");
        return;
    }
    print_reason(&alarm, &seen, state, out);
    free(seen.slots);
}
