/* The manual's section on proving. */
#include "manual_text.h"

const manual_piece manual_prove[MANUAL_PROVE] = {
    {MANUAL_PARAGRAPH, NULL,
     "equiv, implies and sample reason about all messages there could be, by the rules of the language: a test is true, "
     "false, or has nothing to test; values have types; the last of duplicate keys counts. A yes is a proof. A no comes "
     "with a message, and so does a sample; the matcher has confirmed it. Where neither a proof nor a message is found "
     "within bounds the answer is undecided, with the reason:"},
    {MANUAL_ITEM, "no answer was found within the bounds of the search",
     "Many alternatives that depend on each other, very long regular expressions, or numbers that are compared both by "
     "value and by their digits."},
    {MANUAL_ITEM, "the patterns are of different kinds",
     "A JSON pattern and terms, say, or space-delimited patterns with another number of fields. Messages are tried then, "
     "so a no can be found, but a yes only where one of the two never or always matches."},
    {MANUAL_PARAGRAPH, NULL,
     "A sample is as small as it can be made. Its near misses are as it is but for one test; with --cloudtrail the fields "
     "that no test is about are those of a usual record, and values that may be are left as they are there."},
    {MANUAL_PARAGRAPH, NULL,
     "cis tells three facts of each of the benchmark's patterns, the strongest that holds: byte-equal (a filter has the "
     "published text), equivalent (one matches the same messages), covered (one matches them all, and more). Where "
     "Security Hub and the benchmark publish patterns that differ in meaning, either counts. A filter that matches every "
     "JSON object covers nothing here."},
};
