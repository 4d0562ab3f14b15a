/* The verifier's bounds on triggers, the tree of selectors, its leaves, tables, numbers and automata, each broken by hand. */
#include "verify_kit.h"

static void verify_rejects_bad_triggers(void **state)
{
    (void)state;
    uint32_t *starts = SECTION(uint32_t, TRIGGER_STARTS);
    uint32_t *triggers = SECTION(uint32_t, TRIGGERS);
    uint32_t *always = SECTION(uint32_t, ALWAYS);
    refuse_word(subject, &head_of(subject)->n_facts, N_FACTS + 1,
                "facts and the starts of their triggers differ in number");
    refuse_word(subject, &starts[0], 1, "triggers do not start at 0");
    refuse_word(subject, &starts[1], UINT32_MAX, "starts of triggers do not ascend");
    refuse_word(subject, &starts[N_FACTS], COUNT(TRIGGERS) + 1, "elements of a section belong to nobody");
    refuse_word(subject, &triggers[0], COUNT(PATTERNS), "no such pattern");
    refuse_word(subject, &always[0], COUNT(PATTERNS), "no such pattern");
    refuse_word(subject, &always[1], always[0], "patterns do not ascend");
}

static void verify_rejects_triggers_that_repeat_a_pattern(void **state)
{
    (void)state;
    uint32_t *starts = SECTION(uint32_t, TRIGGER_STARTS);
    uint32_t *triggers = SECTION(uint32_t, TRIGGERS);
    for (uint32_t i = 0; i < N_FACTS; i++)
        if (starts[i + 1] - starts[i] > 1) {
            refuse_word(subject, &triggers[starts[i] + 1], triggers[starts[i]], "patterns do not ascend");
            return;
        }
    fail_msg("no fact triggers two patterns");
}

static void verify_rejects_nodes_that_form_no_tree(void **state)
{
    (void)state;
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    ctfi_image_entry *keys = SECTION(ctfi_image_entry, KEYS);
    ctfi_image_index *indexes = SECTION(ctfi_image_index, INDEXES);
    static const char not_next[] = "an edge does not lead to the next node";
    refuse_word(subject, &nodes[0].parent, 0, "no root");
    refuse_word(subject, &nodes[1].parent, 1, "a node names a wrong parent");
    refuse_word(subject, &keys[0].value, 0, not_next);
    refuse_word(subject, &keys[1].value, keys[0].value, not_next);
    refuse_word(subject, &keys[COUNT(KEYS) - 1].value, COUNT(NODES), not_next);
    refuse_word(subject, &indexes[1].child, indexes[0].child, not_next);
    refuse_word(subject, &nodes[1].any, 1, not_next);
    refuse_word(subject, &nodes[1].any, 0, not_next);
}

static void verify_asks_for_a_root_and_no_more(void **state)
{
    (void)state;
    MAKE_OF("t");
    assert_int_equal(COUNT(NODES), 1);
    assert_accepted(subject);
    copy none = resized(CTFI_SECTION_NODES, 0);
    assert_refused(none, "no root");
    free(none.bytes);
}

static void verify_rejects_an_edge_behind_the_last_node(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = x }");
    uint32_t *any = &SECTION(ctfi_image_node, NODES)[1].any;
    assert_int_equal(*any, CTFI_NONE);
    refuse_word_there(subject, any, COUNT(NODES), "an edge does not lead to the next node");
}

static void verify_rejects_a_leaf_behind_the_last(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = x && $.b NOT EXISTS }");
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    assert_int_equal(nodes[2].leaf, CTFI_NONE);
    refuse_word_there(subject, &nodes[2].leaf, COUNT(LEAVES), "not the next leaf");
}

