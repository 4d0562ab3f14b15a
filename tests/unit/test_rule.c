/* Composite alarms: rules and action suppression (spec: metrics-alarms 8). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/composite.h>

#include "meter.h"

static const ctf_state I = CTF_STATE_INSUFFICIENT_DATA, O = CTF_STATE_OK, A = CTF_STATE_ALARM;

static ctf_text text_of(const char *text)
{
    ctf_text view = {text, strlen(text)};
    return view;
}

static ctf_rule *compile(const char *text)
{
    ctf_rule *rule;
    ctf_error error;
    if (ctf_rule_compile(text_of(text), text_of("own"), NULL, &rule, &error) != CTF_OK)
        fail_msg("%s: %s", text, error.message);
    return rule;
}

/* Children in the order of their first mention. */
static ctf_state evaluate(const char *text, ctf_state a, ctf_state b, ctf_state c)
{
    const ctf_state states[] = {a, b, c};
    ctf_rule *rule = compile(text);
    assert_in_range(ctf_rule_count(rule), 0, 3);
    ctf_state state = ctf_rule_evaluate(rule, states);
    ctf_rule_free(rule);
    return state;
}

static void a_rule_is_alarm_or_ok(void **state)
{
    (void)state;
    assert_int_equal(evaluate("ALARM(a) AND NOT ALARM(b)", A, I, O), A);
    assert_int_equal(evaluate("ALARM(a) AND NOT ALARM(b)", A, A, O), O);
    assert_int_equal(evaluate("INSUFFICIENT_DATA(a) OR OK(b)", I, A, O), A);
    assert_int_equal(evaluate("OK(a)", I, O, O), O);
    assert_int_equal(evaluate("FALSE", O, O, O), O);
    assert_int_equal(evaluate("NOT NOT TRUE", O, O, O), A);
}

static void not_binds_tighter_than_and_and_tighter_than_or(void **state)
{
    (void)state;
    assert_int_equal(evaluate("ALARM(a) OR ALARM(b) AND ALARM(c)", A, O, O), A);
    assert_int_equal(evaluate("(ALARM(a) OR ALARM(b)) AND ALARM(c)", A, O, O), O);
    assert_int_equal(evaluate("NOT ALARM(a) OR ALARM(b)", A, A, O), A);
    assert_int_equal(evaluate("NOT (ALARM(a) OR ALARM(b))", O, A, O), O);
}

static void at_least_counts_and_takes_percentages_of_the_list(void **state)
{
    (void)state;
    assert_int_equal(evaluate("AT_LEAST(2, ALARM, (a, b, c))", A, O, A), A);
    assert_int_equal(evaluate("AT_LEAST(3, ALARM, (a, b, c))", A, O, A), O);
    assert_int_equal(evaluate("AT_LEAST(67%, ALARM, (a, b, c))", A, O, A), O);
    assert_int_equal(evaluate("AT_LEAST(66%, ALARM, (a, b, c))", A, O, A), A);
    assert_int_equal(evaluate("AT_LEAST(1, NOT OK, (a, b, c))", O, I, O), A);
    assert_int_equal(evaluate("AT_LEAST(100%, OK, (a)) AND ALARM(b)", O, A, O), A);
}

static void names_lose_their_quotes(void **state)
{
    (void)state;
    ctf_rule *rule = compile("ALARM(\"a b, (c)\") OR\n\tOK( \"say \\\"hi\\\" \\now\" ) OR ALARM (ALARM) OR OK(\"a b, (c)\")");
    assert_int_equal(ctf_rule_count(rule), 3);
    static const char *const wanted[] = {"a b, (c)", "say \"hi\" \\now", "ALARM"};
    for (size_t i = 0; i < 3; i++) {
        ctf_text child = ctf_rule_child(rule, i);
        assert_int_equal(child.length, strlen(wanted[i]));
        assert_memory_equal(child.data, wanted[i], child.length);
    }
    assert_int_equal(ctf_rule_child(rule, 3).length, 0);
    ctf_rule_free(rule);
}

