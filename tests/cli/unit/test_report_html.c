#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "html_check.h"
#include "report.h"
#include "report_style.h"

#define MINUTE INT64_C(60000)
#define START INT64_C(1768471200000) /* 2026-01-15T10:00:00Z */
#define TEXT(s) ((ctf_text){s, sizeof(s) - 1})

/* All that somebody could plant who wants out of a text, an attribute, a drawing, a comment or CDATA. */
static const char planted[] = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>]]>--><!--</title></style>"
                              "</svg></a>&lt;&#0;&\xff\xc0\xaf\xed\xa0\x80\x01\x1b[2J\x7f\xc2\x9b\xe2\x80\xae"
                              "\xe2\x81\xa7\xe2\x80\x8b\r\n\t\xf4\x90\x80\x80";

/* The same with a NUL inside and a sequence that the end cuts. */
static ctf_text hostile(void)
{
    static char text[sizeof planted + 8];
    memcpy(text, planted, sizeof planted); /* with the NUL inside */
    memcpy(text + sizeof planted, "<b>\xe2", 4);
    return (ctf_text){text, sizeof planted + 4};
}

/* ---- models ---- */

typedef struct scene {
    cli_config config;
    cli_metric_alarm settings;
    cli_composite_alarm rule;
    replay_alarm alarm;
    replay_composite composite;
    replay_metric metric;
    ctf_dimension dimension;
    const char *warning;
    replay_band bands[3];
    replay_transition transitions[2];
    ctf_slot slots[4];
    replay_datapoint points[4];
    replay_event event;
    replay_breach breach;
    replay_action action;
    ctf_text target;
    replay_model model;
} scene;

static void set_texts(scene *s, ctf_text text, const char *words)
{
    s->dimension = (ctf_dimension){text, text};
    ctf_metric metric = {text, text, &s->dimension, 1, text};
    s->metric = (replay_metric){metric, 7};
    s->settings.input.alarm_name = s->settings.input.alarm_description = text;
    s->settings.alarm.metric = metric;
    s->settings.place = (cli_place){words, 3, 4};
    s->rule = (cli_composite_alarm){.name = text, .description = text, .rule_text = text, .suppressor = text};
    s->rule.actions = (cli_actions){.enabled = true, .alarm = &s->target, .n_alarm = 1};
    s->rule.place = s->settings.place;
    s->target = text;
    s->alarm.summary = s->warning = words;
    s->event = (replay_event){START + MINUTE, text, text, text, text, text, text, 17, {text, text}};
    s->breach.silence = words;
    for (size_t i = 0; i < 2; i++) {
        s->transitions[i].reason = s->transitions[i].reason_data = words;
        s->transitions[i].decision = words;
    }
}

static void set_history(scene *s)
{
    for (size_t i = 0; i < 3; i++)
        s->bands[i] = (replay_band){START + (int64_t)(i * 4) * MINUTE, START + (int64_t)(i * 4 + 4) * MINUTE,
                                    (ctf_state)i};
    for (size_t i = 0; i < 4; i++) {
        s->slots[i] = (ctf_slot){.start = START + (int64_t)i * MINUTE, .present = i % 2 == 0, .value = (double)i};
        s->points[i] = (replay_datapoint){START + (int64_t)i * 2 * MINUTE, i != 3, i == 2, (double)i, i};
    }
    for (size_t i = 0; i < 2; i++) {
        s->transitions[i].time = s->bands[i + 1].from;
        s->transitions[i].from = s->bands[i].state;
        s->transitions[i].to = s->bands[i + 1].state;
        s->transitions[i].slots = s->slots;
        s->transitions[i].n_slots = 4;
    }
    s->breach = (replay_breach){.from = START, .to = START + 5 * MINUTE, .looked = START + 6 * MINUTE, .n_all = 2,
                                .events = &s->event, .n_events = 1};
    s->action = (replay_action){START + 9 * MINUTE, CTF_STATE_ALARM};
}

static void join(scene *s)
{
    s->settings.alarm.comparison = CTF_GREATER;
    s->settings.alarm.threshold = 1.5;
    s->alarm = (replay_alarm){.settings = &s->settings, .first = START, .step = MINUTE, .n_periods = 12, .range = 6,
                              .datapoints = s->points, .n_datapoints = 4, .transitions = s->transitions,
                              .n_transitions = 2, .bands = s->bands, .n_bands = 3, .breaches = &s->breach,
                              .n_breaches = 1, .entered_alarm = true};
    s->composite = (replay_composite){.settings = &s->rule, .transitions = s->transitions, .n_transitions = 2,
                                      .bands = s->bands, .n_bands = 3, .actions = &s->action, .n_actions = 1};
    s->model = (replay_model){.config = &s->config, .from = START, .to = START + 12 * MINUTE, .delay = MINUTE,
                              .why = true, .alarms = &s->alarm, .n_alarms = 1, .composites = &s->composite,
                              .n_composites = 1, .metrics = &s->metric, .n_metrics = 1, .warnings = &s->warning,
                              .n_warnings = 1, .totals = {1, 2, 3, 4, 5, 6, 7, 8, 9}, .entered_alarm = true};
}

