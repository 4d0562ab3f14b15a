/* The reader of case files: line by line, the first word says what a line is. */
#include "support/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cases_block {
    struct cases_block *next;
    max_align_t data[];
};

typedef struct definition {
    struct definition *next;
    const char *name;
    ctf_text text;
} definition;

typedef struct reader {
    cases_file *file;
    definition *definitions; /* newest first */
    char *line;
    size_t number;
} reader;

static _Noreturn void refuse(const reader *r, const char *why)
{
    fprintf(stderr, "%s:%zu: %s\n", r->file->path, r->number, why);
    exit(2);
}

static void *allocate(reader *r, size_t n, size_t size)
{
    struct cases_block *block = calloc(1, sizeof *block + n * size);
    if (block == NULL)
        refuse(r, "out of memory");
    block->next = r->file->blocks;
    r->file->blocks = block;
    return block->data;
}

/* Room for one more element behind n, by doubling at powers of two; the new one is zero. */
static void *grow(reader *r, void *array, size_t n, size_t size)
{
    if ((n & (n - 1)) != 0)
        return array;
    void *bigger = allocate(r, n == 0 ? 1 : 2 * n, size);
    if (n > 0)
        memcpy(bigger, array, n * size);
    return bigger;
}

/* The next word of the line, and one blank behind it; "" at the end. */
static char *take_word(reader *r)
{
    while (*r->line == ' ')
        r->line++;
    char *word = r->line;
    r->line += strcspn(r->line, " ");
    if (*r->line != 0)
        *r->line++ = 0;
    return word;
}

static bool take_hex(const char **from, unsigned char *out)
{
    unsigned value;
    int used = 0;
    if (sscanf(*from, "%2x%n", &value, &used) != 1 || used != 2)
        return false;
    *out = (unsigned char)value;
    *from += 2;
    return true;
}

/* The byte of an escape, or a character with all its bytes. Returns how many. */
static size_t take_character(const reader *r, const char **from, unsigned char out[4])
{
    size_t n = 0;
    if (**from == '~') {
        ++*from;
        if (!take_hex(from, out))
            refuse(r, "expected two hexadecimal digits behind ~");
        return 1;
    }
    do
        out[n++] = (unsigned char)*(*from)++;
    while (n < 4 && ((unsigned char)**from & 0xC0) == 0x80);
    return n;
}

/* ~HH is a byte; ~<N> repeats the character or escape behind it. Returns the length; out may be NULL. */
static size_t unescape(const reader *r, const char *from, unsigned char *out)
{
    size_t n = 0;
    while (*from != 0) {
        unsigned long times = 1;
        if (strncmp(from, "~<", 2) == 0) {
            char *end;
            times = strtoul(from + 2, &end, 10);
            if (*end != '>')
                refuse(r, "expected ~<N>");
            from = end + 1;
        }
        unsigned char c[4];
        size_t length = take_character(r, &from, c);
        for (; times > 0; times--, n += length) {
            if (out != NULL)
                memcpy(out + n, c, length);
        }
    }
    return n;
}

/* The rest of the line: verbatim, with escapes when the keyword ended in a tilde. */
static ctf_text take_text(reader *r, bool escaped)
{
    size_t n = escaped ? unescape(r, r->line, NULL) : strlen(r->line);
    char *text = allocate(r, n + 1, 1);
    if (escaped)
        unescape(r, r->line, (unsigned char *)text);
    else
        memcpy(text, r->line, n);
    return (ctf_text){text, n};
}

static const char *keep(reader *r, const char *word)
{
    char *copy = allocate(r, strlen(word) + 1, 1);
    return strcpy(copy, strcmp(word, ".") == 0 ? "" : word);
}

static cases_pattern *last_pattern(const reader *r)
{
    if (r->file->n == 0)
        refuse(r, "expected a pattern first");
    return &r->file->patterns[r->file->n - 1];
}

static void take_pattern(reader *r, bool escaped)
{
    cases_file *file = r->file;
    file->patterns = grow(r, file->patterns, file->n, sizeof *file->patterns);
    cases_pattern *pattern = &file->patterns[file->n++];
    pattern->line = r->number;
    pattern->text = take_text(r, escaped);
}

