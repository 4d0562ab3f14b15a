#include "commands.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const generated[] = {"man", "markdown", "bash", "zsh", "fish", NULL};
static const char *const readers[] = {"scan", "stream", "loaded", "all", NULL};
static const char *const problems[] = {"text", "json", "sarif", "github", "junit", NULL};
static const char *const languages[] = {"sh", "yaml", "json", "hcl", "cdk", NULL};
static const char *const formats[] = {"test-metric-filter", NULL};
static const char *const reports[] = {"text", "json", "csv", "html", NULL};
static const char *const inputs[] = {"auto",       "cloudtrail",   "ndjson",      "array", "event",
                                     "log-events", "subscription", "eventbridge", "lines", NULL};

/* Rows that several commands share. */
#define ROW_HELP {OPT_HELP, 0, "help", OPTION_FLAG, NULL, NULL, 0, "Show this help and exit"}
#define ROW_PATTERN_FILE \
    {OPT_FILE, 'f', "file", OPTION_FILE, "FILE", NULL, 0, \
     "Read the patterns from FILE (- for standard input): one a line, JSON lines with names, or what " \
     "describe-metric-filters printed"}
#define ROW_PROGRAM \
    {OPT_PROGRAM, 0, "program", OPTION_FILE, "FILE", NULL, 0, \
     "Take the patterns from a program that ctfilter compile wrote"}
#define ROW_READER \
    {OPT_READER, 0, "reader", OPTION_CHOICE, "READER", readers, 0, \
     "How messages are read: scan (one piece), stream (in chunks), loaded (scan, with a program that " \
     "was saved and loaded) or all (an answer only where the three agree); default scan"}
#define ROW_CHUNK \
    {OPT_CHUNK, 0, "chunk", OPTION_NUMBER, "BYTES", NULL, 1, \
     "How many bytes the stream reader gets at a time; default 7"}

#define ROW_THREADS \
    {OPT_THREADS, 'j', "threads", OPTION_NUMBER, "N", NULL, 1, "Work with N threads; default one a processor"}
#define ROW_INPUT \
    {OPT_INPUT, 0, "input", OPTION_CHOICE, "KIND", inputs, 0, \
     "Take every input as KIND: cloudtrail, ndjson, array, event, log-events, subscription, eventbridge " \
     "or lines; default auto, which looks at each document"}
#define ROW_MAX_INFLATED \
    {OPT_MAX_INFLATED, 0, "max-inflated", OPTION_SIZE, "SIZE", NULL, 1, \
     "Read no more than SIZE of what a compressed file inflates to, and refuse a longer line or document; default 1G"}
#define ROW_KERNEL \
    {OPT_KERNEL, 0, "kernel", OPTION_TEXT, "NAME", NULL, 0, \
     "Read with the instructions that NAME stands for: avx512vbmi, avx512, avx2, neon or scalar, which any " \
     "machine has; default what CTFILTER_KERNEL says, else the best that this machine has"}
#define ROW_TRUSTED_JSON \
    {OPT_TRUSTED_JSON, 0, "trusted-json", OPTION_FLAG, NULL, NULL, 0, \
     "Take each message for well-formed JSON without duplicate keys and stop reading it when its verdict is " \
     "known; where one is not, the verdict may differ from the service's"}
/* For tests: inputs are read in pieces of at most SIZE, and larger documents count as too large to hold. */
#define ROW_HOLD {OPT_HOLD, 0, "hold", OPTION_SIZE, "SIZE", NULL, 1, NULL}
#define ROW_NO_PROGRESS {OPT_NO_PROGRESS, 0, "no-progress", OPTION_FLAG, NULL, NULL, 0, "Show no progress bar"}

static const cli_option program_options[] = {
    ROW_HELP,
    {OPT_VERSION, 0, "version", OPTION_FLAG, NULL, NULL, 0, "Show the version and exit"},
    {OPT_GENERATE, 0, "generate", OPTION_CHOICE, "WHAT", generated, 0, NULL},
};