static void set_scene(scene *s, ctf_text text, const char *words)
{
    memset(s, 0, sizeof *s);
    set_history(s);
    join(s);
    set_texts(s, text, words);
}

/* The page, checked, and NUL-terminated. */
static char *page_of(const replay_model *model, size_t *length)
{
    blob out = {0};
    report_html(model, &out);
    size_t n = out.length;
    blob_append_byte(&out, '\0');
    html_check_page((const char *)out.data, n);
    if (length != NULL)
        *length = n;
    return (char *)out.data;
}

static void expect(const char *page, const char *words)
{
    if (strstr(page, words) == NULL) {
        print_message("not on the page: %s\n", words);
        fail();
    }
}

static void expect_none(const char *page, const char *words)
{
    assert_null(strstr(page, words));
}

/* ---- the whole page ---- */

static void a_page_is_well_formed_and_tells_everything(void **state)
{
    (void)state;
    scene s;
    set_scene(&s, TEXT("Logins"), "words");
    char *page = page_of(&s.model, NULL);
    expect(page, "<h1>1 of 2 alarms rang</h1>");
    expect(page, "<h2 id=\"a1-h\"><bdi>Logins</bdi></h2>");
    expect(page, "<h2 id=\"c1-h\"><bdi>Logins</bdi></h2>");
    expect(page, "12 min");
    expect(page, "id=\"a1-t2\"");
    expect(page, "id=\"c1-t2\"");
    expect(page, "id=\"a1-b1\"");
    expect(page, "The first 1 of 2 events are shown");
    expect(page, "No alarm came of it. At <time datetime=\"2026-01-15T10:06:00Z\">2026-01-15 10:06</time>: words");
    expect(page, "<span class=\"state alarm\">ALARM</span>");
    expect(page, "<dt>Time out of range</dt><dd>9 ");
    expect(page, "events seen 1 min after their time");
    expect(page, "breaches at &gt; 1.5");
    free(page);
}

static void a_page_asks_for_nothing_and_runs_nothing(void **state)
{
    (void)state;
    scene s;
    set_scene(&s, TEXT("Logins"), "words");
    char *page = page_of(&s.model, NULL);
    char policy[200];
    snprintf(policy, sizeof policy,
             "content=\"default-src 'none'; style-src '%s'; base-uri 'none'; form-action 'none'\"", report_style_hash);
    expect(page, policy);
    expect_none(page, "<script");
    expect_none(page, "http:");
    expect_none(page, "https:");
    expect_none(page, " style=");
    const char *style = strstr(page, "<style>") + 7;
    assert_memory_equal(style, report_style, report_style_length);
    assert_memory_equal(style + report_style_length, "</style>", 8);
    free(page);
}

static void the_style_asks_for_nothing(void **state)
{
    (void)state;
    char *style = calloc(report_style_length + 1, 1);
    assert_non_null(style);
    memcpy(style, report_style, report_style_length);
    expect_none(style, "@import");
    expect_none(style, "http");
    for (const char *at = strstr(style, "url("); at != NULL; at = strstr(at + 1, "url("))
        assert_int_equal(at[4], '#');
    expect(style, "prefers-color-scheme: dark");
    expect(style, "@media print");
    free(style);
}

