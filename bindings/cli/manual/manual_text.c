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
     "What an input is shows in its first value, also within gzip (recognised by its content, not its name); "
     "an array is what its first element is. Documents may follow one another. --input forces one kind:"},
    {MANUAL_ITEM, "cloudtrail", "{\"Records\": [...]}, as CloudTrail delivers; each record is a message."},
    {MANUAL_ITEM, "ndjson", "One JSON object a line; each line is a message."},
    {MANUAL_ITEM, "array", "One JSON array; each element is a message."},
    {MANUAL_ITEM, "event", "JSON values one after another over any number of lines; each is a message."},
    {MANUAL_ITEM, "log-events",
     "What filter-log-events or get-log-events prints: the message and timestamp of each of \"events\"."},
    {MANUAL_ITEM, "subscription",
     "What a subscription delivers: \"awslogs\" with \"data\" in base64 and gzip, or the decoded "
     "\"logEvents\"."},
    {MANUAL_ITEM, "eventbridge", "An EventBridge envelope: the message is its \"detail\"."},
    {MANUAL_ITEM, "lines", "Plain text, and whatever is none of these; each line that is not empty is a message."},
    {MANUAL_PARAGRAPH, NULL,
     "Below a directory hidden files are read too, links to directories are not followed, and what is neither "
     "file nor directory is left out. Inputs are worked on as they arrive, compressed ones too, in at most 64 MiB a "
     "thread, or as much as the longest line or message needs, or the longest document where it is none of "
     "cloudtrail, array and log-events; --max-inflated bounds that, and what a compressed file may inflate to."},
    {MANUAL_PARAGRAPH, NULL,
     "Of a compressed file that is damaged or cut short, what could be read before that place is matched; what it "
     "ends within, such as half a line, is not. The complaint names the file and the byte of it. Damage may show some "
     "bytes later than it is, and at the latest by the check sum at the end."},
};

static const manual_piece output[] = {
    {MANUAL_PARAGRAPH, NULL,
     "match prints each message as it stands in the input, those of log events decoded, in the order of the "
     "inputs. Before it stands the name of the input where there are several, and of several patterns the "
     "names (without a name the numbers, from 1) of those that matched:"},
    {MANUAL_CODE, NULL, "trail/a.json.gz:[root-login, 3] {\"eventVersion\":\"1.08\", ...}"},
    {MANUAL_PARAGRAPH, NULL,
     "With --extract the values stand in the message's place, with tabs between and - where there is none; a "
     "tab, line end or backslash in a value appears as \\t, \\n, \\r or \\\\. With --json each match is an object:"},
    {MANUAL_ITEM, "file, index", "The input's name, and the message's number in it, from 0."},
    {MANUAL_ITEM, "timestamp",
     "Milliseconds since 1970, from the log event, else the record's eventTime, else the envelope; or null."},
    {MANUAL_ITEM, "patterns", "The names or numbers of the patterns that matched."},
    {MANUAL_ITEM, "values", "What --extract asks for and the message has; arrays and objects are no values."},
    {MANUAL_ITEM, "extractedValues", "The fields of space-delimited patterns, as the service returns them."},
    {MANUAL_ITEM, "message", "The message, as a string; bytes that are no UTF-8 appear as U+FFFD."},
    {MANUAL_PARAGRAPH, NULL,
     "--format test-metric-filter prints one answer of that API for each input; its eventNumber counts from 1."},
};

