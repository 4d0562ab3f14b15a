#include "manual_text.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const manual_piece patterns[] = {
    {MANUAL_PARAGRAPH, NULL,
     "A pattern is what CloudWatch Logs calls a filter pattern, and gets the verdict that the service "
     "gives. Its first character tells its kind:"},
    {MANUAL_ITEM, "{ $.eventName = \"ConsoleLogin\" }",
     "JSON: matches messages that are one JSON object. Comparisons with = != < <= > >=, IS NULL, IS TRUE, "
     "IS FALSE, NOT EXISTS, joined by && and ||."},
    {MANUAL_ITEM, "[ip, user, ..., status = 4*, bytes > 1000]",
     "Space-delimited: names the fields of a line and may put a condition on each."},
    {MANUAL_ITEM, "%ERROR [0-9]+%", "A regular expression."},
    {MANUAL_ITEM, "ERROR \"not found\" -test", "Terms: all must occur; -term must not; ?term ?other any."},
    {MANUAL_ITEM, "\"\"", "The empty pattern matches every message."},
    {MANUAL_PARAGRAPH, NULL,
     "A pattern that begins with a dash stands behind --, as in: ctfilter match -- '-ERROR' app.log. A "
     "pattern that the service refuses is refused here, with the place and the reason."},
};

static const manual_piece pattern_file[] = {
    {MANUAL_PARAGRAPH, NULL,
     "The FILE of -f has one of three forms, which is recognised. Of several patterns each match says which."},
    {MANUAL_ITEM, "Text", "One pattern a line. Blank lines and lines that begin with # are skipped."},
    {MANUAL_ITEM, "JSON lines",
     "One object a line, with the pattern as \"filterPattern\" or \"pattern\" and perhaps a name as "
     "\"filterName\" or \"name\"."},
    {MANUAL_ITEM, "describe-metric-filters",
     "What aws logs describe-metric-filters prints: an object whose \"metricFilters\" are such objects."},
};

static const manual_piece inputs[] = {
    {MANUAL_PARAGRAPH, NULL,
     "Each document is looked at and its messages are found by what it is, also within gzip (recognised by "
     "its content, not its name). --input forces one kind:"},
    {MANUAL_ITEM, "cloudtrail", "{\"Records\": [...]}, as CloudTrail delivers; each record is a message."},
    {MANUAL_ITEM, "ndjson", "JSON values one after another, usually one a line."},
    {MANUAL_ITEM, "array", "One JSON array; each element is a message."},
    {MANUAL_ITEM, "event", "One JSON value, pretty-printed or not, is the message."},
    {MANUAL_ITEM, "log-events",
     "What filter-log-events or get-log-events prints: the message and timestamp of each of \"events\"."},
    {MANUAL_ITEM, "subscription",
     "What a subscription delivers: \"awslogs\" with \"data\" in base64 and gzip, or the decoded "
     "\"logEvents\"."},
    {MANUAL_ITEM, "eventbridge", "An EventBridge envelope: the message is its \"detail\"."},
    {MANUAL_ITEM, "lines", "Plain text; each line is a message."},
};

static const manual_piece exit_status[] = {
    {MANUAL_ITEM, "0", "match: at least one message matched. conform: all answers agree. Others: done."},
    {MANUAL_ITEM, "1", "match: no message matched. conform: some answers differ."},
    {MANUAL_ITEM, "2",
     "Something went wrong: the line was misused, a pattern is refused, an input could not be read or is "
     "damaged, output was lost. match goes on with the other inputs first; conform exits so when a vector "
     "could not be scored."},
};

static const manual_piece protocol[] = {
    {MANUAL_PARAGRAPH, NULL,
     "engine reads one JSON object a line and answers each by one line, in order, flushed. The answer "
     "repeats the id of the request. A line that is no request is answered by an error of kind request, and "
     "the engine goes on. A request without a kind asks for a verdict:"},
    {MANUAL_CODE, NULL,
     "{\"id\": 1, \"pattern\": \"{ $.a = 1 }\", \"message\": \"{\\\"a\\\": 1}\"}\n"
     "{\"id\":1,\"match\":true}"},
    {MANUAL_PARAGRAPH, NULL,
     "A refused pattern is answered by an error with its kind, the offset and length of the place in bytes "
     "of the pattern, a message and, where it is known, the service's own text."},
    {MANUAL_PARAGRAPH, NULL,
     "The files of conform hold a request a line together with what is expected of it (\"match\": true or "
     "false, or \"error\": true), and perhaps with the confidence in that. Only what is not expected is put to "
     "the engine. The letters of an id up to the number name its family in the totals."},
};

static const manual_piece examples[] = {
    {MANUAL_PARAGRAPH, NULL, "Who failed to log in to the console, in a tree of CloudTrail files:"},
    {MANUAL_CODE, NULL,
     "ctfilter match '{ $.eventName = \"ConsoleLogin\" && $.errorMessage = \"Failed*\" }' trail/"},
    {MANUAL_PARAGRAPH, NULL, "How often each of the filters of an account would have fired:"},
    {MANUAL_CODE, NULL,
     "aws logs describe-metric-filters > filters.json\n"
     "ctfilter match -f filters.json --json trail/"},
    {MANUAL_PARAGRAPH, NULL, "Compile once, match often:"},
    {MANUAL_CODE, NULL,
     "ctfilter compile -o cis.ctf -f cis.txt\n"
     "ctfilter match --program cis.ctf trail/"},
    {MANUAL_PARAGRAPH, NULL, "Score another implementation:"},
    {MANUAL_CODE, NULL, "ctfilter conform --engine 'python3 engine.py' vectors.jsonl"},
};

const manual_section manual_sections[] = {
    {"Patterns", patterns, COUNT(patterns)},       {"Pattern files", pattern_file, COUNT(pattern_file)},
    {"Inputs", inputs, COUNT(inputs)},             {"Engines and vectors", protocol, COUNT(protocol)},
    {"Exit status", exit_status, COUNT(exit_status)}, {"Examples", examples, COUNT(examples)},
};

const size_t manual_section_count = COUNT(manual_sections);