static const cli_option match_options[] = {
    ROW_PATTERN_FILE,
    ROW_PROGRAM,
    {OPT_COUNT, 'c', "count", OPTION_FLAG, NULL, NULL, 0,
     "Print only how many messages match, for each file where there are several"},
    {OPT_INVERT, 'v', "invert-match", OPTION_FLAG, NULL, NULL, 0,
     "Select the messages that no pattern matches"},
    {OPT_LIST, 'l', "files-with-matches", OPTION_FLAG, NULL, NULL, 0,
     "Print only the names of files with a match"},
    {OPT_MAX_COUNT, 'm', "max-count", OPTION_NUMBER, "N", NULL, 0, "Stop reading a file after N matches"},
    {OPT_QUIET, 'q', "quiet", OPTION_FLAG, NULL, NULL, 0, "Print nothing and stop at the first match"},
    {OPT_WITH_NAME, 'H', "with-filename", OPTION_FLAG, NULL, NULL, 0, "Put the file's name before each match"},
    {OPT_NO_NAME, 'h', "no-filename", OPTION_FLAG, NULL, NULL, 0, "Never put the file's name before a match"},
    {OPT_JSON, 0, "json", OPTION_FLAG, NULL, NULL, 0,
     "Print a JSON object a match: file, index, timestamp, patterns, extracted values, message"},
    {OPT_FORMAT, 0, "format", OPTION_CHOICE, "FORMAT", formats, 0,
     "Print the matches in the shape of an API's answer: test-metric-filter"},
    {OPT_EXTRACT, 0, "extract", OPTION_TEXT, "SELECTOR", NULL, 0,
     "Print the value at SELECTOR ($.a.b, $name, $3) of each match instead of the message, or add it to "
     "the JSON; may be given more than once"},
    {OPT_STATS, 0, "stats", OPTION_FLAG, NULL, NULL, 0,
     "Print what was read and matched on standard error at the end"},
    ROW_THREADS,
    ROW_INPUT,
    ROW_MAX_INFLATED,
    ROW_KERNEL,
    ROW_TRUSTED_JSON,
    {OPT_NO_PROBE, 0, "no-probe", OPTION_FLAG, NULL, NULL, 0,
     "Read every message, also those that lack a text which a match must hold; slower, with the same result: to "
     "see what passing over them gains"},
    ROW_HOLD,
    ROW_NO_PROGRESS,
    ROW_HELP,
};

static const cli_option explain_options[] = {
    {OPT_JSON, 0, "json", OPTION_FLAG, NULL, NULL, 0, "Print JSON objects, one a line"},
    {OPT_NUMBER, 'n', "number", OPTION_NUMBER, "N", NULL, 1, "Explain the N-th message, counted from 1 over all inputs"},
    {OPT_EACH, 0, "each", OPTION_FLAG, NULL, NULL, 0, "Explain every message"},
    ROW_INPUT,
    ROW_MAX_INFLATED,
    ROW_NO_PROGRESS,
    ROW_HELP,
};

static const cli_option check_options[] = {
    {OPT_FORMAT, 0, "format", OPTION_CHOICE, "FORMAT", problems, 0,
     "Report as text, json, sarif, github (workflow commands) or junit; default text"},
    {OPT_FIX, 0, "fix", OPTION_FLAG, NULL, NULL, 0,
     "Print the patterns, mended where it is sure what was meant, and on standard error what is left to tell"},
    {OPT_CORPUS, 0, "corpus", OPTION_FILE, "PATH", NULL, 0,
     "Hold the patterns against the events of PATH (a file, a directory with all below it, - for standard input) and tell "
     "tests that are never true there, with what stands at their selectors; may be given more than once"},
    {OPT_CLOUDTRAIL, 0, "cloudtrail", OPTION_FLAG, NULL, NULL, 0,
     "Take all patterns as meant for CloudTrail's records; without it those that speak of fields which only these have"},
    ROW_PATTERN_FILE,
    {OPT_PARAMETER, 'P', "parameter", OPTION_TEXT, "NAME=VALUE", NULL, 0,
     "A parameter of a template; may be given more than once"},
    {OPT_QUIET, 'q', "quiet", OPTION_FLAG, NULL, NULL, 0, "Print no report; the exit status tells"},
    ROW_INPUT,
    ROW_MAX_INFLATED,
    ROW_NO_PROGRESS,
    ROW_HELP,
};