static const manual_piece configuration[] = {
    {MANUAL_PARAGRAPH, NULL,
     "A CONFIG file says which metric filters and alarms there are. Several files add up. What a file is shows in "
     "its content:"},
    {MANUAL_ITEM, "describe-metric-filters, describe-alarms",
     "What aws logs describe-metric-filters and aws cloudwatch describe-alarms print, as one document or as JSON "
     "lines; single filters and alarms of these too. The state of an alarm is ignored: a replay begins with "
     "INSUFFICIENT_DATA."},
    {MANUAL_ITEM, "CloudFormation",
     "A template in YAML or JSON: AWS::Logs::MetricFilter, AWS::CloudWatch::Alarm and "
     "AWS::CloudWatch::CompositeAlarm; other resources are ignored. Resolved are Ref, Fn::Sub, Fn::Join, "
     "Fn::Select, Fn::Split, Fn::FindInMap, Fn::GetAtt of an alarm's Arn, and conditions with Fn::If; a resource whose "
     "condition does not hold is left out. Parameters have their default or what --parameter "
     "NAME=VALUE says, which also gives AWS::Region, AWS::AccountId and their like. Other functions "
     "are errors, except where nothing depends on them: in actions, descriptions and names of log groups."},
    {MANUAL_ITEM, "Terraform",
     "What terraform show -json prints of a plan or a state: aws_cloudwatch_log_metric_filter, "
     "aws_cloudwatch_metric_alarm and aws_cloudwatch_composite_alarm in all modules. A value that is known only "
     "after the plan is applied is an error."},
    {MANUAL_ITEM, "YAML",
     "Three lists, each of which may be missing, whose elements have the fields of PutMetricFilter, "
     "PutMetricAlarm and PutCompositeAlarm in the API's spelling:"},
    {MANUAL_CODE, NULL,
     "metricFilters:\n"
     "  - filterName: console-login\n"
     "    filterPattern: '{ $.eventName = \"ConsoleLogin\" }'\n"
     "    metricTransformations:\n"
     "      - metricName: ConsoleLogins\n"
     "        metricNamespace: CloudTrail\n"
     "        metricValue: \"1\"    # or a selector: $.latency\n"
     "        defaultValue: 0     # or dimensions: {User: $.userIdentity.arn}\n"
     "alarms:\n"
     "  - AlarmName: somebody-came-in\n"
     "    Namespace: CloudTrail\n"
     "    MetricName: ConsoleLogins\n"
     "    Statistic: Sum          # or ExtendedStatistic: p99\n"
     "    Period: 300\n"
     "    EvaluationPeriods: 3\n"
     "    DatapointsToAlarm: 2\n"
     "    Threshold: 0\n"
     "    ComparisonOperator: GreaterThanThreshold\n"
     "    TreatMissingData: notBreaching\n"
     "compositeAlarms:\n"
     "  - AlarmName: either-of-them\n"
     "    AlarmRule: ALARM(somebody-came-in) OR FALSE"},
    {MANUAL_PARAGRAPH, NULL,
     "In YAML a text may stand without quotes, also where it looks like a number; a number has none. Anchors and "
     "aliases may be used; a key stands once, and a file holds one document. One file has at most 64 MiB."},
    {MANUAL_PARAGRAPH, NULL,
     "A field that nothing is known of is an error with its line and column, and so is what the service would "
     "refuse and what a replay cannot do, such as metric math and anomaly bands. With --lenient unknown fields are "
     "warnings, and a filter or alarm that cannot be used is left out with a warning."},
    {MANUAL_PARAGRAPH, NULL,
     "Then it is looked whether all fits together. Warnings tell an alarm whose metric no filter publishes, or "
     "only in another namespace, with other dimensions or in another unit. An alarm that names no unit takes the one "
     "that the filters of its metric publish. Children of a composite alarm that do not exist, and composite alarms "
     "that depend on themselves, are errors; with --lenient such a child has INSUFFICIENT_DATA for ever."},
};

static const manual_piece exit_status[] = {
    {MANUAL_ITEM, "0",
     "match: at least one message matched. explain: a message matched, or there was none to explain. check: nothing but "
     "notes. equiv, implies: yes. sample: there is a message. cis: all are covered. test: all cases passed. fmt --check: all patterns are in canonical form. replay: no alarm entered ALARM; with --against, nothing differs. conform: all answers agree. "
     "Others: done."},
    {MANUAL_ITEM, "1",
     "match, explain: no message matched. check: there are warnings or errors. equiv, implies: no. sample: no message "
     "can match. cis: some are not covered. test: some cases failed, or too few terms decided. fmt --check: some pattern is written "
     "otherwise. replay: an alarm entered ALARM; with --against, something differs. conform: some answers differ."},
    {MANUAL_ITEM, "2",
     "Something went wrong: the line was misused, a pattern is refused, an input could not be read or is "
     "damaged, output was lost. match and replay go on with the other inputs first; conform exits so when a vector "
     "could not be scored."},
    {MANUAL_ITEM, "3", "equiv, implies, sample: undecided."},
};

static const manual_piece environment[] = {
    {MANUAL_ITEM, "CTFILTER_KERNEL",
     "The instructions to read with, as --kernel names them; the option counts first. The result is the same with "
     "all of them."},
    {MANUAL_ITEM, "NO_COLOR", "Set to anything, replay's text has no colours."},
    {MANUAL_ITEM, "TMPDIR", "Where replay --why keeps what comes through a pipe; default /tmp."},
};