static void an_arn_means_the_name_behind_alarm(void **state)
{
    (void)state;
    const char *arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu high";
    assert_true(ctf_alarm_name_equal(text_of(arn), text_of("cpu high")));
    assert_true(ctf_alarm_name_equal(text_of(arn), text_of(arn)));
    assert_false(ctf_alarm_name_equal(text_of(arn), text_of("high")));
    assert_false(ctf_alarm_name_equal(text_of("x:alarm:cpu"), text_of("cpu")));
    assert_true(ctf_alarm_name_equal(text_of("arn:none"), text_of("arn:none")));
}

static void assert_refused(const char *text, size_t offset, size_t length, const char *service)
{
    ctf_rule *rule = (ctf_rule *)&rule;
    ctf_error error;
    ctf_status status = ctf_rule_compile(text_of(text), text_of("own"), NULL, &rule, &error);
    assert_int_equal(status, CTF_E_PATTERN);
    assert_null(rule);
    assert_int_equal(error.kind, CTF_ERROR_RULE);
    assert_int_equal(error.offset, offset);
    assert_int_equal(error.length, length);
    assert_string_equal(error.service, service);
    assert_true(error.message[0] != '\0');
}

static void errors_point_and_carry_the_text_of_the_service(void **state)
{
    (void)state;
    assert_refused("()", 1, 1, "Error in AlarmRule [Unsupported token ')' at char 1]");
    assert_refused("(ALARM(a) Oldest", 10, 6, "Error in AlarmRule [Unsupported token 'Oldest' at char 10, must be: ')']");
    assert_refused("AND ALARM(a)", 0, 3,
                   "Error in AlarmRule [Unsupported token 'AND' at char 0, must be: '(', 'NOT', AT_LEAST, TRUE or "
                   "FALSE, ALARM, OK, or INSUFFICIENT_DATA]");
    assert_refused("ALARM(\"\xC3\xA9\") x", 12, 1, "Error in AlarmRule [Unsupported token 'x' at char 11]");
    assert_refused("ALARM(own)", 6, 3, "A composite alarm cannot have a child relation with itself via its AlarmRule");
    assert_refused("OK(\"arn:aws:cloudwatch:eu-west-1:123456789012:alarm:own\")", 3, 53,
                   "A composite alarm cannot have a child relation with itself via its AlarmRule");
    assert_refused(" TRUE", 0, 1, "AlarmRule must not contain leading or trailing whitespace or be null");
    assert_refused("TRUE\n", 4, 1, "AlarmRule must not contain leading or trailing whitespace or be null");
    assert_refused("", 0, 0, "AlarmRule must not contain leading or trailing whitespace or be null");
    assert_refused("NOT", 3, 0, "");
    assert_refused("ALARM(\"\")", 6, 2, "Error in AlarmRule [Unsupported token '\"\"' at char 6]");
    assert_refused("AT_LEAST(1, ALERT, (a))", 12, 5, "Error in AlarmRule [Unsupported token 'ALERT' at char 12]");
    assert_refused("AT_LEAST(\"1\", ALARM, (a))", 9, 3, "Error in AlarmRule [Unsupported token '\"1\"' at char 9]");
    assert_refused("AT_LEAST(101%, ALARM, (a))", 9, 4, "Error in AlarmRule [Unsupported token '101%' at char 9]");
    assert_refused("AT_LEAST(1, ALARM, (a)", 22, 0, "");
    assert_refused("ALARM(\"a\\\")", 6, 5, "Error in AlarmRule [Unsupported token '\"a\\\")' at char 6]");
    assert_refused("AT_LEAST(1x, ALARM, (a))", 9, 2, "Error in AlarmRule [Unsupported token '1x' at char 9]");
    assert_refused("AT_LEAST(0, ALARM, (a))", 9, 1, "Error in AlarmRule [Unsupported token '0' at char 9]");
    assert_refused("AT_LEAST(0%, ALARM, (a))", 9, 2, "Error in AlarmRule [Unsupported token '0%' at char 9]");
    assert_refused("AT_LEAST(99999999999999999999, ALARM, (a))", 9, 20,
                   "Error in AlarmRule [Unsupported token '99999999999999999999' at char 9]");
}

