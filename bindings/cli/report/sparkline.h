/* A row of bars, one column for one or several periods. */
#ifndef CLI_SPARKLINE_H
#define CLI_SPARKLINE_H

#include "blob.h"
#include "replay_model.h"

#define SPARKLINE_WIDTH 60u

/* What a column shows: of its periods the value that comes nearest to breaching. */
typedef struct spark {
    enum { SPARK_MISSING, SPARK_UNAVAILABLE, SPARK_VALUE } kind;
    bool breaching;
    double value;
} spark;

typedef struct sparkline {
    spark columns[SPARKLINE_WIDTH];
    size_t n;
    int64_t step;   /* ms a column stands for */
    double tallest; /* of the values shown */
    bool missing, unavailable; /* some column is */
} sparkline;

void sparkline_make(const replay_alarm *alarm, sparkline *out);

/* Appends the bars; breaching ones in red where `colour`. */
void sparkline_append(const sparkline *line, bool colour, blob *out);

#endif
