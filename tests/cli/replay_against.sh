# Replay against another configuration: what differs, what makes it differ, and what cannot be compared.
. ./lib.sh

# config NAME PATTERN [VALUE [REST]]: filter f on metric m, an alarm above 0 each minute for itself.
config() {
    local value=${3:-1}
    cat >"$scratch/$1.yaml" <<END
metricFilters:
  - filterName: f
    filterPattern: '$2'
    metricTransformations: [{metricNamespace: N, metricName: m, metricValue: $value}]
alarms:
  - {AlarmName: some, Namespace: N, MetricName: m, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching}
END
}

event() { printf '{"eventTime":"2026-01-13T%sZ","eventID":"%s","eventName":"%s","n":%s}\n' "$@"; }
{
    event 09:00:10 e1 A 1
    event 09:20:10 e2 B 2
    event 09:40:10 e3 A 3
    event 09:40:20 e4 C 4
} >"$scratch/events"
config a '{ $.eventName = A }'
config ab '{ $.eventName = A || $.eventName = B }'
config value '{ $.eventName = A }' '$.n'

against() { run replay "$scratch/$1.yaml" --against "$scratch/$2.yaml" --events "$scratch/events" "${@:3}"; }

it "a configuration does what it does"
against a a
status_is 0
out_has '4 events in 1 file, 2 matched with CONFIG and 2 with --against.'
out_has 'The same with both: 1 alarm'
out_has 'No difference.'
against a a -q
status_is 0
out_is ''

it "what another spelling of it does is no difference"
config spelled '{($.eventName="A")}'
against a spelled
status_is 0

it "the event that a filter matches more is found, with what comes of it"
against a ab
status_is 1
out_has 'some: 2 times in ALARM, 12 min with CONFIG; 3 times in ALARM, 18 min with --against'
out_has '2026-01-13T09:21:00Z  OK -> ALARM, only with --against'
out_has 'N / m: 2 samples, sum 2.0 with CONFIG; 3 samples, sum 3.0 with --against'
out_has '1 event makes a difference:'
out_has "2026-01-13T09:20:10Z  $scratch/events, message 2  e2  B"
out_has '      matched with --against: f'
out_lacks 'matched with CONFIG: f'
out_lacks '09:00:10'
against ab a -q
status_is 1
out_is ''

it "the same as JSON"
against ab a --format json
status_is 1
out_has '{"version":1,"same":false,"from":"2026-01-13T09:00:00Z"'
out_has '"matches":{"config":3,"against":2}'
out_has '{"name":"some","same":false,"config":{"alarms":3,"secondsInAlarm":1080'
out_has '"filters":{"config":["f"],"against":[]}'
out_has '"eventCount":1'
against a a --format json
status_is 0
out_has '{"version":1,"same":true,'
out_has '"differingEvents":[]'

it "a value that differs is told though the same filter matches"
against a value
status_is 1
out_has 'N / m: 2 samples, sum 2.0 with CONFIG; 2 samples, sum 4.0 with --against'
out_has '1 event makes a difference:'
out_has 'matched with CONFIG: f'
out_has 'matched with --against: f'
out_has 'The same with both: 1 alarm'

it "an alarm that only one has is a difference, even if it never fires"
sed 's/Threshold: 0/Threshold: 99/; s/AlarmName: some/AlarmName: much/' "$scratch/a.yaml" >"$scratch/much.yaml"
against a much
status_is 1
out_has 'some: 2 times in ALARM, 12 min with CONFIG; not there with --against'
out_has 'much: not there with CONFIG; 0 times in ALARM with --against'
out_lacks 'make a difference'

it "even if nothing ever becomes of it"
sed 's/- {AlarmName: some.*/&\n  - {AlarmName: idle, Namespace: N, MetricName: none, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: GreaterThanThreshold}/' "$scratch/a.yaml" >"$scratch/two.yaml"
run replay -q "$scratch/a.yaml" --against "$scratch/two.yaml" --events "$scratch/events"
status_is 1
against a two
out_has 'idle: not there with CONFIG; 0 times in ALARM with --against'

it "a threshold that differs needs no event"
sed 's/Threshold: 0/Threshold: 99/' "$scratch/a.yaml" >"$scratch/high.yaml"
against a high
status_is 1
out_has 'some: 2 times in ALARM, 12 min with CONFIG; 0 times in ALARM with --against'
out_lacks 'difference:'

it "a metric that only one has is a difference"
sed 's/metricName: m/metricName: other/; s/MetricName: m/MetricName: other/' "$scratch/a.yaml" >"$scratch/other.yaml"
against a other
status_is 1
out_has 'N / m: 2 samples, sum 2.0 with CONFIG; 0 samples with --against'
out_has 'N / other: 0 samples with CONFIG; 2 samples, sum 2.0 with --against'
out_has '2 events make a difference:'

it "a metric that both have is told once"
[[ $(grep -c '^N / m' <<<"$out") == 1 ]] || fail "$out"
against a ab --format json
[[ $(grep -o '"name":"m"' <<<"$out" | wc -l) == 1 ]] || fail "$out"