static void verify_rejects_bad_edges(void **state)
{
    (void)state;
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    ctfi_image_entry *keys = SECTION(ctfi_image_entry, KEYS);
    ctfi_image_index *indexes = SECTION(ctfi_image_index, INDEXES);
    refuse_word(subject, &keys[0].owner, 1, "a key has another owner");
    refuse_word(subject, &nodes[0].n_keys, COUNT(KEYS) + 1, "a node has more keys than there are");
    refuse_word(subject, &indexes[1].index, indexes[0].index, "array indexes do not ascend");
    nodes[0].key_classes ^= 1;
    assert_refused(subject, "classes of keys are wrong");
    nodes[0].key_classes ^= 1;
}

static void verify_rejects_bad_edges_of_later_nodes(void **state)
{
    (void)state;
    MAKE_OF("{ $.a[1] = x && $.a[2] = x && $.b[3] = x && $.b[4] = x && $.c.d = x && $.c.e = x }");
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    ctfi_image_index *indexes = SECTION(ctfi_image_index, INDEXES);
    assert_int_equal(COUNT(INDEXES), 4);
    assert_accepted(subject);
    for (uint32_t i = 0; i < 4; i += 2) {
        refuse_word_there(subject, &indexes[i + 1].index, indexes[i].index, "array indexes do not ascend");
        refuse_word(subject, &indexes[i].index, indexes[i + 1].index, "array indexes do not ascend");
    }
    assert_int_equal(nodes[3].n_keys, 2);
    refuse_word_there(subject, &nodes[3].n_keys, 3, "a node has more keys than there are");
}

static void verify_rejects_a_node_that_no_edge_leads_to(void **state)
{
    (void)state;
    /* Node 0 loses its keys, so node 1 hangs in the air. */
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    uint64_t classes = nodes[0].key_classes;
    uint32_t n = nodes[0].n_keys;
    nodes[0].key_classes = 0;
    nodes[0].n_keys = 0;
    assert_refused(subject, "a node that no edge leads to");
    nodes[0].key_classes = classes;
    nodes[0].n_keys = n;
}

static void verify_rejects_leaves_and_slots_of_two_owners(void **state)
{
    (void)state;
    ctfi_image *head = head_of(subject);
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    ctfi_image_accessor *accessors = SECTION(ctfi_image_accessor, ACCESSORS);
    refuse_word(subject, &head->message, 1, "not the next leaf");
    refuse_word(subject, &nodes[1].leaf, 0, "not the next leaf");
    refuse_word(subject, &nodes[1].leaf, COUNT(LEAVES), "not the next leaf");
    refuse_word(subject, &accessors[1].leaf, accessors[0].leaf, "not the next leaf");
    refuse_word(subject, &accessors[0].leaf, CTFI_NONE, "not the next leaf");
    refuse_word(subject, &nodes[1].slot, 1, "not the next slot");
    refuse_word(subject, &head->n_slots, head->n_slots + 1, "slots that belong to nobody");
    refuse_word(subject, &SECTION(ctfi_image_leaf, LEAVES)[1].numeric, 1, "a leaf reads numbers as others do");
    refuse_word(subject, &SECTION(ctfi_image_leaf, LEAVES)[accessors[0].leaf].numeric, 2,
                "a leaf reads numbers as others do");
}

static void verify_rejects_bad_accessors_and_counts(void **state)
{
    (void)state;
    ctfi_image_count *counts = SECTION(ctfi_image_count, COUNTS);
    refuse_word(subject, &SECTION(ctfi_image_accessor, ACCESSORS)->type, CTFI_ACCESSOR_TYPES,
                "no such type of accessor");
    refuse_word(subject, &counts[1].tokens, counts[0].tokens, "numbers of tokens do not ascend");
}

