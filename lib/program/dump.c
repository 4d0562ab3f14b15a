/* The program as text, for people and golden tests: a function of the image alone.
 *
 * Leaves are shown where their owner is: the message, a node, an accessor. Since owners and owned lie in
 * the same order (program/image.h), one pass with two cursors shows every key and text in its place.
 * The slots of the hash tables are not shown; they follow from the seed and the entries. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "program/image.h"

typedef struct dump {
    const ctfi_image *image;
    ctf_write_fn write;
    void *context;
    bool stopped;
    uint32_t key;  /* the next of KEYS */
    uint32_t text; /* the next of TEXTS */
    size_t used;
    char buffer[1024];
} dump;

static void flush(dump *d)
{
    if (!d->stopped && d->used > 0)
        d->stopped = d->write(d->context, d->buffer, d->used) != 0;
    d->used = 0;
}

static void put(dump *d, const char *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (d->used == sizeof d->buffer)
            flush(d);
        d->buffer[d->used++] = data[i];
    }
}

/* Numbers and constant words: short. */
__attribute__((format(printf, 2, 3))) static void print(dump *d, const char *format, ...)
{
    char text[160];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put(d, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

/* In quotes; what is no printable ASCII as \xHH. */
static void quote_bytes(dump *d, ctfi_bytes bytes)
{
    put(d, "\"", 1);
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char c = bytes.data[i];
        if (c < 0x20 || c > 0x7E)
            print(d, "\\x%02X", c);
        else
            print(d, c == '"' || c == '\\' ? "\\%c" : "%c", c);
    }
    put(d, "\"", 1);
}

static void quote(dump *d, ctfi_string string)
{
    quote_bytes(d, ctfi_image_bytes(d->image, string));
}

/* " name f3", or nothing. */
static void fact(dump *d, const char *name, uint32_t fact)
{
    if (fact != CTFI_NONE)
        print(d, " %s f%" PRIu32, name, fact);
}

static const char *const kinds[] = {
    [CTF_KIND_ALL] = "all",       [CTF_KIND_TEXT] = "text", [CTF_KIND_REGEX] = "regex",
    [CTF_KIND_FIELDS] = "fields", [CTF_KIND_JSON] = "json",
};

static const char *const operations[] = {
#define CTFI_OP(name, shape, text) [CTFI_OP_##name] = text,
#include "program/opcodes.def"
#undef CTFI_OP
};

static const ctfi_shape shapes[] = {
#define CTFI_OP(name, shape, text) [CTFI_OP_##name] = CTFI_SHAPE_##shape,
#include "program/opcodes.def"
#undef CTFI_OP
};

static void code(dump *d, ctfi_range range)
{
    const uint32_t *words = ctfi_image_CODE(d->image) + range.first;
    for (uint32_t at = 0; at < range.count;) {
        print(d, "  %4" PRIu32 "  %s", at, operations[words[at]]);
        if (shapes[words[at]] == CTFI_SHAPE_BRANCH) {
            print(d, " f%" PRIu32 " -> %" PRIu32, words[at + 1], words[at + 2]);
            at += 2;
        }
        print(d, "\n");
        at++;
    }
}

static void values(dump *d, const ctfi_image_pattern *pattern)
{
    static const char *const sources[] = {
        [CTFI_VALUE_SLOT] = "slot",
        [CTFI_VALUE_FROM_START] = "from-start",
        [CTFI_VALUE_FROM_END] = "from-end",
        [CTFI_VALUE_REST] = "rest",
    };
    for (uint32_t i = 0; i < pattern->values.count; i++) {
        const ctfi_image_value *value = ctfi_image_VALUES(d->image) + pattern->values.first + i;
        if (value->index == CTFI_NONE)
            print(d, "  value missing\n");
        else
            print(d, "  value %s %" PRIu32 "\n", sources[value->source], value->index);
    }
}

static void fields(dump *d, const ctfi_image_pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->fields.count; i++) {
        print(d, "  field ");
        if (i == pattern->ellipsis)
            print(d, "...");
        else
            quote(d, ctfi_image_FIELDS(d->image)[pattern->fields.first + i]);
        print(d, "\n");
    }
}

static void patterns(dump *d)
{
    for (uint32_t i = 0; i < ctfi_image_count_of(d->image, CTFI_SECTION_PATTERNS); i++) {
        const ctfi_image_pattern *pattern = ctfi_image_PATTERNS(d->image) + i;
        print(d, "pattern %" PRIu32 " %s ", i, kinds[pattern->kind]);
        quote(d, pattern->text);
        if (pattern->name.length > 0) {
            print(d, " name ");
            quote(d, pattern->name);
        }
        print(d, "\n");
        values(d, pattern);
        fields(d, pattern);
        code(d, pattern->code);
    }
}