static void take_definition(reader *r, bool escaped)
{
    definition *defined = allocate(r, 1, sizeof *defined);
    defined->name = keep(r, take_word(r));
    defined->text = take_text(r, escaped);
    defined->next = r->definitions;
    r->definitions = defined;
}

static ctf_text take_defined(reader *r)
{
    const char *name = take_word(r);
    for (const definition *d = r->definitions; d != NULL; d = d->next)
        if (strcmp(d->name, name) == 0)
            return d->text;
    refuse(r, "no message of that name stands above");
}

static void take_message(reader *r, bool match, char mode)
{
    cases_pattern *pattern = last_pattern(r);
    pattern->messages = grow(r, pattern->messages, pattern->n_messages, sizeof *pattern->messages);
    cases_message *message = &pattern->messages[pattern->n_messages++];
    message->line = r->number;
    message->match = match;
    message->name = keep(r, take_word(r));
    message->text = mode == '@' ? take_defined(r) : take_text(r, mode == '~');
}

static void take_refusal(reader *r)
{
    cases_pattern *pattern = last_pattern(r);
    pattern->refused = true;
    pattern->name = keep(r, take_word(r));
    pattern->kind = keep(r, take_word(r));
    const char *offset = take_word(r);
    pattern->has_offset = *offset != 0;
    pattern->offset = strtoul(offset, NULL, 10);
}

static void take_want(reader *r, bool field, bool escaped)
{
    cases_pattern *pattern = last_pattern(r);
    if (pattern->n_messages == 0)
        refuse(r, "expected a message first");
    cases_message *message = &pattern->messages[pattern->n_messages - 1];
    message->wants = grow(r, message->wants, message->n_wants, sizeof *message->wants);
    cases_want *want = &message->wants[message->n_wants++];
    want->field = field;
    if (field)
        want->position = strtoul(take_word(r), NULL, 10);
    want->name = keep(r, take_word(r));
    if (!field)
        want->type = keep(r, take_word(r));
    want->text = take_text(r, escaped);
}

static void take_line(reader *r)
{
    if (*r->line == 0 || *r->line == '#')
        return;
    char *word = take_word(r);
    size_t n = strlen(word);
    char mode = n == 0 ? 0 : word[n - 1];
    bool escaped = mode == '~';
    if (escaped || mode == '@')
        word[n - 1] = 0;
    if (strcmp(word, "pattern") == 0)
        take_pattern(r, escaped);
    else if (strcmp(word, "yes") == 0 || strcmp(word, "no") == 0)
        take_message(r, *word == 'y', mode);
    else if (strcmp(word, "message") == 0)
        take_definition(r, escaped);
    else if (strcmp(word, "refused") == 0)
        take_refusal(r);
    else if (strcmp(word, "service") == 0)
        last_pattern(r)->service = take_text(r, escaped);
    else if (strcmp(word, "field") == 0 || strcmp(word, "value") == 0)
        take_want(r, *word == 'f', escaped);
    else
        refuse(r, "expected pattern, message, yes, no, refused, service, field or value");
}

static char *read_whole(reader *r, size_t *length)
{
    FILE *in = fopen(r->file->path, "rb");
    if (in == NULL)
        refuse(r, "cannot open the file");
    size_t room = 1 << 20;
    char *text = allocate(r, room + 1, 1);
    *length = fread(text, 1, room, in);
    if (*length == room)
        refuse(r, "the file is longer than 1 MiB");
    fclose(in);
    return text;
}

void cases_read(const char *path, cases_file *out)
{
    *out = (cases_file){.path = path};
    reader r = {.file = out};
    size_t length;
    char *text = read_whole(&r, &length);
    for (size_t at = 0; at < length;) {
        size_t n = strcspn(text + at, "\n");
        text[at + n] = 0;
        r.line = text + at;
        r.number++;
        take_line(&r);
        at += n + 1;
    }
}

void cases_free(cases_file *file)
{
    while (file->blocks != NULL) {
        struct cases_block *next = file->blocks->next;
        free(file->blocks);
        file->blocks = next;
    }
}