static const cli_option test_options[] = {
    {OPT_RUN, 0, "run", OPTION_TEXT, "REGEX", NULL, 0,
     "Run only the cases with \"FILE: CASE\" matching REGEX, a POSIX extended regular expression; FILE and CASE are the "
     "names that they have in the test file"},
    {OPT_JUNIT, 0, "junit", OPTION_FILE, "FILE", NULL, 0,
     "Write the results to FILE as JUnit's XML too, complete or not at all; - is standard output, without the report"},
    {OPT_COVERAGE, 0, "coverage", OPTION_FLAG, NULL, NULL, 0,
     "Tell of each pattern the terms that decided no verdict: without them every case would have passed or failed as it did"},
    {OPT_THRESHOLD, 0, "coverage-threshold", OPTION_NUMBER, "PERCENT", NULL, 0,
     "Fail when fewer than PERCENT of all terms decided a verdict; implies --coverage"},
    {OPT_QUIET, 'q', "quiet", OPTION_FLAG, NULL, NULL, 0, "Print no report; the exit status tells"},
    ROW_NO_PROGRESS,
    ROW_HELP,
};

static const cli_option prove_options[] = {
    {OPT_JSON, 0, "json", OPTION_FLAG, NULL, NULL, 0, "Print the answer as a JSON object"},
    {OPT_QUIET, 'q', "quiet", OPTION_FLAG, NULL, NULL, 0, "Print nothing; the exit status tells"},
    ROW_HELP,
};

static const cli_option sample_options[] = {
    {OPT_CLOUDTRAIL, 0, "cloudtrail", OPTION_FLAG, NULL, NULL, 0,
     "Print messages in the shape of CloudTrail's records"},
    {OPT_MESSAGE, 0, "message-only", OPTION_FLAG, NULL, NULL, 0, "Print the message that matches and nothing else"},
    {OPT_JSON, 0, "json", OPTION_FLAG, NULL, NULL, 0, "Print the answer as a JSON object"},
    ROW_HELP,
};

static const cli_option cis_options[] = {
    {OPT_JSON, 0, "json", OPTION_FLAG, NULL, NULL, 0, "Print a JSON object for each of the fourteen, one a line"},
    ROW_PATTERN_FILE,
    {OPT_PARAMETER, 'P', "parameter", OPTION_TEXT, "NAME=VALUE", NULL, 0,
     "A parameter of a template; may be given more than once"},
    ROW_HELP,
};

static const cli_option quote_options[] = {
    {OPT_FOR, 0, "for", OPTION_CHOICE, "LANGUAGE", languages, 0,
     "Where it goes: sh, yaml (CloudFormation and others), json, hcl (Terraform) or cdk; default sh"},
    ROW_PATTERN_FILE,
    ROW_HELP,
};

static const cli_option fmt_options[] = {
    {OPT_CHECK, 0, "check", OPTION_FLAG, NULL, NULL, 0,
     "Print the patterns that are written otherwise, as they stand, and exit with 1 if there are any"},
    ROW_PATTERN_FILE,
    ROW_HELP,
};

