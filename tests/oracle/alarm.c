/* Follows the user guide's words: collect real points from the newest on until there are N; fill up what
 * lacks by the treatment; when nothing may be filled in, see what the state is whatever the gaps held
 * (spec: metrics-alarms 5.3, 5.4). */
#include "oracle/alarm.h"

#include <string.h>

static int count_of(const char *text, char c)
{
    int n = 0;
    for (; *text != '\0'; text++)
        n += *text == c;
    return n;
}

static void look_at(const oracle_alarm *alarm, char *looked_at)
{
    const char *fill = strchr("b:Xn:0m:?i:?", alarm->treat);
    int n = 0;
    for (int i = (int)strlen(alarm->slots) - 1; i >= 0 && n < alarm->n; i--)
        if (alarm->slots[i] != '-')
            looked_at[n++] = alarm->slots[i];
    while (n < alarm->n)
        looked_at[n++] = fill[2];
    looked_at[n] = '\0';
}

/* The gaps would have to be breaching for ALARM: is the oldest point, with all that is newer breaching or
 * missing, old enough to call it? */
static char premature(const oracle_alarm *alarm)
{
    const char *oldest = strchr(alarm->slots, 'X');
    return (int)strlen(oldest) >= alarm->m ? 'A' : 'I';
}

static char state_with_gaps(const oracle_alarm *alarm, const char *looked_at)
{
    int gaps = count_of(looked_at, '?');
    char state;
    if (count_of(looked_at, 'X') >= alarm->m)
        return 'A'; /* whatever the gaps held */
    if (count_of(looked_at, '0') > 0)
        return 'O';
    state = gaps == alarm->n ? 'I' : premature(alarm);
    return alarm->treat == 'i' ? alarm->previous : state;
}

oracle_verdict oracle_alarm_evaluate(const oracle_alarm *alarm)
{
    oracle_verdict v;
    look_at(alarm, v.looked_at);
    if (count_of(v.looked_at, '?') > 0)
        v.state = state_with_gaps(alarm, v.looked_at);
    else
        v.state = count_of(v.looked_at, 'X') >= alarm->m ? 'A' : 'O';
    return v;
}