static void verify_rejects_bad_texts(void **state)
{
    (void)state;
    ctfi_image_entry *texts = SECTION(ctfi_image_entry, TEXTS);
    ctfi_image_leaf *leaf = SECTION(ctfi_image_leaf, LEAVES) + texts[0].owner;
    refuse_word(subject, &texts[0].owner, COUNT(LEAVES), "a text has another owner");
    refuse_word(subject, &texts[0].value, 1, "a text has another one's facts");
    refuse_word(subject, &leaf->n_texts, COUNT(TEXTS) + 1, "a leaf has more texts than there are");
    leaf = SECTION(ctfi_image_leaf, LEAVES) + texts[COUNT(TEXTS) - 1].owner;
    refuse_word(subject, &leaf->n_texts, leaf->n_texts + 1, "a leaf has more texts than there are");
    leaf = SECTION(ctfi_image_leaf, LEAVES) + texts[0].owner;
    leaf->text_classes ^= 1;
    assert_refused(subject, "classes of texts are wrong");
    leaf->text_classes ^= 1;
}

static void verify_rejects_a_glob_that_needs_what_it_does_not_say(void **state)
{
    (void)state;
    uint64_t *needs = SECTION(uint64_t, GLOB_NEEDS);
    needs[0] ^= 1;
    assert_refused(subject, "a glob needs something else");
    needs[0] ^= 1;
}

static void verify_rejects_needles_away_from_the_message(void **state)
{
    (void)state;
    ctfi_image_leaf *leaves = SECTION(ctfi_image_leaf, LEAVES);
    uint32_t n = leaves[0].needles.count;
    leaves[0].needles.count = n - 1;
    leaves[1].needles.first = n - 1;
    leaves[1].needles.count = 1;
    assert_refused(subject, "needles away from the message");
    leaves[0].needles.count = n;
    leaves[1].needles.first = n;
    leaves[1].needles.count = 0;
}

static void verify_rejects_an_empty_needle(void **state)
{
    (void)state;
    refuse_word(subject, &SECTION(ctfi_image_search, NEEDLES)->text.length, 0, "an empty needle");
}

static void verify_rejects_tables_of_wrong_sizes(void **state)
{
    (void)state;
    ctfi_section *keys = &head_of(subject)->sections[CTFI_SECTION_KEY_SLOTS];
    assert_true(keys->count % 2 == 0);
    /* One slot less leaves the layout as it is: it becomes part of the gap, which is zero then. */
    uint32_t *slots = SECTION(uint32_t, KEY_SLOTS);
    uint32_t last = slots[keys->count - 1];
    slots[keys->count - 1] = 0;
    refuse_word(subject, &keys->count, keys->count - 1, "a hash table has a wrong number of slots");
    slots[keys->count - 1] = last;
}

static void verify_asks_for_a_free_slot(void **state)
{
    (void)state;
    MAKE_OF("{ $.a IS TRUE }");
    assert_int_equal(COUNT(KEYS), 1);
    copy full = counted(CTFI_SECTION_KEY_SLOTS, 1);
    *(uint32_t *)section(full, CTFI_SECTION_KEY_SLOTS) = 0;
    assert_refused(full, "a hash table has a wrong number of slots");
    free(full.bytes);
}

static void verify_rejects_an_entry_behind_a_free_slot(void **state)
{
    (void)state;
    MAKE_OF("{ $.a IS TRUE }");
    uint32_t *slots = SECTION(uint32_t, KEY_SLOTS), home = slots[0] == CTFI_NONE;
    assert_int_equal(slots[home], 0);
    slots[home] = CTFI_NONE;
    slots[(home + 1) % COUNT(KEY_SLOTS)] = 0;
    assert_refused(subject, "an entry is not where its hash leads");
    slots[(home + 1) % COUNT(KEY_SLOTS)] = CTFI_NONE;
    slots[home] = 0;
}

/* The keys of the subject under another seed, each where linear probing leads. */
static void lay_out_keys(uint64_t seed)
{
    const ctfi_image_entry *keys = SECTION(ctfi_image_entry, KEYS);
    uint32_t *slots = SECTION(uint32_t, KEY_SLOTS), mask = COUNT(KEY_SLOTS) - 1;
    head_of(subject)->seed = seed;
    memset(slots, 0xFF, COUNT(KEY_SLOTS) * sizeof *slots);
    for (uint32_t i = 0; i < COUNT(KEYS); i++) {
        uint32_t at = (uint32_t)ctfi_key_hash(seed, keys[i].owner, ctfi_image_bytes(head_of(subject), keys[i].key)) & mask;
        while (slots[at] != CTFI_NONE)
            at = (at + 1) & mask;
        slots[at] = i;
    }
}

