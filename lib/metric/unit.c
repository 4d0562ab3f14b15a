#include "metric/unit.h"

/* In the order of the service's interface, in which its error texts list them. */
const char *const ctfi_units[CTFI_UNITS] = {
    "Seconds",          "Microseconds",     "Milliseconds",     "Bytes",            "Kilobytes",
    "Megabytes",        "Gigabytes",        "Terabytes",        "Bits",             "Kilobits",
    "Megabits",         "Gigabits",         "Terabits",         "Percent",          "Count",
    "Bytes/Second",     "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
    "Bits/Second",      "Kilobits/Second",  "Megabits/Second",  "Gigabits/Second",  "Terabits/Second",
    "Count/Second",     "None",
};
