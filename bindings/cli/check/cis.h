/* The fourteen metric filters of the CIS benchmark. */
#ifndef CLI_CIS_H
#define CLI_CIS_H

#define CIS_RULES 14

typedef struct cis_rule {
    const char *number;   /* of the benchmark */
    const char *control;  /* of Security Hub */
    const char *title;
    const char *texts[2]; /* Security Hub's; the benchmark's own, NULL where it means the same */
} cis_rule;

extern const cis_rule cis_rules[CIS_RULES];

#endif