/* A subject of `n` keys that the seed 0 sends to one slot of 128 or less. */
static void make_colliding(uint32_t n)
{
    char text[CTFI_PROBE_MAX + 1][32];
    const char *patterns[CTFI_PROBE_MAX + 1];
    uint32_t found = 0;
    for (uint32_t i = 0; found < n; i++) {
        snprintf(text[found], sizeof text[found], "{ $.k%u IS TRUE }", i);
        ctfi_bytes key = {(const unsigned char *)text[found] + 4, strcspn(text[found] + 4, " ")};
        patterns[found] = text[found];
        found += (ctfi_key_hash(0, 0, key) & 127) == 100;
    }
    make_of(patterns, n);
    assert_true(COUNT(KEYS) == n && COUNT(KEY_SLOTS) <= 128);
    lay_out_keys(0);
}

static void verify_bounds_the_steps_of_a_search(void **state)
{
    (void)state;
    make_colliding(CTFI_PROBE_MAX);
    assert_accepted(subject);
    make_colliding(CTFI_PROBE_MAX + 1);
    assert_refused(subject, "an entry is not where its hash leads");
    make_colliding(1);
}

/* The first taken slot, and a free one. */
static void find_slots(uint32_t *slots, uint32_t n, uint32_t **taken, uint32_t **free_one)
{
    *taken = *free_one = NULL;
    for (uint32_t i = 0; i < n; i++)
        *(slots[i] == CTFI_NONE ? free_one : taken) = &slots[i];
    assert_non_null(*taken);
    assert_non_null(*free_one);
}

static void check_slots(ctfi_section_id slots, ctfi_section_id entries)
{
    uint32_t *taken;
    uint32_t *free_one;
    find_slots(section(subject, slots), count(subject, slots), &taken, &free_one);
    refuse_word(subject, taken, count(subject, entries), "a slot names no entry");
    refuse_word(subject, taken, CTFI_NONE, "slots and entries differ in number");
    refuse_word(subject, free_one, *taken, "slots and entries differ in number");
    uint32_t entry = *taken;
    *taken = entry == 0 ? 1 : 0; /* twice, and `entry` not at all */
    assert_refused(subject, "an entry is not where its hash leads");
    *taken = entry;
}

static void verify_rejects_entries_that_a_search_would_miss(void **state)
{
    (void)state;
    check_slots(CTFI_SECTION_KEY_SLOTS, CTFI_SECTION_KEYS);
    check_slots(CTFI_SECTION_TEXT_SLOTS, CTFI_SECTION_TEXTS);
}

/* The first number of some digits. */
static ctfi_image_number *a_number(void)
{
    ctfi_image_number *numbers = SECTION(ctfi_image_number, NUMBERS);
    while (numbers->digits.length == 0)
        numbers++;
    return numbers;
}