static void hostile_texts_stay_texts_everywhere(void **state)
{
    (void)state;
    scene s;
    set_scene(&s, hostile(), planted);
    char *page = page_of(&s.model, NULL);
    expect_none(page, "<script");
    expect_none(page, "<img");
    expect_none(page, "<!--");
    expect_none(page, "\xe2\x80\xae");
    expect(page, "&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page, "[U+202E]");
    s.event.name = (ctf_text){NULL, 0};
    s.model.why = false;
    free(page);
    free(page_of(&s.model, NULL));
    s.model.why = true;
    free(page_of(&s.model, NULL));
}

static void texts_of_events_are_cut_when_they_are_huge(void **state)
{
    (void)state;
    scene s;
    size_t length = 0, huge = 1 << 20;
    char *text = malloc(huge);
    assert_non_null(text);
    memset(text, '&', huge);
    set_scene(&s, TEXT("Logins"), "words");
    s.event.name = s.event.principal = s.event.source = s.event.id = s.event.file = (ctf_text){text, huge};
    free(page_of(&s.model, &length));
    assert_true(length < 100000);
    s.event.name.length = 0;
    s.event.message = (ctf_text){text, huge};
    free(page_of(&s.model, &length));
    assert_true(length < 100000);
    free(text);
}

/* ---- little, and much ---- */

static void an_empty_model_is_a_page_too(void **state)
{
    (void)state;
    cli_config config = {0};
    replay_model model = {.config = &config};
    char *page = page_of(&model, NULL);
    expect(page, "<h1>No alarms to replay</h1>");
    expect_none(page, "id=\"warnings\"");
    free(page);
}

static void an_alarm_without_data_is_drawn_missing(void **state)
{
    (void)state;
    scene s;
    set_scene(&s, TEXT("Logins"), "words");
    s.alarm.n_datapoints = s.alarm.n_transitions = s.alarm.n_breaches = 0;
    s.alarm.n_bands = 1;
    s.alarm.entered_alarm = false;
    s.model.n_composites = 0;
    char *page = page_of(&s.model, NULL);
    expect(page, "<h1>The alarm did not ring</h1>");
    expect(page, "<rect class=\"missing\" x=\"0\" y=\"177\" width=\"880\"");
    expect(page, "None: it stayed as it was throughout.");
    s.alarm.n_periods = 0;
    free(page);
    free(page_of(&s.model, NULL));
}

static void one_point_is_drawn(void **state)
{
    (void)state;
    scene s;
    set_scene(&s, TEXT("Logins"), "words");
    s.alarm.n_datapoints = s.alarm.n_periods = 1;
    char *page = page_of(&s.model, NULL);
    expect(page, "<path class=\"line\" d=\"M440 150h0\"/>");
    expect(page, "1 datapoint in 1 period, ");
    free(page);
}

static void values_that_are_no_numbers_do_not_reach_the_drawing(void **state)
{
    (void)state;
    static const double values[] = {NAN, INFINITY, -INFINITY, 1.7e308, -1.7e308, 5e-324, -0.0};
    scene s;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        set_scene(&s, TEXT("Logins"), "words");
        s.points[1].value = s.points[2].value = s.slots[0].value = values[i];
        free(page_of(&s.model, NULL));
        s.settings.alarm.threshold = values[i];
        free(page_of(&s.model, NULL));
        s.settings.alarm.comparison = CTF_OUTSIDE_BAND;
        free(page_of(&s.model, NULL));
    }
}

static void absurd_times_do_not_break_the_page(void **state)
{
    (void)state;
    static const int64_t times[] = {INT64_MIN, -1, 0, INT64_C(253402300799999), INT64_MAX};
    scene s;
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 5; k++) {
            set_scene(&s, TEXT("Logins"), "words");
            s.model.from = s.bands[0].from = s.alarm.first = times[i];
            s.model.to = s.bands[2].to = s.transitions[0].time = times[k];
            s.breach.from = s.event.time = s.points[0].start = s.slots[0].start = times[i];
            free(page_of(&s.model, NULL));
        }
}

static replay_datapoint *many_points(size_t n)
{
    replay_datapoint *points = calloc(n, sizeof *points);
    assert_non_null(points);
    for (size_t i = 0; i < n; i++) {
        double value = (double)(i * 7919 % 1000) / 7.0;
        points[i] = (replay_datapoint){START + (int64_t)i * MINUTE, true, i == n / 2, value, i};
    }
    return points;
}

static size_t count_of(const char *text, const char *what, const char *end)
{
    size_t n = 0;
    for (const char *at = strstr(text, what); at != NULL && at < end; at = strstr(at + 1, what))
        n++;
    return n;
}

static void half_a_million_points_are_a_small_drawing_with_the_breaching_one(void **state)
{
    (void)state;
    scene s;
    size_t length = 0, n = 500000;
    set_scene(&s, TEXT("Logins"), "words");
    replay_datapoint *points = many_points(n);
    s.alarm.datapoints = points;
    s.alarm.n_datapoints = s.alarm.n_periods = n;
    s.model.to = START + (int64_t)n * MINUTE;
    char *page = page_of(&s.model, &length);
    assert_true(length < 300000);
    const char *marks = strstr(page, "<path class=\"breaching\" d=\"M4");
    assert_non_null(marks);
    assert_int_equal(count_of(marks, "z", strstr(marks, "/>")), 1);
    expect(page, "The first 500 of 500,000 datapoints are shown");
    expect(page, "500,000 datapoints in 500,000 periods, several in a column");
    free(page);
    free(points);
}

