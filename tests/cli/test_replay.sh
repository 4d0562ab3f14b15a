# Test files that replay: events, series, metrics, alarms and composite alarms.
. ./lib.sh

# try ARGUMENT...: runs the file t.yaml, which standard input holds. Paths in messages are told without the directory.
try() {
    cat >"$scratch/t.yaml"
    run test "$scratch/t.yaml" "$@"
    out=${out//"$scratch/"/}
    err=${err//"$scratch/"/}
}
config='metricFilters:
  - filterName: login
    filterPattern: "{ $.eventName = ConsoleLogin }"
    metricTransformations: [{metricName: Logins, metricNamespace: Trail, metricValue: 1, unit: Count}]
  - filterName: latency
    filterPattern: "[host, ms > 0]"
    metricTransformations: [{metricName: Latency, metricNamespace: Trail, metricValue: $ms}]
alarms:
  - &login {AlarmName: login, Namespace: Trail, MetricName: Logins, Statistic: Sum, Period: 60, EvaluationPeriods: 3,
     DatapointsToAlarm: 2, Threshold: 0, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching}
  - {AlarmName: slow, Namespace: Trail, MetricName: Latency, ExtendedStatistic: p90, Period: 300, EvaluationPeriods: 1,
     Threshold: 100, ComparisonOperator: GreaterThanThreshold}
compositeAlarms:
  - {AlarmName: both, AlarmRule: ALARM(login) AND ALARM(slow)}
  - {AlarmName: quiet, AlarmRule: ALARM(login), ActionsSuppressor: slow, ActionsSuppressorWaitPeriod: 60,
     ActionsSuppressorExtensionPeriod: 60}
tests:
'
# cases TEXT ARGUMENT...: the configuration above and these cases, which begin in line 18.
cases() {
    local text=$1
    shift
    try "$@" <<<"$config$text"
}

it "events are counted, and alarms are asked for their exact transitions, states and reasons"
cases '  - name: two logins
    events:
      - {time: 2026-01-15T10:00:30Z, message: {eventName: ConsoleLogin}}
      - {time: 2026-01-15T10:00:59Z, message: {eventName: ConsoleLogout}}
      - message: {eventName: ConsoleLogin, eventTime: "2026-01-15T10:01:30Z"}
      - {time: 5m, message: h 250}
      - {time: 5m, message: h 50}
      - {time: 5m, message: h -1}
    metrics:
      - {alarm: login, values: 1 1 _x5}
      - {metric: Logins, namespace: Trail, period: 5m, values: 2}
      - {alarm: slow, start: 2026-01-15T10:05:00Z, values: 250}
      - {alarm: slow, start: 5m, statistic: SampleCount, values: 2}
      - {alarm: slow, start: 5m, statistic: Average, values: 150}
    alarms:
      - alarm: login
        transitions:
          - {time: 0, from: INSUFFICIENT_DATA, to: OK}
          - time: 2m
            to: ALARM
            reason: "Threshold Crossed: 2 out of the last 3 datapoints [1.0 (15/01/26 10:01:00), 1.0 (15/01/26 10:00:00)] were greater than the threshold (0.0) and 1 missing datapoint was treated as [NonBreaching] (minimum 2 datapoints for OK -> ALARM transition)."
          - {time: 2026-01-15T10:09:00Z, from: ALARM, to: OK, reason_has: was not greater than}
        states:
          - {time: 1m, state: OK}
          - {time: 150, state: ALARM}
'
status_is 1
out_has 'login: other transitions (- expected, + got)
      2026-01-15T10:00:00Z  INSUFFICIENT_DATA -> OK
      2026-01-15T10:02:00Z  OK -> ALARM
    - 2026-01-15T10:09:00Z  ALARM -> OK  ... was not greater than ...
    + 2026-01-15T10:09:00Z  ALARM -> OK  Threshold Crossed: '
[[ $(grep -c '^  t.yaml:' <<<"$out") == 1 ]] || fail "$out"

it "a lone login is no alarm where missing data does not breach"
cases '  - name: one login
    start: 2026-01-15T10:00:00Z
    events: [{time: 30s, message: {eventName: ConsoleLogin}}]
    alarms: [{alarm: login, transitions: [{time: 0, to: OK}]}]
'
status_is 0

it "series and their notation"
cases '  - name: notation
    series: [{alarm: login, values: "2 _ 0 1x2 3-1x2 _x2 1e1+0.5x1"}]
    metrics: [{alarm: login, values: "2 _ 0 1 1 1 3 2 1 _ _ 10 10.5"}]
  - name: of a metric, with dimensions
    series:
      - {metric: Bytes, namespace: Own, dimensions: {Host: a, Zone: b}, period: 20, values: 1 2 3}
      - {metric: Bytes, namespace: Own, dimensions: {Zone: b, Host: a}, period: 20, values: 1 _x2}
      - {metric: Bytes, namespace: Own, unit: Bytes, period: 20, values: 7}
    metrics:
      - {metric: Bytes, namespace: Own, dimensions: {Host: a, Zone: b}, values: 7}
      - {metric: Bytes, namespace: Own, dimensions: {Host: a, Zone: b}, statistic: Maximum, period: 20, values: 1 2 3}
      - {metric: Bytes, namespace: Own, values: _}
      - {metric: Bytes, namespace: Own, unit: Bytes, values: 7}
'
status_is 0
out_has '2 passed'
cases '  - name: other values
    series: [{alarm: login, values: 1 2 _ 4}]
    metrics:
      - {alarm: login, values: 1 3 3 _}
'
status_is 1
out_has 't.yaml:21:9: Logins: other values (- expected, + got)
    - 2026-01-01T00:01:00Z  3.0
    + 2026-01-01T00:01:00Z  2.0
    - 2026-01-01T00:02:00Z  3.0
    + 2026-01-01T00:03:00Z  4.0'

it "transitions are told line by line"
cases '  - name: late
    series: [{alarm: login, values: 0 1x1}]
    alarms:
      - alarm: login
        transitions:
          - {time: 0, to: OK}
          - {time: 2m, from: OK, to: ALARM}
          - {time: 10m, from: ALARM, to: OK}
      - {alarm: slow, transitions: [], states: [{time: 1m, state: OK}]}
'
status_is 1
out_has 'FAILED: late
  t.yaml:22:9: login: other transitions (- expected, + got)
      2026-01-01T00:00:00Z  INSUFFICIENT_DATA -> OK
    - 2026-01-01T00:02:00Z  OK -> ALARM
    + 2026-01-01T00:03:00Z  OK -> ALARM  Threshold Crossed: 2 out of the last 3 datapoints [1.0 (01/01/26 00:02:00), 1.0 (01/01/26 00:01:00)] were greater than the threshold (0.0) (minimum 2 datapoints for OK -> ALARM transition).
        Enough real points: 2 of the newest 3 breach, and 2 make an alarm; missing ones play no part.
      2026-01-01T00:10:00Z  ALARM -> OK
  t.yaml:26:49: slow should be OK, and is INSUFFICIENT_DATA; its transitions:'

it "composite alarms, and actions that wait for a suppressor"
composite='  - name: both
    series:
      - {alarm: login, values: 1x4}
      - {alarm: slow, values: 200 10}
    alarms:
      - alarm: both
        transitions:
          - {time: 0, from: INSUFFICIENT_DATA, to: OK, reason_has: was created}
          - {time: 2m, from: OK, to: ALARM, reason_has: login transitioned to ALARM}
          - {time: 6m, from: ALARM, to: OK, reason_has: slow transitioned to OK}
      - alarm: quiet
        states: [{time: 6m, state: ALARM}]
        actions:
          - {time: 1m, state: OK}
          - {time: 7m, state: ALARM}
          - {time: 13m, state: OK}
'
cases "$composite"
status_is 0
cases "${composite/7m, state: ALARM/2m, state: ALARM}"
status_is 1
out_has 't.yaml:30:9: quiet: other actions (- expected, + got)
      2026-01-01T00:01:00Z  OK
    - 2026-01-01T00:02:00Z  ALARM
    + 2026-01-01T00:07:00Z  ALARM
      2026-01-01T00:13:00Z  OK

t.yaml: 0 passed'

it "the delay of delivery makes alarms later"
delayed='  - end: 15m
    events:
      - {time: 2026-01-15T10:00:30Z, message: {eventName: ConsoleLogin}}
      - {time: 2026-01-15T10:01:30Z, message: {eventName: ConsoleLogin}}
    alarms:
      - {alarm: login, transitions: [{time: 0, to: OK}, {time: 6m, to: ALARM},
         {time: 9m, to: OK}]}
'
cases "$delayed"
status_is 1
cases "$delayed    delivery_delay: 4m
"
status_is 0

it "mistakes in what is replayed are told with their place"
cases '  - {events: [{time: 1m, message: a}, {time: 30s, message: b}, {message: c}, {time: x, message: d}, {time: 1m}], alarms: []}
'
for said in 't.yaml:18:39: this event is before the one in line 18' 't.yaml:18:64: a time is needed, or an eventTime' \
    't.yaml:18:85: a time is needed, such as 2026-01-15T10:00:00Z' 't.yaml:18:101: message: a mapping or a text is needed'; do
    err_has "$said"
done
status_is 2
cases '  - alarms:
      - {alarm: logn, transitions: []}
      - {alarm: login, transitions: [{time: 2m, to: OK}, {time: 1m, to: ALARM}, {time: 3m}, {to: OK}, {time: 4m, to: ALRM}]}
      - {alarm: login}
      - {alarm: login, states: [{time: 1m, to: OK}], actions: []}
      - {transitions: []}
'
for said in '19:17: there is no alarm logn' '20:65: this time is before the one in line 20' '20:81: time and to are needed' \
    '20:93: time and to are needed' '20:118: to: OK, ALARM or INSUFFICIENT_DATA is needed, not ALRM' \
    '21:9: transitions or states are needed' '22:44: unknown field to' '22:54: actions: only composite alarms' \
    '23:9: alarm: the name of an alarm is needed'; do
    err_has "t.yaml:$said"
done
cases '  - {start: 2026-01-15T10:00:30Z, end: 10m, alarms: [{alarm: login, states: [{time: 11m, state: OK}]}]}
  - {end: 0, alarms: [{alarm: login, states: [{time: 2020-01-01, state: OK}]}]}
  - {start: 5m, delivery_delay: soon, series: 1}
  - {filter: login, series: [{alarm: login, values: 1}], metrics: [{alarm: login, values: 1}]}
'
for said in '18:13: start: a time is needed that is a whole minute' '18:85: this time is not replayed: it is not before the end' \
    '19:11: end: it is not behind the start' '19:54: this time is not replayed: it is before the start' \
    '20:13: start: a time' '20:33: a duration is needed' '20:47: series: a list is needed' \
    '20:6: start: nothing is expected of it' '21:5: nothing is expected of the pattern'; do
    err_has "t.yaml:$said"
done
cases '  - alarms: []
'
err_is 'ctfilter: t.yaml:18:5: alarms: nothing is expected of it; say alarms or metrics'
try <<<'tests: [{events: [{time: 1m, message: a}], metrics: [{metric: a, namespace: b, values: 1}]}]'
err_is 'ctfilter: t.yaml:1:10: events: there is no metric filter'

it "mistakes in series are told with their column"
cases '  - series:
      - {alarm: login, values: 1 2+3 1x}
      - {alarm: login, values: "1 _x0"}
      - {alarm: login, values: one}
      - {alarm: login, values: 1+x3}
      - {alarm: login, values: 1e200}
      - {alarm: login, values: 1 9x999999999}
      - {alarm: login, values: 9x99999999999999999999999999}
      - {alarm: login, values: ""}
      - {alarm: login}
      - {alarm: login, values: 1, period: 7}
      - {alarm: login, values: 1, start: 30}
      - {alarm: login, metric: a, values: 1}
      - {alarm: slowly, values: 1}
      - {metric: a, values: 1}
      - {metric: a, namespace: b, values: [1]}
    metrics: [{alarm: login, values: 1, statistic: p101}]
'
for said in '19:34: a step needs a count' '20:35: a missing value is repeated once at least' '21:32: this is no value' \
    '22:32: the step is no number' '23:32: a value lies within 2^360 of zero' \
    '24:34: more values than the series of a file may have in all, 1000000' '25:32: more values than' '26:33: values are needed' \
    '27:9: values are needed' '28:43: a period is needed' '29:42: values start at a whole minute' \
    '30:24: metric: the metric is that of the alarm' '31:17: there is no metric alarm slowly' '32:9: which metric?' \
    '33:43: values: a text is needed, not a list' '34:53: a percentage'; do
    err_has "t.yaml:$said"
done
err_has '  1 9x999999999
    ^^^^^^^^^^^'
status_is 2

it "a metric that no series takes is refused"
for metric in 'unit: Cents' 'dimensions: {A: ""}' 'dimensions: {"": a}' "dimensions: {$(printf 'D%s: a, ' {1..31})}" \
    "dimensions: {A: $(printf 'a%.0s' {1..4097})}"; do
    cases "  - {series: [{metric: M, namespace: N, $metric, values: 1}], metrics: [{metric: M, namespace: N, values: 1}]}"
    status_is 2
    err_has 't.yaml:18:15: this is no metric: '
done
cases "  - {series: [{metric: M, namespace: N, dimensions: {$(printf 'D%s: a, ' {1..30})}, unit: Count/Second, values: 1}],
     metrics: [{metric: M, namespace: N, values: _}]}"
status_is 0

it "a long series and a long time cost little"
cases '  - series: [{alarm: login, values: 1x900000}]
    alarms: [{alarm: login, states: [{time: 1d, state: ALARM}]}]
  - start: 1970-01-01T00:00:00Z
    end: 9999-12-31T00:00:00Z
    alarms: [{alarm: login, states: [{time: 9999-12-30, state: OK}]}]
'
status_is 0

it "coverage counts what events decide"
cases '  - events: [{time: 1m, message: {eventName: ConsoleLogin}}]
    alarms: [{alarm: login, states: [{time: 30m, state: OK}]}]
' --coverage
out_has 'login: 1 of 1 term decided'
out_has 'latency: 0 of 1 term decided'

finish