static void list(dump *d, const uint32_t *numbers, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        print(d, " %" PRIu32, numbers[i]);
    print(d, "\n");
}

static void triggers(dump *d)
{
    const uint32_t *starts = ctfi_image_TRIGGER_STARTS(d->image);
    for (uint32_t i = 0; i < d->image->n_facts; i++) {
        if (starts[i] == starts[i + 1])
            continue;
        print(d, "trigger f%" PRIu32, i);
        list(d, ctfi_image_TRIGGERS(d->image) + starts[i], starts[i + 1] - starts[i]);
    }
    if (ctfi_image_count_of(d->image, CTFI_SECTION_ALWAYS) > 0) {
        print(d, "always");
        list(d, ctfi_image_ALWAYS(d->image), ctfi_image_count_of(d->image, CTFI_SECTION_ALWAYS));
    }
}

static void texts(dump *d, const ctfi_image_leaf *leaf)
{
    for (uint32_t end = d->text + leaf->n_texts; d->text < end; d->text++) {
        print(d, "  text ");
        quote(d, ctfi_image_TEXTS(d->image)[d->text].key);
        fact(d, "always", ctfi_image_TEXT_FACTS(d->image)[d->text].always);
        fact(d, "strings", ctfi_image_TEXT_FACTS(d->image)[d->text].strings);
        print(d, "\n");
    }
}

static void searches(dump *d, const char *name, const ctfi_image_search *search, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        print(d, "  %s ", name);
        quote(d, search[i].text);
        print(d, " f%" PRIu32 "\n", search[i].fact);
    }
}

static void regexes(dump *d, ctfi_range range)
{
    for (uint32_t i = 0; i < range.count; i++) {
        const ctfi_image_regex *regex = ctfi_image_REGEXES(d->image) + range.first + i;
        print(d, "  regex ");
        quote(d, regex->source);
        print(d, " f%" PRIu32 " words %" PRIu32 "+%" PRIu32 "\n", regex->fact, regex->automaton.first,
              regex->automaton.count);
    }
}

static void numbers(dump *d, ctfi_range range)
{
    for (uint32_t i = 0; i < range.count; i++) {
        const ctfi_image_number *number = ctfi_image_NUMBERS(d->image) + range.first + i;
        print(d, "  number %s0.", number->negative ? "-" : "");
        ctfi_bytes digits = ctfi_image_bytes(d->image, number->digits);
        put(d, (const char *)digits.data, digits.length);
        print(d, "e%" PRId64, number->exponent);
        fact(d, "=", number->equal);
        fact(d, "<", number->less);
        fact(d, "<=", number->less_equal);
        fact(d, ">", number->greater);
        fact(d, ">=", number->greater_equal);
        print(d, "\n");
    }
}

static void leaf(dump *d, uint32_t index)
{
    if (index == CTFI_NONE)
        return;
    const ctfi_image_leaf *leaf = ctfi_image_LEAVES(d->image) + index;
    texts(d, leaf);
    searches(d, "glob", ctfi_image_GLOBS(d->image) + leaf->globs.first, leaf->globs.count);
    searches(d, "needle", ctfi_image_NEEDLES(d->image) + leaf->needles.first, leaf->needles.count);
    regexes(d, leaf->regexes);
    numbers(d, leaf->numbers);
}

static void edges(dump *d, const ctfi_image_node *node)
{
    if (node->any != CTFI_NONE)
        print(d, "  any -> n%" PRIu32 "\n", node->any);
    for (uint32_t end = d->key + node->n_keys; d->key < end; d->key++) {
        print(d, "  key ");
        quote(d, ctfi_image_KEYS(d->image)[d->key].key);
        print(d, " -> n%" PRIu32 "\n", ctfi_image_KEYS(d->image)[d->key].value);
    }
    for (uint32_t i = 0; i < node->indexes.count; i++) {
        const ctfi_image_index *edge = ctfi_image_INDEXES(d->image) + node->indexes.first + i;
        print(d, "  index %" PRIu32 " -> n%" PRIu32 "\n", edge->index, edge->child);
    }
}