static void the_service_text_of_an_error_shows_bytes_as_text(void **state)
{
    (void)state;
    assert_refused("ALARM(\xff\xc3) \xc3(", 10, 1, "Error in AlarmRule [Unsupported token '?' at char 10]");
    assert_refused("x\x01\x7f", 0, 3, "Error in AlarmRule [Unsupported token 'x  ' at char 0, must be: '(', 'NOT', AT_LEAST, "
                                      "TRUE or FALSE, ALARM, OK, or INSUFFICIENT_DATA]");
    char text[2002] = "x";
    for (size_t i = 1; i < 2001; i += 2)
        memcpy(text + i, "\xC3\xA9", 3);
    ctf_rule *rule;
    ctf_error error;
    assert_int_equal(ctf_rule_compile((ctf_text){text, 161}, text_of(""), NULL, &rule, &error), CTF_E_PATTERN);
    assert_int_equal(error.length, 161);
    assert_memory_equal(strstr(error.service, "' at char") - 161, text, 161);
    assert_int_equal(ctf_rule_compile((ctf_text){text, 2001}, text_of(""), NULL, &rule, &error), CTF_E_PATTERN);
    assert_memory_equal(strstr(error.service, "' at char") - 5, "\xC3\xA9...", 5);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    ctf_rule *rule;
    ctf_error error;
    assert_int_equal(ctf_rule_compile((ctf_text){"TRUE\0OR", 7}, text_of(""), NULL, &rule, &error), CTF_E_PATTERN);
    assert_int_equal(error.offset, 4);
    assert_int_equal(ctf_rule_compile((ctf_text){NULL, 3}, text_of(""), NULL, &rule, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_rule_compile(text_of("TRUE"), text_of(""), NULL, NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_rule_compile(text_of("x"), text_of(""), NULL, &rule, NULL), CTF_E_PATTERN);
    ctf_rule_free(NULL);
    assert_int_equal(ctf_rule_count(NULL), 0);
}

/* n different children, or n constants, joined by OR. */
static char *join(size_t n, bool children)
{
    char *text = malloc(n * 40 + 1), *at = text;
    for (size_t i = 0; i < n; i++) {
        at += sprintf(at, "%s", i == 0 ? "" : " OR ");
        at += children ? sprintf(at, "ALARM(a%zu)", i) : sprintf(at, "TRUE");
    }
    return text;
}

static ctf_status status_of(const char *text)
{
    ctf_rule *rule;
    ctf_error error;
    ctf_status status = ctf_rule_compile(text_of(text), text_of(""), NULL, &rule, &error);
    if (status == CTF_E_LIMIT)
        assert_int_equal(error.kind, CTF_ERROR_LIMIT);
    ctf_rule_free(rule);
    return status;
}

static void each_limit_holds_at_n_and_refuses_at_n_plus_1(void **state)
{
    (void)state;
    for (int children = 0; children < 2; children++) {
        size_t limit = children ? CTF_RULE_MAX_CHILDREN : CTF_RULE_MAX_ELEMENTS;
        for (size_t n = limit; n <= limit + 1; n++) {
            char *text = join(n, children != 0);
            assert_int_equal(status_of(text), n == limit ? CTF_OK : CTF_E_LIMIT);
            free(text);
        }
    }
    char deep[2 * CTF_RULE_MAX_ELEMENTS + 8];
    for (size_t n = CTF_RULE_MAX_ELEMENTS - 1; n <= CTF_RULE_MAX_ELEMENTS; n++) {
        memset(deep, '(', n);
        memcpy(deep + n, "TRUE", 4);
        memset(deep + n + 4, ')', n);
        deep[2 * n + 4] = '\0';
        assert_int_equal(status_of(deep), n < CTF_RULE_MAX_ELEMENTS ? CTF_OK : CTF_E_LIMIT);
    }
    char *wide = malloc(CTF_RULE_MAX_CHARACTERS + 2);
    memset(wide, ' ', CTF_RULE_MAX_CHARACTERS + 1);
    memcpy(wide, "NOT", 3);
    memcpy(wide + CTF_RULE_MAX_CHARACTERS - 4, "TRUE", 5);
    assert_int_equal(status_of(wide), CTF_OK);
    memcpy(wide + CTF_RULE_MAX_CHARACTERS - 4, " TRUE", 6);
    assert_int_equal(status_of(wide), CTF_E_LIMIT);
    free(wide);
}

/* A random rule over a, b, c and its value, written and computed together; brackets everywhere. */
static uint64_t seed = 7;
static unsigned next_random(unsigned below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % below;
}

static bool grow(char **at, unsigned depth, const ctf_state *states)
{
    static const char *const functions[] = {"INSUFFICIENT_DATA", "OK", "ALARM"};
    unsigned kind = depth == 0 ? next_random(2) : next_random(5);
    if (kind == 0) {
        bool value = next_random(2) != 0;
        *at += sprintf(*at, value ? "TRUE" : "FALSE");
        return value;
    }
    if (kind == 1) {
        unsigned function = next_random(3), child = next_random(3);
        *at += sprintf(*at, "%s(%c)", functions[function], (int)('a' + child));
        return states[child] == (ctf_state)function;
    }
    if (kind == 2) {
        *at += sprintf(*at, "NOT (");
        bool value = !grow(at, depth - 1, states);
        *at += sprintf(*at, ")");
        return value;
    }
    *at += sprintf(*at, "(");
    bool left = grow(at, depth - 1, states);
    *at += sprintf(*at, kind == 3 ? ") AND (" : ") OR (");
    bool right = grow(at, depth - 1, states);
    *at += sprintf(*at, ")");
    return kind == 3 ? left && right : left || right;
}

static void random_rules_evaluate_as_they_were_built(void **state)
{
    (void)state;
    static char text[65536];
    for (int round = 0; round < 5000; round++) {
        const ctf_state by_name[] = {(ctf_state)next_random(3), (ctf_state)next_random(3), (ctf_state)next_random(3)};
        char *at = text;
        bool wanted = grow(&at, 5, by_name);
        ctf_rule *rule = compile(text);
        ctf_state states[3];
        for (size_t i = 0; i < ctf_rule_count(rule); i++)
            states[i] = by_name[ctf_rule_child(rule, i).data[0] - 'a'];
        if (ctf_rule_evaluate(rule, states) != (wanted ? A : O))
            fail_msg("%s", text);
        ctf_rule_free(rule);
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const char *text = "AT_LEAST(2, ALARM, (a, \"b\", c, d, e, f, g, h, i, j)) AND (ALARM(k) OR NOT OK(l))";
    for (int for_good = 0; for_good < 2; for_good++) {
        ctf_status status = CTF_E_NOMEM;
        for (size_t at = 1; status == CTF_E_NOMEM; at++) {
            meter m = {.fail_at = at, .for_good = for_good != 0};
            ctf_allocator allocator = {metered, &m};
            ctf_rule *rule;
            status = ctf_rule_compile(text_of(text), text_of(""), &allocator, &rule, NULL);
            assert_true(status == CTF_OK || status == CTF_E_NOMEM);
            ctf_rule_free(rule);
            assert_int_equal(m.live, 0);
        }
    }
}

/* Feeds "c2A s6O ..." (alarm, time, state) and compares the actions up to 20, as "4A 9O ". */
static void assert_actions(int wait, int extension, const char *events, const char *wanted)
{
    char got[128] = "";
    ctf_suppression s;
    ctf_action action;
    ctf_suppression_init(&s, wait, extension);
    int time = 0, used = 0;
    char alarm, to;
    while (time < 20) {
        int n = 0;
        if (sscanf(events, " %c%d%c%n", &alarm, &time, &to, &n) != 3)
            time = 20;
        events += n;
        while (ctf_suppression_due(&s, time, &action))
            used += snprintf(got + used, sizeof got - (size_t)used, "%d%c ", (int)action.time, "IOA"[action.state]);
        if (time < 20)
            (alarm == 'c' ? ctf_suppression_composite : ctf_suppression_suppressor)(&s, time, to == 'A' ? A : O);
    }
    assert_string_equal(got, wanted);
}

static void suppression_waits_suppresses_and_extends(void **state)
{
    (void)state;
    assert_actions(2, 3, "c2A", "4A ");                 /* the wait passes */
    assert_actions(2, 3, "c2A c3O", "5O ");             /* a second change starts it anew */
    assert_actions(2, 3, "s0A c2A", "");                /* suppressed */
    assert_actions(2, 3, "c2A s3A s6O", "9A ");         /* suppressed in the wait, acted on after the extension */
    assert_actions(2, 3, "s0A c2A s6O c7O", "9O ");     /* a change in the extension starts a wait instead */
    assert_actions(2, 3, "s0A c2A c3O s6O", "9O ");     /* reverted while suppressed: acted on all the same */
    assert_actions(2, 3, "c2A s6A s8O", "4A ");         /* nothing is pending when the extension ends */
    assert_actions(2, 3, "s0A c2A s6O s7A s12O", "15A "); /* the suppressor is back before the extension ends */
    assert_actions(2, 3, "s0A c2A s4A s6O", "9A ");     /* in ALARM still */
    assert_actions(2, 3, "s0A c2A s6O s8O", "9A ");     /* the extension runs on */
    assert_actions(2, 3, "s0A c2A s6O s9A", "9A ");     /* the extension ends at the time of a change */
    assert_actions(3, 5, "c2A s3A s4O", "9A ");         /* the wait is over once it was suppressed */
    assert_actions(5, 9, "s0A c2A s6O", "15A ");        /* no wait begins while it is suppressed */
    assert_actions(2, 3, "c2A s3O", "4A ");             /* not by another state */
    assert_actions(2, 3, "c2A s4A", "4A ");             /* due at the time of a change: acted on before it */
    assert_actions(0, 0, "c2A c2A s3A c4O s5O", "2A 5O ");
}

static void times_at_the_end_of_the_range_do_not_overflow(void **state)
{
    (void)state;
    ctf_suppression s;
    ctf_action action;
    ctf_suppression_init(&s, INT64_MAX, INT64_MAX);
    ctf_suppression_composite(&s, 5, A);
    assert_int_equal(s.pending, 1);
    assert_int_equal(ctf_suppression_due(&s, INT64_MAX - 2, &action), 0);
    assert_int_equal(ctf_suppression_due(&s, INT64_MAX, &action), 1);
    assert_int_equal(ctf_suppression_due(&s, INT64_MAX, &action), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_is_alarm_or_ok),
        cmocka_unit_test(not_binds_tighter_than_and_and_tighter_than_or),
        cmocka_unit_test(at_least_counts_and_takes_percentages_of_the_list),
        cmocka_unit_test(names_lose_their_quotes),
        cmocka_unit_test(an_arn_means_the_name_behind_alarm),
        cmocka_unit_test(errors_point_and_carry_the_text_of_the_service),
        cmocka_unit_test(the_service_text_of_an_error_shows_bytes_as_text),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(each_limit_holds_at_n_and_refuses_at_n_plus_1),
        cmocka_unit_test(random_rules_evaluate_as_they_were_built),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(suppression_waits_suppresses_and_extends),
        cmocka_unit_test(times_at_the_end_of_the_range_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