static void verify_rejects_digits_that_are_none(void **state)
{
    (void)state;
    ctfi_image_number *number = a_number();
    unsigned char *digit = SECTION(unsigned char, BYTES) + number->digits.offset;
    unsigned char before = *digit;
    static const struct {
        unsigned char digit;
        const char *reason;
    } cases[] = {{'a', "no digit"}, {'.', "no digit"}, {0, "no digit"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        /* The byte may serve a key, too: whatever notices it first is right. */
        ctf_error error;
        *digit = cases[i].digit;
        make_good(subject);
        assert_int_equal(ctfi_image_verify(subject.bytes, subject.length, &error), CTF_E_PROGRAM);
    }
    *digit = before;
}

static void verify_rejects_numbers_spelled_otherwise(void **state)
{
    (void)state;
    /* 10, as in the pattern's text "... 12 ... 1e3": digits that begin or end with zero. */
    const unsigned char *bytes = SECTION(unsigned char, BYTES);
    ctfi_image_number *number = a_number();
    ctfi_string before = number->digits;
    uint32_t zero = 0;
    while (memcmp(bytes + zero, "c > 0]", 6) != 0)
        zero++;
    number->digits = (ctfi_string){zero + 4, 1};
    assert_refused(subject, "a number with zeros around its digits");
    number->digits = (ctfi_string){zero, 1};
    assert_refused(subject, "no digit");
    number->digits = before;
    refuse_word(subject, &number->digits.length, 0, "a zero with a sign or exponent");
    unsigned char *text = SECTION(unsigned char, BYTES) + zero; /* of a pattern: any bytes will do there */
    number->digits = (ctfi_string){zero, 2};
    memcpy(text, "10", 2);
    assert_refused(subject, "a number with zeros around its digits");
    memcpy(text, "01", 2);
    assert_refused(subject, "a number with zeros around its digits");
    memcpy(text, "c ", 2);
    number->digits = before;
    refuse_word(subject, &number->negative, 2, "neither positive nor negative");
}

static void verify_rejects_exponents_out_of_range(void **state)
{
    (void)state;
    static const int64_t wrong[] = {INT64_MAX, INT64_MIN, (INT64_C(1) << 62) + 1, -(INT64_C(1) << 62) - 1};
    ctfi_image_number *number = a_number();
    int64_t before = number->exponent;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        number->exponent = wrong[i];
        assert_refused(subject, "an exponent out of range");
    }
    number->exponent = before;
}

static void verify_accepts_exponents_at_their_bounds(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = 7 }");
    int64_t *exponent = &SECTION(ctfi_image_number, NUMBERS)->exponent, before = *exponent;
    *exponent = INT64_C(1) << 62;
    assert_accepted(subject);
    *exponent = -*exponent;
    assert_accepted(subject);
    *exponent = before;
}

static void verify_accepts_numbers_that_ascend_or_are_equal(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = 11 || $.a = 22 || $.a = 33 || $.a = 44 }");
    ctfi_image_number *numbers = SECTION(ctfi_image_number, NUMBERS);
    assert_int_equal(COUNT(NUMBERS), 4);
    assert_accepted(subject);
    ctfi_string second = numbers[1].digits;
    numbers[1].digits = numbers[0].digits;
    assert_accepted(subject);
    numbers[1].digits = numbers[3].digits;
    assert_int_equal(assert_refused(subject, "numbers do not ascend"), (unsigned char *)&numbers[2] - subject.bytes);
    numbers[1].digits = second;
}

static void verify_points_at_the_byte_that_is_no_digit(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = 7 }");
    ctfi_string *digits = &SECTION(ctfi_image_number, NUMBERS)->digits, before = *digits;
    ctfi_string text = SECTION(ctfi_image_pattern, PATTERNS)->text;
    unsigned char *bytes = SECTION(unsigned char, BYTES) + text.offset; /* any will do there */
    memcpy(bytes, "12x4", 4);
    *digits = (ctfi_string){text.offset, 4};
    assert_int_equal(assert_refused(subject, "no digit"), bytes + 2 - subject.bytes);
    *digits = before;
}

static void verify_rejects_numbers_that_do_not_ascend(void **state)
{
    (void)state;
    ctfi_image_leaf *leaves = SECTION(ctfi_image_leaf, LEAVES);
    for (uint32_t i = 0; i < COUNT(LEAVES); i++)
        if (leaves[i].numbers.count >= 2) {
            ctfi_image_number *number = SECTION(ctfi_image_number, NUMBERS) + leaves[i].numbers.first + 1;
            refuse_word(subject, &number->negative, !number->negative, "numbers do not ascend");
            return;
        }
    fail_msg("no leaf with two numbers");
}