static const cli_option replay_options[] = {
    {OPT_EVENTS, 0, "events", OPTION_FILE, "PATH", NULL, 0,
     "Replay the events of PATH (a file, a directory with all below it, - for standard input); operands that "
     "follow are such paths too"},
    {OPT_FROM, 0, "from", OPTION_TEXT, "TIME", NULL, 0,
     "Evaluate the alarms from TIME on (2026-01-13T09:00:00Z, or a date); default the first event's minute. "
     "Earlier events count"},
    {OPT_TO, 0, "to", OPTION_TEXT, "TIME", NULL, 0,
     "Evaluate them before TIME; default when the last event has left the range of every alarm"},
    {OPT_DELAY, 0, "delivery-delay", OPTION_TEXT, "TIME", NULL, 0,
     "Let each event arrive TIME (90s, 5m, 1h) after it happened: an evaluation sees only what had arrived"},
    {OPT_WHY, 0, "why", OPTION_FLAG, NULL, NULL, 0,
     "Show the events behind what breached: time, eventID, eventName, principal, source address"},
    {OPT_AGAINST, 0, "against", OPTION_FILE, "CONFIG", NULL, 0,
     "Compare with what CONFIG would have done over the same events; may be given more than once for a configuration of "
     "several files"},
    {OPT_DIFFERENCES, 0, "differences", OPTION_NUMBER, "NUMBER", NULL, 1,
     "With --against, show at most NUMBER of the events that make the difference; default 20"},
    {OPT_FORMAT, 0, "format", OPTION_CHOICE, "FORMAT", reports, 0,
     "Report as text, json, csv or html; default text"},
    {OPT_OUTPUT, 'o', "output", OPTION_FILE, "FILE", NULL, 0, "Write the report to FILE, complete or not at all"},
    {OPT_ACCOUNT, 0, "account", OPTION_TEXT, "ID", NULL, 0,
     "The account of events that do not say theirs, for @aws.account"},
    {OPT_REGION, 0, "region", OPTION_TEXT, "NAME", NULL, 0,
     "The region of events that do not say theirs, for @aws.region"},
    {OPT_PARAMETER, 'P', "parameter", OPTION_TEXT, "NAME=VALUE", NULL, 0,
     "A parameter of a template; may be given more than once"},
    {OPT_LENIENT, 0, "lenient", OPTION_FLAG, NULL, NULL, 0,
     "Warn of what in a CONFIG is unknown, unresolved or refused, and go on without it"},
    {OPT_QUIET, 'q', "quiet", OPTION_FLAG, NULL, NULL, 0,
     "Print no report on standard output and no warnings; the exit status tells"},
    ROW_THREADS,
    ROW_INPUT,
    ROW_MAX_INFLATED,
    ROW_KERNEL,
    ROW_TRUSTED_JSON,
    ROW_HOLD,
    ROW_NO_PROGRESS,
    ROW_HELP,
};

static const cli_option dump_options[] = {ROW_PATTERN_FILE, ROW_PROGRAM, ROW_HELP};

static const cli_option compile_options[] = {
    {OPT_OUTPUT, 'o', "output", OPTION_FILE, "FILE", NULL, 0, "Write the program to FILE; needed"},
    ROW_PATTERN_FILE,
    ROW_HELP,
};

static const cli_option engine_options[] = {ROW_READER, ROW_CHUNK, ROW_KERNEL, ROW_HELP};

static const cli_option conform_options[] = {
    {OPT_ENGINE, 0, "engine", OPTION_TEXT, "COMMAND", NULL, 0,
     "Ask the engine that /bin/sh -c COMMAND starts instead of this one"},
    {OPT_TIMEOUT, 0, "timeout", OPTION_NUMBER, "SECONDS", NULL, 1,
     "Give up when the engine has answered nothing for SECONDS; default 60"},
    ROW_READER,
    ROW_CHUNK,
    ROW_KERNEL,
    {OPT_QUIET, 'q', "quiet", OPTION_FLAG, NULL, NULL, 0, "Print the totals only"},
    ROW_HELP,
};

static const char *const program_synopses[] = {"COMMAND [OPTION...] [ARGUMENT...]", NULL};
static const char *const match_synopses[] = {"PATTERN [PATH...]", "-f FILE [PATH...]",
                                             "--program FILE [PATH...]", NULL};
static const char *const explain_synopses[] = {"PATTERN [PATH...]", NULL};
static const char *const prove_synopses[] = {"PATTERN PATTERN", NULL};
static const char *const sample_synopses[] = {"PATTERN", NULL};
static const char *const cis_synopses[] = {"FILE...", NULL};
static const char *const check_synopses[] = {"FILE|PATTERN...", NULL};
static const char *const test_synopses[] = {"FILE...", NULL};
static const char *const list_synopses[] = {"PATTERN...", "-f FILE", NULL};
static const char *const replay_synopses[] = {"CONFIG... --events PATH...",
                                              "CONFIG... --against CONFIG --events PATH...", NULL};
