# Composite alarms in a replay: order, cycles, suppression.
. ./lib.sh

# write RULE...: alarms a and b of accounts 1 and 2, and composites "NAME: RULE" with fields behind.
write() {
    cat >"$scratch/c.yaml" <<'END'
metricFilters:
  - filterName: f
    filterPattern: '{ $.n = * }'
    metricTransformations:
      - {metricNamespace: N, metricName: m, metricValue: $.n, dimensions: {Account: $.recipientAccountId}}
alarms:
  - {AlarmName: a, Namespace: N, MetricName: m, Dimensions: [{Name: Account, Value: "1"}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching}
  - {AlarmName: b, Namespace: N, MetricName: m, Dimensions: [{Name: Account, Value: "2"}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching}
compositeAlarms:
END
    printf '  - {%s}\n' "$@" >>"$scratch/c.yaml"
}

cat >"$scratch/e.ndjson" <<'END'
{"eventTime":"2026-01-01T00:00:10Z","n":9,"recipientAccountId":"1"}
{"eventTime":"2026-01-01T00:02:10Z","n":9,"recipientAccountId":"1"}
{"eventTime":"2026-01-01T00:02:20Z","n":9,"recipientAccountId":"2"}
{"eventTime":"2026-01-01T00:09:20Z","n":9,"recipientAccountId":"2"}
END

# of NAME KIND: times and states of the last run.
of() { grep "^$2,$1," <<<"$out" | cut -d, -f3,8,9 | tr -d '\r'; }
is() { [[ $(of "$1" "$2") == "$3" ]] || fail "$1 $2: $(of "$1" "$2")" "not: $3"; }

write 'AlarmName: top, AlarmRule: ALARM(any) AND NOT ALARM(both)' \
    'AlarmName: both, AlarmRule: ALARM(a) AND ALARM(b)' 'AlarmName: any, AlarmRule: ALARM(a) OR ALARM(b)'

it "composites follow their children at once, whatever order they stand in"
run replay "$scratch/c.yaml" --events "$scratch/e.ndjson" --format csv
status_is 1
is a transition '2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK
2026-01-01T00:01:00Z,OK,ALARM
2026-01-01T00:09:00Z,ALARM,OK'
is both transition '2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK
2026-01-01T00:03:00Z,OK,ALARM
2026-01-01T00:09:00Z,ALARM,OK'
is top transition '2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK
2026-01-01T00:01:00Z,OK,ALARM
2026-01-01T00:03:00Z,ALARM,OK
2026-01-01T00:10:00Z,OK,ALARM
2026-01-01T00:16:00Z,ALARM,OK'

it "without a suppressor actions are due with the change"
is both action '2026-01-01T00:00:00Z,,OK
2026-01-01T00:03:00Z,,ALARM
2026-01-01T00:09:00Z,,OK'

it "the service's words name the child, the reason data all of them at first"
out_has 'both was created and its alarm rule evaluates to OK'
out_has 'b transitioned to ALARM at Thursday 01 January, 2026 00:03:00 UTC'
run replay "$scratch/c.yaml" --events "$scratch/e.ndjson" --format json
out_has '{\"triggeringAlarms\":[{\"arn\":\"a\",\"state\":{\"value\":\"OK\",\"timestamp\":\"2026-01-01T00:00:00.000+0000\"}},{\"arn\":\"b\",'
out_has '{\"triggeringAlarms\":[{\"arn\":\"b\",\"state\":{\"value\":\"ALARM\",\"timestamp\":\"2026-01-01T00:03:00.000+0000\"}}]}'

it "a suppressor delays and takes actions away"
write 'AlarmName: any, AlarmRule: ALARM(a) OR ALARM(b), ActionsSuppressor: b, ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 120'
run replay "$scratch/c.yaml" --events "$scratch/e.ndjson" --format csv
is any transition '2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK
2026-01-01T00:01:00Z,OK,ALARM
2026-01-01T00:09:00Z,ALARM,OK
2026-01-01T00:10:00Z,OK,ALARM
2026-01-01T00:16:00Z,ALARM,OK'
is any action '2026-01-01T00:01:00Z,,OK
2026-01-01T00:02:00Z,,ALARM
2026-01-01T00:18:00Z,,OK'

it "a suppressor that does not exist delays them as one that is not in ALARM does"
write 'AlarmName: any, AlarmRule: ALARM(a) OR ALARM(b), ActionsSuppressor: nobody, ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 120'
run replay "$scratch/c.yaml" --lenient --events "$scratch/e.ndjson" --format csv
is any action '2026-01-01T00:01:00Z,,OK
2026-01-01T00:02:00Z,,ALARM
2026-01-01T00:10:00Z,,OK
2026-01-01T00:11:00Z,,ALARM
2026-01-01T00:17:00Z,,OK'

it "actions that are not enabled are none"
write 'AlarmName: any, AlarmRule: ALARM(a) OR ALARM(b), ActionsEnabled: false'
run replay "$scratch/c.yaml" --events "$scratch/e.ndjson" --format csv
is any action ''

it "a cycle is an error with its place"
write 'AlarmName: x, AlarmRule: ALARM(y)' 'AlarmName: y, AlarmRule: ALARM(x) OR ALARM(a)'
run replay "$scratch/c.yaml" --events "$scratch/e.ndjson"
status_is 2
err_has "$scratch/c.yaml:10:"

it "with --lenient it is never evaluated, the others are"
write 'AlarmName: x, AlarmRule: ALARM(y)' 'AlarmName: y, AlarmRule: ALARM(x) OR ALARM(a)' 'AlarmName: z, AlarmRule: ALARM(a)'
run replay --lenient "$scratch/c.yaml" --events "$scratch/e.ndjson"
status_is 1
out_has "x: never in ALARM, at the end INSUFFICIENT_DATA"
out_has "z: entered ALARM"

it "a child that does not exist is an error; with --lenient it has insufficient data for ever"
write 'AlarmName: x, AlarmRule: INSUFFICIENT_DATA(nobody)'
run replay "$scratch/c.yaml" --events "$scratch/e.ndjson"
status_is 2
err_has "nobody"
run replay --lenient "$scratch/c.yaml" --events "$scratch/e.ndjson" --format csv
is x transition '2026-01-01T00:00:00Z,INSUFFICIENT_DATA,ALARM'

finish
