/* StateReason, the words in which the service tells of a verdict (spec: metrics-alarms 6.1). The longest
 * such text has fewer than 800 characters, for a list never has more than CTFI_LISTED_POINTS. */
#include "alarm/decisions.h"
#include "alarm/points.h"
#include "alarm/text.h"
#include "base/time.h"

typedef struct reason {
    ctfi_writer out;
    ctfi_told told;
    uint32_t arguments; /* points that argue for the new state */
} reason;

static void words(reason *r, const char *text)
{
    ctfi_write_words(&r->out, text);
}

static const char *was(uint32_t n)
{
    return n == 1 ? " was " : " were ";
}

/* "1 datapoint", "no datapoints", "2 missing datapoints" ... */
static void count(reason *r, uint32_t n, const char *of_what)
{
    if (n == 0)
        words(r, "no");
    else
        ctfi_write_unsigned(&r->out, n);
    words(r, of_what);
    words(r, n == 1 ? "" : "s");
}

/* What of a point a list shows. */
typedef void (*show_fn)(reason *r, const ctf_slot *slot);

static void show_point(reason *r, const ctf_slot *slot)
{
    unsigned char time[CTFI_TIME_TEXT];
    ctfi_write_double(&r->out, slot->value);
    words(r, " (");
    ctfi_write(&r->out, time, ctfi_time_print_reason(slot->start, time));
    words(r, ")");
}

static void show_lower(reason *r, const ctf_slot *slot)
{
    ctfi_write_double(&r->out, slot->lower);
}

static void show_upper(reason *r, const ctf_slot *slot)
{
    ctfi_write_double(&r->out, slot->upper);
}

/* The newest arguments first: "[1.0 (02/06/23 12:21:00), 1.0 (02/06/23 12:20:00)]". */
static void list(reason *r, show_fn show)
{
    size_t oldest = ctfi_told_oldest(&r->told), listed = 0;
    words(r, "[");
    for (size_t i = r->told.n_slots; i-- > oldest && listed < CTFI_LISTED_POINTS;) {
        const ctf_slot *slot = &r->told.slots[i];
        if (!slot->present || !ctfi_told_argues(&r->told, slot))
            continue;
        words(r, listed++ == 0 ? "" : ", ");
        show(r, slot);
    }
    words(r, "]");
}

static void compare_with_bound(reason *r, const char *bound, show_fn show)
{
    words(r, r->told.verdict->state == CTF_STATE_OK ? "not " : "");
    words(r, bound);
    list(r, show);
}

static void compare_with_band(reason *r)
{
    ctf_comparison comparison = r->told.alarm->comparison;
    if (comparison != CTF_ABOVE_BAND)
        compare_with_bound(r, "less than the lower thresholds ", show_lower);
    if (comparison == CTF_OUTSIDE_BAND)
        words(r, " or ");
    if (comparison != CTF_BELOW_BAND)
        compare_with_bound(r, "greater than the upper thresholds ", show_upper);
}

static void compare_with_threshold(reason *r)
{
    static const char *const relations[] = {
        [CTF_GREATER_OR_EQUAL] = "greater than or equal to",
        [CTF_GREATER] = "greater than",
        [CTF_LESS] = "less than",
        [CTF_LESS_OR_EQUAL] = "less than or equal to",
    };
    words(r, r->told.verdict->state == CTF_STATE_OK ? "not " : "");
    words(r, relations[r->told.alarm->comparison]);
    words(r, " the threshold (");
    ctfi_write_double(&r->out, r->told.alarm->threshold);
    words(r, ")");
}

/* " and 2 missing datapoints were treated as [Breaching]" */
static void tell_fill(reason *r)
{
    uint32_t missing = r->told.verdict->missing;
    words(r, " and ");
    count(r, missing, " missing datapoint");
    words(r, was(missing));
    words(r, r->told.alarm->treat_missing == CTF_TREAT_BREACHING ? "treated as [Breaching]"
                                                                 : "treated as [NonBreaching]");
}

static void tell_minimum(reason *r)
{
    words(r, " (minimum ");
    count(r, ctfi_told_needed(&r->told), " datapoint");
    words(r, r->told.verdict->state == CTF_STATE_ALARM ? " for OK -> ALARM transition)"
                                                       : " for ALARM -> OK transition)");
}

static void tell_count(reason *r)
{
    if (!r->told.alarm->m_is_set) {
        count(r, r->arguments, " datapoint");
        return;
    }
    ctfi_write_unsigned(&r->out, r->arguments);
    words(r, " out of the last ");
    ctfi_write_unsigned(&r->out, r->told.alarm->evaluation_periods);
    words(r, " datapoints");
}

/* Real points argue for the state. */
static void tell_crossing(reason *r)
{
    ctf_treat_missing treat = r->told.alarm->treat_missing;
    bool in_line = r->arguments <= CTFI_INLINE_POINTS;
    tell_count(r);
    if (in_line) {
        words(r, " ");
        list(r, show_point);
    }
    words(r, was(r->arguments));
    if (ctfi_told_has_band(&r->told))
        compare_with_band(r);
    else
        compare_with_threshold(r);
    if (r->told.verdict->missing > 0 && (treat == CTF_TREAT_BREACHING || treat == CTF_TREAT_NOT_BREACHING))
        tell_fill(r);
    if (!in_line) {
        words(r, ". The most recent datapoints which crossed the threshold: ");
        list(r, show_point);
    }
    if (r->told.alarm->m_is_set)
        tell_minimum(r);
}

/* Only what was filled in argues for it. */
static void tell_received(reason *r)
{
    uint32_t real = r->told.verdict->real;
    count(r, real, " datapoint");
    words(r, was(real));
    words(r, "received for ");
    count(r, r->told.alarm->evaluation_periods, " period");
    tell_fill(r);
}

static void tell_unknown(reason *r)
{
    uint32_t missing = r->told.verdict->missing;
    words(r, "Insufficient Data: ");
    count(r, missing, " datapoint");
    words(r, was(missing));
    words(r, "unknown");
}

static void tell(reason *r)
{
    if (r->told.verdict->state == CTF_STATE_INSUFFICIENT_DATA) {
        tell_unknown(r);
    } else {
        words(r, ctfi_told_has_band(&r->told) ? "Thresholds Crossed: " : "Threshold Crossed: ");
        if (r->arguments > 0)
            tell_crossing(r);
        else
            tell_received(r);
    }
    words(r, ".");
}

size_t ctf_alarm_reason(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots,
                        const ctf_verdict *verdict, char *buffer, size_t size)
{
    reason r = {.out = {buffer, size, 0}, .told = {alarm, slots, n_slots, verdict}};
    if (alarm != NULL && verdict != NULL && !verdict->kept) {
        r.arguments = ctfi_told_arguments(&r.told);
        tell(&r);
    }
    return ctfi_write_end(&r.out);
}