static const char *const dump_synopses[] = {"PATTERN...", "-f FILE", "--program FILE", NULL};
static const char *const compile_synopses[] = {"-o FILE PATTERN...", "-o FILE -f FILE", NULL};
static const char *const engine_synopses[] = {"", NULL};
static const char *const conform_synopses[] = {"FILE...", NULL};

const cli_command command_program = {
    .name = "ctfilter",
    .summary = "CloudWatch Logs filter patterns over CloudTrail events",
    .synopses = program_synopses,
    .about = "Tells which events match a CloudWatch Logs filter pattern, with the verdict of the service, in "
             "files of any shape that events come in.",
    .operands = OPERAND_COMMAND,
    .options = program_options,
    .n_options = COUNT(program_options),
};

const cli_command command_table[] = {
    {
        .name = "match",
        .summary = "print the messages that match a pattern",
        .synopses = match_synopses,
        .about = "Reads files, directories with all that is below them, and standard input (- or no PATH), "
                 "and prints each message that matches. Says by its exit status whether there was one: 0 "
                 "yes, 1 no, 2 something could not be read.",
        .operands = OPERAND_TEXT_FILES,
        .options = match_options,
        .n_options = COUNT(match_options),
        .run = run_match,
    },
    {
        .name = "explain",
        .summary = "tell why a message matches or does not",
        .synopses = explain_synopses,
        .about = "Without a PATH tells in words what a pattern asks. With one (a file, a directory, - for standard "
                 "input) explains a message: each test with its result and the value it saw, the tests that decide, "
                 "and what to write instead where the message meets what people stumble over. Of several messages "
                 "counts of how many each test is true, and explains the first that matches, or else the one that "
                 "comes nearest to it. Exits 0 when a message matches or there was none to explain, 1 when none "
                 "matches, 2 when something went wrong.",
        .operands = OPERAND_TEXT_FILES,
        .options = explain_options,
        .n_options = COUNT(explain_options),
        .run = run_explain,
    },
    {
        .name = "check",
        .summary = "find what is wrong with patterns and configurations",
        .synopses = check_synopses,
        .about = "Tells what the service would refuse, and traps that it accepts in silence, in patterns, pattern files and "
                 "configurations. An operand that names a file is one; any other is a pattern. Exits 0 when nothing but "
                 "notes is told, 1 when there are warnings or errors, 2 when something could not be read.",
        .operands = OPERAND_FILES,
        .options = check_options,
        .n_options = COUNT(check_options),
        .run = run_check,
    },
    {
        .name = "test",
        .summary = "run test files of patterns, metric filters and alarms",
        .synopses = test_synopses,
        .about = "Runs the cases of test files, which are YAML: messages that a pattern must match or not, patterns that must "
                 "mean the same, and events or series with the transitions that alarms must make of them. Tells "
                 "everything that does not hold with its place. Exits 0 when all cases passed, 1 when some failed or "
                 "fewer terms decided than --coverage-threshold asks for, 2 when something could not be read or is wrong "
                 "with a test file.",
        .operands = OPERAND_FILES,
        .options = test_options,
        .n_options = COUNT(test_options),
        .run = run_suites,
    },
    {
        .name = "equiv",
        .summary = "prove that two patterns match the same messages",
        .synopses = prove_synopses,
        .about = "Decides over all messages, not samples, whether two patterns match the same ones. A yes is proved; a no "
                 "comes with a message that only one of them matches. Exits 0 for yes, 1 for no, 3 when it is undecided, "
                 "2 when something went wrong.",
        .operands = OPERAND_TEXT,
        .options = prove_options,
        .n_options = COUNT(prove_options),
        .run = run_equiv,
    },
    {
        .name = "implies",
        .summary = "prove that what one pattern matches another matches too",
        .synopses = prove_synopses,
        .about = "Decides over all messages whether every one that matches the first pattern matches the second. Answers and "
                 "exits as equiv does.",
        .operands = OPERAND_TEXT,
        .options = prove_options,
        .n_options = COUNT(prove_options),
        .run = run_implies,
    },
    {
        .name = "sample",
        .summary = "make a message that a pattern matches",
        .synopses = sample_synopses,
        .about = "Prints a message that the pattern matches, and for each of its tests that hold there a message that does not "
                 "match, with that test turned, where there is one; or that no message can match. Exits 0 when there is a "
                 "message, 1 when there can be none, 3 when it is undecided, 2 when something went wrong.",
        .operands = OPERAND_TEXT,
        .options = sample_options,
        .n_options = COUNT(sample_options),
        .run = run_sample,
    },
    {
        .name = "cis",
        .summary = "find the CIS benchmark's metric filters in a configuration",
        .synopses = cis_synopses,
        .about = "Tells for each of the fourteen metric filters of CIS AWS Foundations v1.2, section 3 (Security Hub's controls "
                 "CloudWatch.1 to CloudWatch.14), whether a filter is byte for byte the published pattern, means the same, or "
                 "covers it, that is matches at least as much. Exits 0 when all are covered, 1 when some are not, 2 when "
                 "something could not be read.",
        .operands = OPERAND_FILES,
        .options = cis_options,
        .n_options = COUNT(cis_options),
        .run = run_cis,
    },
    {
        .name = "fmt",
        .summary = "print patterns in canonical form",
        .synopses = list_synopses,
        .about = "Prints patterns in one spelling of blanks, brackets, quotes and keywords, one a line. They mean the "
                 "same.",
        .operands = OPERAND_TEXT,
        .options = fmt_options,
        .n_options = COUNT(fmt_options),
        .run = run_fmt,
    },
    {
        .name = "quote",
        .summary = "print patterns ready to paste",
        .synopses = list_synopses,
        .about = "Prints patterns as a shell, a template or a program writes them, one a line.",
        .operands = OPERAND_TEXT,
        .options = quote_options,
        .n_options = COUNT(quote_options),
        .run = run_quote,
    },
    {
        .name = "replay",
        .summary = "replay events through metric filters and alarms",
        .synopses = replay_synopses,
        .about = "Runs the metric filters of the CONFIGs over events, evaluates their alarms as the service would "
                 "have, and tells each change of state, the service's reason, the rule that decided and, with "
                 "--why, the events behind it. Exits 0 when no alarm entered ALARM, 1 when some did, 2 when "
                 "something went wrong. With --against it tells what another configuration would have made of the "
                 "same events, and exits 0 when that is the same, 1 when it differs.",
        .operands = OPERAND_FILES,
        .options = replay_options,
        .n_options = COUNT(replay_options),
        .run = run_replay,
    },
    {
        .name = "dump",
        .summary = "show what patterns compile to",
        .synopses = dump_synopses,
        .about = "Prints each pattern in canonical form and the program that they compile to together.",
        .operands = OPERAND_TEXT,
        .options = dump_options,
        .n_options = COUNT(dump_options),
        .run = run_dump,
    },
    {
        .name = "compile",
        .summary = "save patterns as a program",
        .synopses = compile_synopses,
        .about = "Compiles patterns into one program and saves it for --program. The file appears complete "
                 "or not at all.",
        .operands = OPERAND_TEXT,
        .options = compile_options,
        .n_options = COUNT(compile_options),
        .run = run_compile,
    },
    {
        .name = "engine",
        .summary = "answer requests, one JSON object a line",
        .synopses = engine_synopses,
        .about = "Reads one JSON request a line on standard input and answers each with one line on standard "
                 "output, in order.",
        .operands = OPERAND_NONE,
        .options = engine_options,
        .n_options = COUNT(engine_options),
        .run = run_engine,
    },
    {
        .name = "conform",
        .summary = "score an engine with files of test vectors",
        .synopses = conform_synopses,
        .about = "Puts every vector of the files to an engine, prints each answer that differs from what is "
                 "expected, and the totals. Exits 0 when all agree, 1 when some differ, 2 when the scoring "
                 "itself failed.",
        .operands = OPERAND_FILES,
        .options = conform_options,
        .n_options = COUNT(conform_options),
        .run = run_conform,
    },
};

const size_t command_count = COUNT(command_table);

const cli_command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(command_table[i].name, name) == 0)
            return &command_table[i];
    return NULL;
}
