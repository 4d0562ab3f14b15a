/* The manual's section on explaining. */
#include "manual_text.h"

const manual_piece manual_explain[MANUAL_EXPLAIN] = {
    {MANUAL_PARAGRAPH, NULL,
     "explain prints each test of a pattern with its result and the value that it saw. The results:"},
    {MANUAL_ITEM, "true, false", "By the value that is there, or by the message."},
    {MANUAL_ITEM, "absent", "The test is false, for nothing is at its selector."},
    {MANUAL_ITEM, "type",
     "The test is false, for what is there is of a type for which it is false whatever the value."},
    {MANUAL_ITEM, "ignored", "An optional term (?term) beside others, which the service leaves out."},
    {MANUAL_PARAGRAPH, NULL,
     "Tests marked > decide: a smallest set of true tests that suffices for the match; without a match, a "
     "smallest set "
     "of tests that would have to be true as well. What a hint proposes has been tried on the message. Of a "
     "space-delimited pattern it is told how the line was split; of terms, where in the message they are, in "
     "bytes from "
     "0. With --json the ids of hints are told, too:"},
    {MANUAL_ITEM, "absent-inequality, null-inequality",
     "!= is false where the field is missing or null; to take such messages in takes a test of its own, "
     "joined by ||."},
    {MANUAL_ITEM, "absent-is-not-null, null-exists", "IS NULL asks for a null that is there, NOT EXISTS for "
                                                     "nothing."},
    {MANUAL_ITEM, "key-case, key-spelling, key-elsewhere",
     "Nothing is at the selector, but there is a key in other letters, spelled almost so, or in another object."},
    {MANUAL_ITEM, "field-unknown", "CloudTrail's records have no such field, and one of nearly that name."},
    {MANUAL_ITEM, "array-on-the-way, array, object",
     "A selector goes through an array only where it says [*] or a number; arrays and objects equal nothing."},
    {MANUAL_ITEM, "json-in-text", "A selector does not look into a string, also where it holds JSON."},
    {MANUAL_ITEM, "boolean-as-text, text-as-boolean, null-as-text",
     "true, false and null are compared with IS TRUE, IS FALSE and IS NULL; texts of these letters with =."},
    {MANUAL_ITEM, "number-and-text", "A number was compared with a text that spells it otherwise, or the other way."},
    {MANUAL_ITEM, "order-of-text", "<, <=, > and >= compare numbers only."},
    {MANUAL_ITEM, "quoted-regex", "\"%...%\" is plain text; a regular expression stands without quotes."},
    {MANUAL_ITEM, "part-of-text, star-elsewhere, other-end, star-takes-least",
     "= compares the whole text; a * at the end that needs one is missing; the text begins or ends otherwise; or a * "
     "stopped at an earlier occurrence of what follows it, for it never takes more than it must."},
    {MANUAL_ITEM, "case, blanks", "The texts differ in upper and lower case, or in blanks at their ends."},
    {MANUAL_ITEM, "last-field", "The last field of a space-delimited pattern is all the rest of the line."},
    {MANUAL_ITEM, "star-in-term, dash-splits",
     "In a term a * is only a star, and a - begins an excluded term, also in the middle of a word."},
    {MANUAL_ITEM, "text-before-json", "A JSON pattern reads only messages that are a JSON object and nothing else."},
};