static void verify_rejects_bad_automata(void **state)
{
    (void)state;
    uint32_t *starts = SECTION(uint32_t, AUTOMATON_STARTS);
    ctfi_image_regex *regex = SECTION(ctfi_image_regex, REGEXES);
    assert_int_equal(COUNT(AUTOMATON_STARTS), 2);
    refuse_word(subject, &starts[0], 1, "automata do not start at 0");
    refuse_word(subject, &starts[1], 0, "starts of automata do not ascend within the words");
    refuse_word(subject, &starts[1], COUNT(AUTOMATA) + 1, "starts of automata do not ascend within the words");
    refuse_word(subject, &regex->automaton.first, 1, "words that are no automaton");
    refuse_word(subject, &regex->automaton.first, UINT32_MAX, "words that are no automaton");
    refuse_word(subject, &regex->automaton.first, COUNT(AUTOMATA), "words that are no automaton");
    refuse_word(subject, &regex->automaton.count, COUNT(AUTOMATA) - 1, "words that are no automaton");
    ctfi_range before = regex->automaton; /* as if the word behind the starts were one of them */
    regex->automaton = (ctfi_range){starts[1], starts[2] - starts[1]};
    assert_refused(subject, "words that are no automaton");
    regex->automaton = before;
}

static void verify_finds_each_of_many_automata(void **state)
{
    (void)state;
    static const char *const patterns[] = {"{ $.a = %[a-d]% }", "{ $.a = %[b-e]% || $.a = %[c-f]% }", "{ $.b = %[d-g]% }",
                                           "%[e-h]%", "[a = %[f-i]%]", "{ $.b = %[g-j]% || $.c = %[h-k]% }"};
    for (size_t n = 1; n <= COUNT_OF(patterns); n++) {
        make_of(patterns, n);
        assert_accepted(subject);
        ctfi_image_regex *regexes = SECTION(ctfi_image_regex, REGEXES);
        for (uint32_t i = 0; i < COUNT(REGEXES); i++) {
            refuse_word_there(subject, &regexes[i].automaton.first, regexes[i].automaton.first + 1, "words that are no automaton");
            refuse_word(subject, &regexes[i].automaton.count, regexes[i].automaton.count + 1, "words that are no automaton");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(verify_rejects_bad_triggers),
        TEST(verify_rejects_triggers_that_repeat_a_pattern),
        TEST(verify_rejects_nodes_that_form_no_tree),
        TEST(verify_asks_for_a_root_and_no_more),
        TEST(verify_rejects_an_edge_behind_the_last_node),
        TEST(verify_rejects_a_leaf_behind_the_last),
        TEST(verify_rejects_bad_edges),
        TEST(verify_rejects_bad_edges_of_later_nodes),
        TEST(verify_rejects_a_node_that_no_edge_leads_to),
        TEST(verify_rejects_leaves_and_slots_of_two_owners),
        TEST(verify_rejects_bad_accessors_and_counts),
        TEST(verify_rejects_bad_texts),
        TEST(verify_rejects_a_glob_that_needs_what_it_does_not_say),
        TEST(verify_rejects_needles_away_from_the_message),
        TEST(verify_rejects_an_empty_needle),
        TEST(verify_rejects_tables_of_wrong_sizes),
        TEST(verify_asks_for_a_free_slot),
        TEST(verify_rejects_an_entry_behind_a_free_slot),
        TEST(verify_bounds_the_steps_of_a_search),
        TEST(verify_rejects_entries_that_a_search_would_miss),
        TEST(verify_rejects_digits_that_are_none),
        TEST(verify_rejects_numbers_spelled_otherwise),
        TEST(verify_rejects_exponents_out_of_range),
        TEST(verify_accepts_exponents_at_their_bounds),
        TEST(verify_accepts_numbers_that_ascend_or_are_equal),
        TEST(verify_points_at_the_byte_that_is_no_digit),
        TEST(verify_rejects_numbers_that_do_not_ascend),
        TEST(verify_rejects_bad_automata),
        TEST(verify_finds_each_of_many_automata),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