static const manual_piece protocol[] = {
    {MANUAL_PARAGRAPH, NULL,
     "engine reads one JSON object a line and answers each by one line, in order, flushed. The answer "
     "repeats the id of the request. A line that is no request is answered by an error of kind request, and "
     "the engine goes on. A number is whole however it is written: 2, 2.0, 2e0. A request without a kind asks for a verdict:"},
    {MANUAL_CODE, NULL,
     "{\"id\": 1, \"pattern\": \"{ $.a = 1 }\", \"message\": \"{\\\"a\\\": 1}\"}\n"
     "{\"id\":1,\"match\":true}"},
    {MANUAL_PARAGRAPH, NULL,
     "A refused pattern is answered by an error with its kind, the offset and length of the place in bytes "
     "of the pattern, a message and, where it is known, the service's own text. Other kinds, each with what its "
     "answer holds:"},
    {MANUAL_ITEM, "alarm, alarm_seq",
     "The \"state\" that follows from datapoints (oldest first, null: missing) under an alarm's settings and a "
     "previous_state; the \"states\" of steps one after the other."},
    {MANUAL_ITEM, "range, window", "How many \"slots\" an evaluation sees; \"starts_newest_first\" of its windows."},
    {MANUAL_ITEM, "lowsample", "Whether a sample_count is \"low\" for a percentile, or the \"state\" under a policy."},
    {MANUAL_ITEM, "reason", "The service's \"reason\" for a new_state, from the evaluated points (newest first)."},
    {MANUAL_ITEM, "stat", "The \"value\" of a statistic over samples, with counts, and statistic_sets."},
    {MANUAL_ITEM, "metric", "The \"datapoints\" that a pattern and a transformation publish for events."},
    {MANUAL_ITEM, "validation",
     "\"accepted\", or the error of an input of PutMetricAlarm, PutCompositeAlarm, SetAlarmState or PutMetricFilter "
     "(api)."},
    {MANUAL_PARAGRAPH, NULL,
     "The files of conform hold a request a line together with what is expected of it (\"match\": true or "
     "false, or \"error\": true; in other kinds the answer's members with expected_ before their names, "
     "expected_error and error_contains), and perhaps with the confidence in that. Only what is not expected is put to "
     "the engine. The letters of an id up to the number name its family in the totals."},
};

static const manual_piece examples[] = {
    {MANUAL_PARAGRAPH, NULL, "Who failed to log in to the console, in a tree of CloudTrail files:"},
    {MANUAL_CODE, NULL,
     "ctfilter match '{ $.eventName = \"ConsoleLogin\" && $.errorMessage = \"Failed*\" }' trail/"},
    {MANUAL_PARAGRAPH, NULL, "Does the new pattern match all that the old one did? A first event to test an alarm with:"},
    {MANUAL_CODE, NULL,
     "ctfilter implies '{ $.errorCode = AccessDenied }' '{ $.errorCode = \"*Denied*\" }'\n"
     "ctfilter sample --cloudtrail --message-only '{ $.errorCode = \"*Denied*\" }'"},
    {MANUAL_PARAGRAPH, NULL, "Is a template's filter one that the service takes, and means what it says?"},
    {MANUAL_CODE, NULL, "ctfilter check template.yaml --corpus trail/"},
    {MANUAL_PARAGRAPH, NULL, "Why does this pattern never match?"},
    {MANUAL_CODE, NULL, "ctfilter explain '{ $.userIdentity.invokedBy != \"*.amazonaws.com\" }' trail/"},
    {MANUAL_PARAGRAPH, NULL, "How often each of the filters of an account would have fired:"},
    {MANUAL_CODE, NULL,
     "aws logs describe-metric-filters > filters.json\n"
     "ctfilter match -f filters.json -c -h --stats trail/ > /dev/null"},
    {MANUAL_PARAGRAPH, NULL, "Compile once, match often:"},
    {MANUAL_CODE, NULL,
     "ctfilter compile -o cis.ctf -f cis.txt\n"
     "ctfilter match --program cis.ctf trail/"},
    {MANUAL_PARAGRAPH, NULL, "Would the alarms of an account have told of what is in a trail, and why (not)?"},
    {MANUAL_CODE, NULL,
     "aws logs describe-metric-filters > filters.json\n"
     "aws cloudwatch describe-alarms > alarms.json\n"
     "ctfilter replay --lenient filters.json alarms.json --events trail/ --why"},
    {MANUAL_PARAGRAPH, NULL, "Do the filters and alarms of a template still do what their tests say?"},
    {MANUAL_CODE, NULL, "ctfilter test --coverage-threshold 90 --junit report.xml tests/*.yaml"},
    {MANUAL_PARAGRAPH, NULL, "Score another implementation:"},
    {MANUAL_CODE, NULL, "ctfilter conform --engine 'python3 engine.py' vectors.jsonl"},
};

#define SECTION(title, pieces) {title, pieces, COUNT(pieces), NULL}

const manual_section manual_sections[] = {
    SECTION("Patterns", patterns),
    SECTION("Pattern files", pattern_file),
    SECTION("Inputs", inputs),
    SECTION("Output", output),
    SECTION("Configuration files", configuration),
    SECTION("Explaining", manual_explain),
    {"Checking", manual_check, COUNT(manual_check), manual_check_rule},
    SECTION("Proving", manual_prove),
    SECTION("Test files", manual_test),
    SECTION("Replaying", manual_replay),
    SECTION("Engines and vectors", protocol),
    SECTION("Exit status", exit_status),
    SECTION("Environment", environment),
    SECTION("Examples", examples),
};

const size_t manual_section_count = COUNT(manual_sections);