it "the default of a filter that an event does not match is no event's"
second() { sed "s/^alarms:/  - filterName: g\n    filterPattern: '{ \$.eventName = B }'\n    metricTransformations: [{metricNamespace: N, metricName: g, metricValue: 1$2}]\n&/" "$scratch/a.yaml" >"$scratch/$1.yaml"; }
second plain ''
second zero ', defaultValue: 0'
against plain zero
status_is 1
out_has 'N / g: 1 sample, sum 1.0 with CONFIG; 4 samples, sum 1.0 with --against'
out_lacks 'difference:'

it "a default value is the metric's difference and no event's"
sed 's/metricValue: 1/metricValue: 1, defaultValue: 0/' "$scratch/a.yaml" >"$scratch/default.yaml"
against a default
status_is 1
out_has 'N / m: 2 samples, sum 2.0 with CONFIG; 4 samples, sum 2.0 with --against'
out_lacks 'difference:'

it "a configuration may be of several files on either side"
printf 'compositeAlarms:\n  - {AlarmName: c, AlarmRule: "ALARM(some)"}\n' >"$scratch/rule.yaml"
run replay "$scratch/a.yaml" "$scratch/rule.yaml" --against "$scratch/ab.yaml" --against "$scratch/rule.yaml" --events "$scratch/events"
status_is 1
out_has 'c: 2 times in ALARM, 12 min with CONFIG; 3 times in ALARM, 18 min with --against'

it "events are bounded in number, the earliest first"
against a other --differences 1
out_has '2 events make a difference:'
out_has 'e1'
out_lacks 'e3'
out_has '  and 1 more'
against a other --differences 1 --format json
out_has '"eventCount":2,"differingEvents":[{"time":"2026-01-13T09:00:10Z"'
out_lacks 'e3'

it "the JSON holds to its schema"
if has python3 && python3 -c 'import jsonschema' 2>/dev/null; then
    for pair in 'a a' 'a ab' 'value a' 'much other' 'default high'; do
        against $pair --format json
        printf '%s' "$out" >"$scratch/json"
        silent python3 -c 'import json, sys, jsonschema
jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' "$scratch/json" ../../bindings/cli/replay-against.schema.json
    done
fi

it "neither threads nor the order of files matter"
split -l 1 "$scratch/events" "$scratch/part."
run replay "$scratch/a.yaml" --against "$scratch/ab.yaml" --events "$scratch"/part.* -j1
one=$out
for order in tac shuf; do
    run replay "$scratch/a.yaml" --against "$scratch/ab.yaml" --events $(ls "$scratch"/part.* | $order) -j3
    out_is "$one"
done

it "events come from a pipe, too, and are read once"
out=$("$CTFILTER" replay "$scratch/a.yaml" --against "$scratch/ab.yaml" --events - <"$scratch/events" 2>&1)
out_has '(standard input), message 2  e2  B'

it "the report goes to a file with its warnings"
sed 's/MetricName: m,/MetricName: nothing,/' "$scratch/a.yaml" >"$scratch/lost.yaml"
against a lost -o "$scratch/report"
status_is 1
out_is ''
grep -q 'warning: --against: ' "$scratch/report" || fail "$(<"$scratch/report")"

it "names that a terminal would obey do nothing"
sed 's/filterName: f/filterName: "\\e[31mf"/' "$scratch/ab.yaml" >"$scratch/red.yaml"
against a red
[[ $out != *$'\e'* ]] || fail "$out"

it "a message without a time is left out of both"
printf '{"eventName":"B"}\nnot json\n' >>"$scratch/events"
against a ab
status_is 1
out_has '1 event makes a difference:'
err_has '2 messages without a time are left out'

it "what cannot be compared is told"
run replay "$scratch/a.yaml" --against "$scratch/none.yaml" --events "$scratch/events"
status_is 2
err_has 'none.yaml: No such file or directory'
run replay "$scratch/a.yaml" --events "$scratch/events" --against
status_is 2
run replay --against "$scratch/a.yaml" --events "$scratch/events"
status_is 2
err_has 'needs a CONFIG before --events'
printf 'metricFilters: [{filterName: f, filterPattern: "{", metricTransformations: [{metricNamespace: N, metricName: m, metricValue: 1}]}]\n' >"$scratch/bad.yaml"
against a bad
status_is 2
err_has "$scratch/bad.yaml:1:"
against bad a
status_is 2
printf 'alarms: []\n' >"$scratch/empty.yaml"
against a empty
status_is 2
run replay "$scratch/a.yaml" --against "$scratch/ab.yaml" --events "$scratch/nothing"
status_is 2
for wrong in '--why' '--format csv' '--format html' '--differences 0' '--differences x'; do
    against a ab $wrong
    status_is 2
done
err_has "--differences needs a whole number of at least 1, not 'x'"
run replay "$scratch/a.yaml" --differences 3 --events "$scratch/events"
status_is 2
err_has '--differences goes with --against'

finish
