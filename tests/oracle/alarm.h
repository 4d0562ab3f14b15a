/* A second reading of the rules of alarms, for tests: slow and obvious, with nothing of the library in it. */
#ifndef ORACLE_ALARM_H
#define ORACLE_ALARM_H

/* slots: oldest first; '0' healthy, 'X' breaching, '-' missing. treat: 'm'issing, 'i'gnore, 'b'reaching or
 * 'n'otBreaching. States are 'O'K, 'A'LARM, 'I'NSUFFICIENT_DATA. */
typedef struct oracle_alarm {
    const char *slots;
    int n, m;
    char treat;
    char previous;
} oracle_alarm;

/* What the verdict rests on: the new state, and the N points that were looked at, newest first, '?' for
 * missing ones that nothing stands for. */
typedef struct oracle_verdict {
    char state;
    char looked_at[64];
} oracle_verdict;

oracle_verdict oracle_alarm_evaluate(const oracle_alarm *alarm);

#endif