static void node(dump *d, uint32_t index)
{
    const ctfi_image_node *node = ctfi_image_NODES(d->image) + index;
    print(d, "node n%" PRIu32, index);
    if (node->slot != CTFI_NONE)
        print(d, " slot %" PRIu32, node->slot);
    fact(d, "present", node->present);
    fact(d, "textual", node->textual);
    fact(d, "comparable", node->comparable);
    fact(d, "null", node->null);
    fact(d, "null-inside", node->null_inside);
    fact(d, "true", node->is_true);
    fact(d, "false", node->is_false);
    print(d, "\n");
    edges(d, node);
    leaf(d, node->leaf);
}

static void tokens(dump *d)
{
    static const char *const types[] = {
        [CTFI_FROM_START] = "from-start", [CTFI_FROM_END] = "from-end", [CTFI_REST] = "rest"};
    for (uint32_t i = 0; i < ctfi_image_count_of(d->image, CTFI_SECTION_COUNTS); i++) {
        const ctfi_image_count *count = ctfi_image_COUNTS(d->image) + i;
        print(d, "tokens %" PRIu32 " f%" PRIu32 "\n", count->tokens, count->fact);
    }
    for (uint32_t i = 0; i < ctfi_image_count_of(d->image, CTFI_SECTION_ACCESSORS); i++) {
        const ctfi_image_accessor *accessor = ctfi_image_ACCESSORS(d->image) + i;
        print(d, "token %s %" PRIu32 "\n", types[accessor->type], accessor->index);
        leaf(d, accessor->leaf);
    }
}

static void automata(dump *d)
{
    const uint32_t *starts = ctfi_image_AUTOMATON_STARTS(d->image);
    for (uint32_t i = 1; i < ctfi_image_count_of(d->image, CTFI_SECTION_AUTOMATON_STARTS); i++) {
        print(d, "automaton");
        for (uint32_t word = starts[i - 1]; word < starts[i]; word++)
            print(d, " %" PRIx64, ctfi_image_AUTOMATA(d->image)[word]);
        print(d, "\n");
    }
}

/* " string number", or " anything". */
static void value_kinds(dump *d, unsigned seen)
{
    static const char *const names[] = {"string", "number", "true", "false", "null", "object", "array"};
    if (seen == CTFI_SEES_ALL) {
        print(d, " anything");
        return;
    }
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if ((seen >> i & 1) != 0)
            print(d, " %s", names[i]);
}

/* The node that a leaf belongs to. */
static uint32_t owner(const dump *d, uint32_t leaf)
{
    uint32_t i = 0;
    while (ctfi_image_NODES(d->image)[i].leaf != leaf)
        i++;
    return i;
}

static void needle(dump *d, const ctfi_needle *needle)
{
    static const char *const types[] = {
        [CTFI_NEEDLE_LITERAL] = "literal", [CTFI_NEEDLE_KEY] = "key", [CTFI_NEEDLE_ESCAPE] = "escape"};
    print(d, "probe %s ", types[needle->type]);
    quote_bytes(d, (ctfi_bytes){needle->text, needle->length});
    print(d, " by %u %u", needle->first, needle->second);
    if (needle->type == CTFI_NEEDLE_KEY)
        value_kinds(d, needle->kinds);
    for (uint32_t i = 0; i < needle->n_leaves; i++)
        print(d, " text of n%" PRIu32, owner(d, needle->leaves[i]));
    print(d, "\n");
}

/* What messages are searched for before they are read, or why they are not. */
static void probe(dump *d, const ctfi_probe *probe)
{
    if (probe->n == 0)
        print(d, "probe none: %s\n", probe->absent);
    for (uint32_t i = 0; i < probe->n; i++)
        needle(d, &probe->needles[i]);
}

ctf_status ctf_filter_dump(const ctf_filter *filter, ctf_write_fn write, void *context)
{
    if (filter == NULL || write == NULL)
        return CTF_E_ARGUMENT;
    dump d = {.image = filter->image, .write = write, .context = context};
    print(&d, "program format %" PRIu32 " facts %" PRIu32 " slots %" PRIu32 " seed %" PRIu64 "\n",
          d.image->format, d.image->n_facts, d.image->n_slots, d.image->seed);
    patterns(&d);
    triggers(&d);
    if (d.image->message != CTFI_NONE)
        print(&d, "message\n");
    leaf(&d, d.image->message);
    for (uint32_t i = 0; i < ctfi_image_count_of(d.image, CTFI_SECTION_NODES); i++)
        node(&d, i);
    tokens(&d);
    automata(&d);
    probe(&d, &filter->probe);
    flush(&d);
    return d.stopped ? CTF_E_STOPPED : CTF_OK;
}
