/* How libFuzzer damages sealed programs: field by field and element by element, with the form kept, so that what
 * is wrong is met by the checks of the parts and not by the first of them.
 *
 * Where an input holds a whole image, a mutation is one to three of: a field gets another value of its kind, an
 * element is taken out, doubled or changes places with its neighbour, a field of the header changes, the message
 * behind the image does, or any bytes do. Then the sections are laid out again, the hash tables are mostly filled
 * again, and size and checksum are set right. Other inputs are mutated as any bytes are. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "image_kit.h"
#include "program/seal.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

/* An input under mutation. */
typedef struct subject {
    unsigned char *data; /* room for `most` bytes */
    size_t size, most;
    size_t image; /* the length of the image at its beginning */
    uint64_t dice;
} subject;

/* Below n. */
static uint32_t roll(subject *s, uint32_t n)
{
    s->dice = s->dice * 6364136223846793005u + 1442695040888963407u;
    return n == 0 ? 0 : (uint32_t)(s->dice >> 33) % n;
}

static ctfi_image head_of(const subject *s)
{
    ctfi_image head;
    memcpy(&head, s->data, sizeof head);
    return head;
}

/* A section that has elements; CTFI_SECTION_COUNT when none has. */
static size_t pick_section(subject *s, const ctfi_image *head)
{
    size_t at = roll(s, CTFI_SECTION_COUNT);
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++, at = (at + 1) % CTFI_SECTION_COUNT)
        if (head->sections[at].count > 0)
            return at;
    return CTFI_SECTION_COUNT;
}

/* ---- fields ----------------------------------------------------------------------------------------- */

/* A value that might be wrong by little: near what is there, no index, an end of some section. */
static uint32_t near_value(subject *s, const ctfi_image *head, uint32_t was)
{
    static const uint32_t constants[] = {0, 1, 2, CTFI_NONE, CTFI_NONE - 1, 0x80000000, CTFI_STRING_MAX + 1};
    uint32_t count = head->sections[roll(s, CTFI_SECTION_COUNT)].count;
    switch (roll(s, 6)) {
    case 0:
        return was + 1;
    case 1:
        return was - 1;
    case 2:
        return constants[roll(s, sizeof constants / sizeof *constants)];
    case 3:
        return count - roll(s, 2);
    case 4:
        return head->n_facts - roll(s, 3) + 1;
    default:
        return roll(s, 1 + count);
    }
}

static void change_field(subject *s)
{
    ctfi_image head = head_of(s);
    size_t section = pick_section(s, &head);
    if (section == CTFI_SECTION_COUNT)
        return;
    size_t size = image_element_sizes[section];
    unsigned char *elements = s->data + head.sections[section].offset;
    unsigned char *element = elements + roll(s, head.sections[section].count) * size;
    if (size < sizeof(uint32_t)) {
        *element = (unsigned char)roll(s, 256);
        return;
    }
    size_t field = roll(s, (uint32_t)(size / sizeof(uint32_t))) * sizeof(uint32_t);
    uint32_t value;
    memcpy(&value, element + field, sizeof value);
    if (roll(s, 3) == 0) /* another element's */
        memcpy(&value, elements + roll(s, head.sections[section].count) * size + field, sizeof value);
    else if (roll(s, 4) == 0)
        value ^= UINT32_C(1) << roll(s, 32);
    else
        value = near_value(s, &head, value);
    memcpy(element + field, &value, sizeof value);
}

static void change_header(subject *s)
{
    ctfi_image head = head_of(s);
    uint32_t *const fields[] = {&head.n_facts, &head.n_slots, &head.message, &head.has_json, &head.has_fields};
    uint32_t *field = fields[roll(s, sizeof fields / sizeof *fields)];
    *field = near_value(s, &head, *field);
    memcpy(s->data, &head, sizeof head);
}

/* ---- elements --------------------------------------------------------------------------------------- */

static void swap_neighbours(unsigned char *a, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = a[i];
        a[i] = a[size + i];
        a[size + i] = byte;
    }
}