static void an_alarm_that_flaps_for_years_stays_a_page_of_bounded_size(void **state)
{
    (void)state;
    scene s;
    size_t length = 0, n = 100000;
    set_scene(&s, TEXT("Logins"), "words");
    replay_transition *transitions = calloc(n, sizeof *transitions);
    replay_band *bands = calloc(n + 1, sizeof *bands);
    replay_breach *breaches = calloc(n, sizeof *breaches);
    replay_event *events = calloc(100, sizeof *events);
    assert_true(transitions != NULL && bands != NULL && breaches != NULL && events != NULL);
    for (size_t i = 0; i < 100; i++)
        events[i] = s.event;
    for (size_t i = 0; i < n; i++) {
        transitions[i] = s.transitions[i % 2];
        transitions[i].time = START + (int64_t)(i + 1) * MINUTE;
        bands[i] = (replay_band){START + (int64_t)i * MINUTE, transitions[i].time, (ctf_state)(i % 3)};
        breaches[i] = (replay_breach){.from = bands[i].from, .to = bands[i].to, .n_all = 100, .events = events};
        breaches[i].n_events = 100;
    }
    bands[n] = (replay_band){transitions[n - 1].time, transitions[n - 1].time + MINUTE, CTF_STATE_OK};
    s.alarm.transitions = transitions;
    s.alarm.bands = bands;
    s.alarm.breaches = breaches;
    s.alarm.n_transitions = s.alarm.n_breaches = s.alarm.n_periods = n;
    s.alarm.n_bands = n + 1;
    s.model.to = bands[n].to;
    char *page = page_of(&s.model, &length);
    assert_true(length < 2000000);
    expect(page, "The first 500 of 100,000 changes of state are shown");
    expect(page, "The first 500 of 100,000 breaching stretches are shown");
    free(page);
    free(transitions);
    free(bands);
    free(breaches);
    free(events);
}

/* Links from drawings must not lead to rows that are left out: the checker follows each. */
static void many_alarms_share_the_rows_of_a_page(void **state)
{
    (void)state;
    scene s;
    size_t length = 0, n = 300;
    replay_transition transitions[40];
    replay_band bands[40];
    replay_breach breaches[40];
    set_scene(&s, TEXT("Logins"), "words");
    for (size_t i = 0; i < 40; i++) {
        bands[i] = (replay_band){START + (int64_t)i * MINUTE, START + (int64_t)(i + 1) * MINUTE, (ctf_state)(i % 2)};
        breaches[i] = (replay_breach){.from = bands[i].from, .to = bands[i].to};
        transitions[i] = s.transitions[0];
        transitions[i].time = bands[i].from;
    }
    s.alarm.transitions = transitions;
    s.alarm.bands = bands;
    s.alarm.breaches = breaches;
    s.alarm.n_transitions = s.alarm.n_bands = s.alarm.n_breaches = 40;
    replay_datapoint *points = many_points(2000);
    replay_alarm *alarms = calloc(n, sizeof *alarms);
    assert_non_null(alarms);
    s.alarm.datapoints = points;
    s.alarm.n_datapoints = s.alarm.n_periods = 2000;
    for (size_t i = 0; i < n; i++)
        alarms[i] = s.alarm;
    s.model.alarms = alarms;
    s.model.n_alarms = n;
    char *page = page_of(&s.model, &length);
    assert_true(length < n * 100000);
    expect(page, "<h1>300 of 301 alarms rang</h1>");
    expect(page, "The first 33 of 40 changes of state are shown");
    free(page);
    free(alarms);
    free(points);
}

static void long_ranges_are_counted_and_not_listed(void **state)
{
    (void)state;
    scene s;
    ctf_slot slots[17] = {{.present = 1, .value = 9}, {.present = 1, .value = 1}};
    set_scene(&s, TEXT("Logins"), "words");
    s.transitions[0].slots = slots;
    s.transitions[0].n_slots = 17;
    char *page = page_of(&s.model, NULL);
    expect(page, "17 slots: 1 breaching, 1 not, 15 missing");
    free(page);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_well_formed_and_tells_everything),
        cmocka_unit_test(a_page_asks_for_nothing_and_runs_nothing),
        cmocka_unit_test(the_style_asks_for_nothing),
        cmocka_unit_test(hostile_texts_stay_texts_everywhere),
        cmocka_unit_test(texts_of_events_are_cut_when_they_are_huge),
        cmocka_unit_test(an_empty_model_is_a_page_too),
        cmocka_unit_test(an_alarm_without_data_is_drawn_missing),
        cmocka_unit_test(one_point_is_drawn),
        cmocka_unit_test(values_that_are_no_numbers_do_not_reach_the_drawing),
        cmocka_unit_test(absurd_times_do_not_break_the_page),
        cmocka_unit_test(half_a_million_points_are_a_small_drawing_with_the_breaching_one),
        cmocka_unit_test(an_alarm_that_flaps_for_years_stays_a_page_of_bounded_size),
        cmocka_unit_test(many_alarms_share_the_rows_of_a_page),
        cmocka_unit_test(long_ranges_are_counted_and_not_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
