/* The one table of the command line: commands, their options and operands. Parsing, --help, the manual
 * page and the shells' completions all derive from it. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include <stddef.h>
#include <stdint.h>

struct cli_options;

/* Every option of any command; one name means one thing everywhere. */
typedef enum option_id {
    OPT_HELP,
    OPT_VERSION,
    OPT_GENERATE,
    OPT_FILE,
    OPT_COUNT,
    OPT_INVERT,
    OPT_LIST,
    OPT_MAX_COUNT,
    OPT_QUIET,
    OPT_WITH_NAME,
    OPT_NO_NAME,
    OPT_JSON,
    OPT_FORMAT,
    OPT_EXTRACT,
    OPT_STATS,
    OPT_THREADS,
    OPT_INPUT,
    OPT_MAX_INFLATED,
    OPT_PROGRAM,
    OPT_NO_PROGRESS,
    OPT_OUTPUT,
    OPT_READER,
    OPT_CHUNK,
    OPT_ENGINE,
    OPT_TIMEOUT,
    OPT_EVENTS,
    OPT_FROM,
    OPT_TO,
    OPT_DELAY,
    OPT_WHY,
    OPT_ACCOUNT,
    OPT_REGION,
    OPT_PARAMETER,
    OPT_LENIENT,
    OPT_KERNEL,
    OPT_TRUSTED_JSON,
    OPT_NO_PROBE,
    OPT_HOLD,
    OPT_EACH,
    OPT_NUMBER,
    OPT_FOR,
    OPT_CHECK,
    OPT_FIX,
    OPT_CORPUS,
    OPT_CLOUDTRAIL,
    OPT_MESSAGE,
    OPT_RUN,
    OPT_JUNIT,
    OPT_COVERAGE,
    OPT_THRESHOLD,
    OPT_AGAINST,
    OPT_DIFFERENCES
} option_id;

typedef enum option_kind {
    OPTION_FLAG,
    OPTION_NUMBER, /* decimal, at least `least` */
    OPTION_SIZE,   /* bytes: decimal with an optional K, M, G or T (powers of 1024), at least `least` */
    OPTION_TEXT,
    OPTION_CHOICE, /* one of `choices` */
    OPTION_FILE    /* the name of a file; shells complete it */
} option_kind;

typedef struct cli_option {
    option_id id;
    char letter; /* '\0': no short form */
    const char *name;
    option_kind kind;
    const char *argument;       /* what help calls the argument; NULL for flags */
    const char *const *choices; /* OPTION_CHOICE: NULL-terminated */
    uint64_t least;
    const char *help; /* a sentence without its full stop; NULL: hidden from all but the parser */
} cli_option;

/* What shells complete as an operand. */
typedef enum operand_kind {
    OPERAND_NONE,
    OPERAND_TEXT,       /* nothing that a shell could know */
    OPERAND_FILES,      /* files */
    OPERAND_TEXT_FILES, /* one text, then files */
    OPERAND_COMMAND     /* a command of the table and its line */
} operand_kind;

typedef struct cli_command {
    const char *name;            /* "match"; the program itself is "ctfilter" */
    const char *summary;         /* a phrase */
    const char *const *synopses; /* what may follow [OPTION...]; NULL-terminated */
    const char *about;           /* a paragraph */
    operand_kind operands;
    const cli_option *options;
    size_t n_options;
    int (*run)(const struct cli_options *options); /* returns the exit status; does not flush stdout */
} cli_command;

/* The program itself: its options stand before any command. Has no run. */
extern const cli_command command_program;

/* The commands in the order of help. */
extern const cli_command command_table[];
extern const size_t command_count;

/* The command of that name, NULL when there is none. */
const cli_command *command_find(const char *name);

/* The numbers that OPT_GENERATE, OPT_READER, OPT_FORMAT and OPT_INPUT give, in the order of their choices. */
enum { GENERATE_MAN, GENERATE_MARKDOWN, GENERATE_BASH, GENERATE_ZSH, GENERATE_FISH };
enum { READER_SCAN, READER_STREAM, READER_LOADED, READER_ALL };
enum { QUOTE_SH, QUOTE_YAML, QUOTE_JSON, QUOTE_HCL, QUOTE_CDK }; /* OPT_FOR */
enum { FORMAT_TEST_METRIC_FILTER };
enum { CHECK_TEXT, CHECK_JSON, CHECK_SARIF, CHECK_GITHUB, CHECK_JUNIT }; /* OPT_FORMAT of check */
enum { REPORT_TEXT, REPORT_JSON, REPORT_CSV, REPORT_HTML }; /* OPT_FORMAT of replay */
enum {
    INPUT_AUTO,
    INPUT_CLOUDTRAIL,
    INPUT_NDJSON,
    INPUT_ARRAY,
    INPUT_EVENT,
    INPUT_LOG_EVENTS,
    INPUT_SUBSCRIPTION,
    INPUT_EVENTBRIDGE,
    INPUT_LINES
};

int run_match(const struct cli_options *options);
int run_explain(const struct cli_options *options);
int run_check(const struct cli_options *options);
int run_equiv(const struct cli_options *options);
int run_implies(const struct cli_options *options);
int run_sample(const struct cli_options *options);
int run_cis(const struct cli_options *options);
int run_suites(const struct cli_options *options);
int run_quote(const struct cli_options *options);
int run_fmt(const struct cli_options *options);
int run_replay(const struct cli_options *options);
int run_dump(const struct cli_options *options);
int run_compile(const struct cli_options *options);
int run_engine(const struct cli_options *options);
int run_conform(const struct cli_options *options);

#endif