/* Moves what lies behind a section so that `count` elements of it have room; false when there is none. */
static bool make_room(subject *s, ctfi_image *head, size_t section, uint32_t count)
{
    size_t before = head->sections[section].offset + image_section_room(head, section);
    uint32_t was = head->sections[section].count;
    head->sections[section].count = count;
    size_t behind = head->sections[section].offset + image_section_room(head, section);
    if (s->size - before > s->most - behind) {
        head->sections[section].count = was;
        return false;
    }
    memmove(s->data + behind, s->data + before, s->size - before);
    s->size = s->size - before + behind;
    return true;
}

static void clear_gap(subject *s, const ctfi_image *head, size_t section)
{
    size_t used = (size_t)head->sections[section].count * image_element_sizes[section];
    memset(s->data + head->sections[section].offset + used, 0, image_section_room(head, section) - used);
}

static void change_elements(subject *s)
{
    ctfi_image head = head_of(s);
    size_t section = pick_section(s, &head);
    if (section == CTFI_SECTION_COUNT)
        return;
    uint32_t n = head.sections[section].count, at = roll(s, n);
    size_t size = image_element_sizes[section];
    unsigned char *element = s->data + head.sections[section].offset + at * size;
    unsigned how = roll(s, 3);
    if (how == 0 && make_room(s, &head, section, n + 1)) {
        memmove(element + size, element, (n - at) * size);
        clear_gap(s, &head, section);
    } else if (how == 1) {
        memmove(element, element + size, (n - at - 1) * size);
        make_room(s, &head, section, n - 1);
        clear_gap(s, &head, section);
    } else if (at + 1 < n) {
        swap_neighbours(element, size);
    }
    memcpy(s->data, &head, sizeof head);
    size_t image = image_repair(s->data, s->size);
    s->image = image;
}

/* ---- tables and the whole --------------------------------------------------------------------------- */

static bool all_keys_inside(const ctfi_image *head, const ctfi_image_entry *entries, uint32_t n)
{
    uint32_t bytes = head->sections[CTFI_SECTION_BYTES].count;
    for (uint32_t i = 0; i < n; i++)
        if (entries[i].key.offset > bytes || entries[i].key.length > bytes - entries[i].key.offset)
            return false;
    return true;
}

/* Fills one hash table from its entries where that can be done. */
static void fill_table(subject *s, ctfi_section_id entries_id, ctfi_section_id slots_id)
{
    ctfi_image head = head_of(s);
    uint32_t n = head.sections[entries_id].count, n_slots = head.sections[slots_id].count;
    if (n_slots <= n || (n_slots & (n_slots - 1)) != 0)
        return;
    ctfi_image_entry *entries = malloc((n + 1) * sizeof *entries);
    uint32_t *slots = malloc(n_slots * sizeof *slots);
    if (entries != NULL && slots != NULL) {
        memcpy(entries, s->data + head.sections[entries_id].offset, n * sizeof *entries);
        if (all_keys_inside(&head, entries, n) &&
            ctfi_table_fill(slots, n_slots, head.seed, entries, n,
                            s->data + head.sections[CTFI_SECTION_BYTES].offset))
            memcpy(s->data + head.sections[slots_id].offset, slots, n_slots * sizeof *slots);
    }
    free(entries);
    free(slots);
}

static void mutate_message(subject *s)
{
    s->size = s->image + LLVMFuzzerMutate(s->data + s->image, s->size - s->image, s->most - s->image);
}

static void mutate(subject *s)
{
    switch (roll(s, 10)) {
    case 0:
        mutate_message(s);
        break;
    case 1:
        change_header(s);
        break;
    case 2:
    case 3:
        change_elements(s);
        break;
    default:
        change_field(s);
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    subject s = {data, size, max_size, 0, seed};
    roll(&s, 1);
    s.image = image_repair(data, size);
    if (s.image == 0 || roll(&s, 16) == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    for (uint32_t n = 1 + roll(&s, 3); n > 0 && s.image > 0; n--)
        mutate(&s);
    if (s.image > 0 && roll(&s, 8) != 0) {
        fill_table(&s, CTFI_SECTION_KEYS, CTFI_SECTION_KEY_SLOTS);
        fill_table(&s, CTFI_SECTION_TEXTS, CTFI_SECTION_TEXT_SLOTS);
    }
    image_repair(s.data, s.size);
    return s.size;
}
