# Replay: the story, its forms, inputs of every kind, what is refused.
. ./lib.sh

trail=../trail/AWSLogs/111122223333
login=../trail/alarms/login.yaml
morning=(--from 2026-01-13T09:00:00Z --to 2026-01-13T09:45:00Z)

# Metric m of events with a number at $.n; an alarm over 5, each minute for itself.
cat >"$scratch/five.yaml" <<'END'
metricFilters:
  - filterName: f
    filterPattern: '{ $.n = * }'
    metricTransformations: [{metricNamespace: N, metricName: m, metricValue: $.n}]
alarms:
  - {AlarmName: five, Namespace: N, MetricName: m, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching}
END

# transitions: the times and states of the last run's CSV, one a line.
transitions() { grep '^transition,' <<<"$out" | cut -d, -f2,3,8,9 | tr -d '\r'; }
transitions_are() { [[ $(transitions) == "$1" ]] || fail "transitions: $(transitions)" "not: $1"; }

it "the story reads as the manual shows it"
run replay "$login" --events "$trail" "${morning[@]}" --why
status_is 1
err_is ""
out_is "$(<../trail/alarms/login.txt)"

it "without a colour's escape when nobody looks"
out_lacks $'\033'

it "the result depends neither on threads nor on the order of files"
files=$(find ../trail/AWSLogs -type f | sort)
for format in text json csv html; do
    run replay -j1 "$login" --events $files --why --format $format
    status_is 1
    one=$out
    run replay -j2 "$login" --events $files --why --format $format
    out_is "$one"
    run replay -j3 "$login" --events $(tac <<<"$files") --why --format $format
    out_is "$one"
    run replay -j2 "$login" --events $(shuf --random-source=/dev/zero <<<"$files") --why --format $format
    out_is "$one"
done

it "nor on how events are spread over files, or come in time"
for f in $files; do "$CTFILTER" match -h '{ $.eventName = * }' "$f"; done >"$scratch/all.ndjson"
run replay "$login" --events $files --format csv
one=$out
run replay "$login" --events "$scratch/all.ndjson" --format csv
out_is "$one"
tac "$scratch/all.ndjson" >"$scratch/back.ndjson"
run replay "$login" --events "$scratch/back.ndjson" --format csv
out_is "$one"
split -n r/3 "$scratch/all.ndjson" "$scratch/part."
run replay -j2 "$login" --events "$scratch"/part.* --format csv
out_is "$one"

it "--why of a pipe is that of a file"
run replay "$login" --events "$scratch/all.ndjson" "${morning[@]}" --why
one=${out//"$scratch/all.ndjson"/(standard input)}
out=$("$CTFILTER" replay "$login" --events - "${morning[@]}" --why <"$scratch/all.ndjson")
out_is "$one"
out=$(cat "$scratch/all.ndjson" | "$CTFILTER" replay "$login" --events - "${morning[@]}" --why)
out_is "$one"
out_has "203.0.113.24"

it "without --why no events"
run replay "$login" --events "$trail" "${morning[@]}"
out_lacks 203.0.113.24

it "an alarm that does not ring exits 0"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":5}\n' replay "$scratch/five.yaml" --events -
status_is 0
out_has "five: never in ALARM"

it "times: an event's minute, its alarm at the minute's end, and back when it has left the range"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6}\n' replay "$scratch/five.yaml" --events - --format csv
status_is 1
transitions_are 'five,2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK
five,2026-01-01T00:01:00Z,OK,ALARM
five,2026-01-01T00:07:00Z,ALARM,OK'

it "events before --from count, evaluations before it do not"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6}\n' replay "$scratch/five.yaml" --events - --format csv --from 2026-01-01T00:03:00Z
transitions_are 'five,2026-01-01T00:03:00Z,INSUFFICIENT_DATA,ALARM
five,2026-01-01T00:07:00Z,ALARM,OK'

it "a date is its midnight, --to ends before it"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6}\n' replay "$scratch/five.yaml" --events - --format csv --from 2026-01-01 --to 2026-01-01T00:01:00Z
status_is 0
transitions_are 'five,2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK'

it "an event that arrives late is seen late, and one that is later than the range never"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6}\n' replay "$scratch/five.yaml" --events - --format csv --delivery-delay 3m
transitions_are 'five,2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK
five,2026-01-01T00:04:00Z,OK,ALARM
five,2026-01-01T00:07:00Z,ALARM,OK'
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6}\n' replay "$scratch/five.yaml" --events - --delivery-delay 1h
status_is 0

it "repeated events count as often as they come, out of order as they are"
feed '{"eventTime":"2026-01-01T00:05:10Z","n":3}\n{"eventTime":"2026-01-01T00:00:10Z","n":3}\n{"eventTime":"2026-01-01T00:00:10Z","n":3}\n' \
    replay "$scratch/five.yaml" --events - --format csv
transitions_are 'five,2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK
five,2026-01-01T00:01:00Z,OK,ALARM
five,2026-01-01T00:06:00Z,ALARM,OK'

it "a log event's own timestamp counts, before the record's"
feed '{"events":[{"timestamp":1767225610000,"message":"{\\"n\\":6,\\"eventTime\\":\\"2020-01-01T00:00:00Z\\"}"}]}' \
    replay "$scratch/five.yaml" --events - --format csv
transitions_are 'five,2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK
five,2026-01-01T00:01:00Z,OK,ALARM
five,2026-01-01T00:07:00Z,ALARM,OK'

it "an envelope's time counts where the record has none"
feed '{"detail-type":"x","time":"2026-01-01T00:00:10Z","detail":{"n":6}}' replay "$scratch/five.yaml" --events - --format csv
out_has "five,2026-01-01T00:01:00Z,,,,,OK,ALARM"

it "a message has its own time, not that of the one before"
printf '%s\n' '{"eventTime":"2026-01-01T00:00:10Z","n":9}' 'no JSON' '[1]' '{"n":9}' '' '{"eventTime":null,"n":9}' '{"eventTime":true,"n":9}' >"$scratch/own.ndjson"
run replay "$scratch/five.yaml" --events "$scratch/own.ndjson"
err_has "5 messages without a time are left out"
out_has "6 events in 1 file, 4 matched, 1 sample."

it "a document that is read in chunks gives the same"
printf '{"Records":[%s]}' "$(paste -sd, <<<"$(grep ConsoleLogin "$scratch/all.ndjson"; head -200 "$scratch/all.ndjson")")" >"$scratch/whole.json"
run replay "$login" --events "$scratch/whole.json" --why
one=$out
run replay "$login" --events "$scratch/whole.json" --why --max-inflated 16K
out_is "$one"

it "messages without a time, and of impossible times, are counted and named"
printf '%s\n' '{"n":9}' '{"n":9,"eventTime":"yesterday"}' 'no JSON' '{"eventTime":"1969-12-31T23:59:59Z","n":9}' \
    '{"eventTime":"0001-01-01T00:00:00Z","n":9}' '{"eventTime":"2026-01-01T00:00:10Z","n":1}' >"$scratch/odd.ndjson"
run replay "$scratch/five.yaml" --events "$scratch/odd.ndjson"
status_is 0
err_is "ctfilter: warning: 3 messages without a time are left out; see $scratch/odd.ndjson
ctfilter: warning: 2 messages of a time before 1970 or after 9999 are left out; see $scratch/odd.ndjson"
feed '{"events":[{"timestamp":253402300800000,"message":"{\\"n\\":6}"},{"timestamp":-1,"message":"{\\"n\\":6}"},{"timestamp":253402300799999,"message":"{\\"n\\":6}"}]}' \
    replay "$scratch/five.yaml" --events -
status_is 1
err_has "2 messages of a time before 1970 or after 9999"
out_has "9999-12-31T23:59:00Z"

it "from 1970 to 9999 is no matter"
feed '{"eventTime":"1970-01-01T00:00:00Z","n":6}\n{"eventTime":"9999-12-31T23:59:59Z","n":6}\n' replay "$scratch/five.yaml" --events - --why
status_is 1

it "values that are none, or too large, publish nothing and are counted"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":"NaN"}\n{"eventTime":"2026-01-01T00:00:10Z","n":"12 "}\n{"eventTime":"2026-01-01T00:00:10Z","n":1e200}\n' \
    replay "$scratch/five.yaml" --events - --format json
status_is 0
out_has '"skipped":3'
err_has "3 matches without a usable value published nothing"

it "huge values add up to what doubles can say"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":2e108}\n{"eventTime":"2026-01-01T00:00:10Z","n":-2e108}\n{"eventTime":"2026-01-01T00:00:10Z","n":1}\n' \
    replay "$scratch/five.yaml" --events - --format csv
out_has "2026-01-01T00:01:00Z,1,3,false"

it "what cannot be read is named, the rest is replayed, the status is 2"
printf '\x1f\x8b\x08garbage' >"$scratch/bad.json.gz"
echo '{"eventTime":"2026-01-01T00:00:10Z","n":6}' >"$scratch/good.ndjson"
run replay "$scratch/five.yaml" --events "$scratch/bad.json.gz" "$scratch/none" "$scratch/good.ndjson" --why
status_is 2
err_has "$scratch/bad.json.gz: "
err_has "$scratch/none: No such file or directory"
out_has "five: entered ALARM"

it "a file that ends within a record is told, the records before count"
printf '{"Records":[{"eventTime":"2026-01-01T00:00:10Z","n":6},{"eventTime":"2026-0' >"$scratch/cut.json"
run replay "$scratch/five.yaml" --events "$scratch/cut.json"
status_is 2
err_has "$scratch/cut.json: byte "
out_has "five: entered ALARM"

it "no event with a time: nothing says what to replay"
run replay "$scratch/five.yaml" --events /dev/null
status_is 2
err_is "ctfilter: no event has a time: --from and --to must say what to replay"
run replay "$scratch/five.yaml" --events /dev/null --from 2026-01-01 --to 2026-01-02
status_is 0
out_has "five: never in ALARM"

it "all events before --from, or after --to"
run replay "$scratch/five.yaml" --events "$scratch/good.ndjson" --to 2025-01-01
status_is 2
err_has "all events are after --to"
run replay "$scratch/five.yaml" --events "$scratch/good.ndjson" --from 2027-01-01
status_is 2
err_has "all events are before --from"

it "-o writes a file, complete or not at all"
run replay "$login" --events "$trail" "${morning[@]}" --why -o "$scratch/report"
status_is 1
out_is ""
holds cmp "$scratch/report" ../trail/alarms/login.txt
run replay "$login" --events "$trail" -o "$scratch/none/report"
status_is 2
err_has "$scratch/none/report: No such file or directory"
[[ -z $(find "$scratch" -name 'report.*') ]] || fail "$(ls "$scratch")"
run replay "$login" --events "$trail" "${morning[@]}" -o -
out_has "as-in-the-tutorial: entered ALARM"

it "a full disk is told"
said=$("$CTFILTER" replay "$login" --events "$trail" "${morning[@]}" 2>&1 >/dev/full)
[[ $? -eq 2 && $said == *"No space left on device"* ]] || fail "$said"
run replay "$login" --events "$trail" "${morning[@]}" -o /dev/full
status_is 2
err_is "ctfilter: /dev/full: No space left on device"
before=$(cksum <"$scratch/report")
said=$(trap '' XFSZ && ulimit -f 1 && "$CTFILTER" replay "$login" --events "$trail" --format json -o "$scratch/report" 2>&1)
[[ $? -eq 2 && $(cksum <"$scratch/report") == "$before" ]] || fail "$said"

it "-q prints nothing, the status tells"
run replay -q "$login" --events "$trail" "$scratch/odd.ndjson" "${morning[@]}"
status_is 1
out_is ""
err_is ""

it "colour at a terminal, unless NO_COLOR says otherwise"
if has_terminal; then
    said=$(script -qec "'$CTFILTER' replay '$login' --events '$trail' ${morning[*]}" /dev/null </dev/null)
    [[ $said == *$'\033[31m'* ]] || fail "no colour: $said"
    said=$(NO_COLOR=1 script -qec "'$CTFILTER' replay '$login' --events '$trail' ${morning[*]}" /dev/null </dev/null)
    [[ $said != *$'\033[31m'* ]] || fail "colour: $said"
fi

it "what events say is harmless at a terminal"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6,"eventName":"a\\u001b[31mb\\u009bc\\u202ed"}\n' replay "$scratch/five.yaml" --events - --why
out_lacks $'\033'
out_lacks $'\u009b'
out_has $'a\ufffd[31mb\ufffdc\ufffdd'

it "CSV is quoted as RFC 4180 has it"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6,"eventName":"a,\\"b\\"\\nc"}\n' replay "$scratch/five.yaml" --events - --why --format csv
out_has $',"a,""b""\nc",'

it "a page for a browser holds what events say as text alone"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6,"eventName":"<script>\\"a\\u202eb"}\n' replay "$scratch/five.yaml" --events - --why --format html
status_is 1
[[ $out == '<!DOCTYPE html>'*'</html>' ]] || fail "no whole page: $out"
out_has '<h1>The alarm rang</h1>'
out_has '<td class="event">&lt;script&gt;&quot;a[U+202E]b</td>'

it "of many events the earliest hundred are listed, whoever read them, and the rest counted"
for i in $(seq 10 59 | shuf --random-source=/dev/zero); do
    printf '{"eventTime":"2026-01-01T00:0%d:%dZ","n":6,"eventID":"%d"}\n' 3 "$i" "$i" 1 "$i" "1$i" 2 "$i" "2$i"
done >"$scratch/many.ndjson"
split -n r/4 "$scratch/many.ndjson" "$scratch/some."
run replay -j1 "$scratch/five.yaml" --events "$scratch"/some.* --why --format csv
[[ $(grep -c '^event,' <<<"$out") -eq 100 ]] || fail "$(grep -c '^event,' <<<"$out") events"
[[ $(grep '^event,' <<<"$out" | cut -d, -f3 | sort -c 2>&1) == "" ]] || fail "they are not in order"
[[ $(grep '^event,' <<<"$out" | cut -d, -f14 | sort -n | tr '\n' ' ') == "$(echo {110..159} {210..259}) " ]] || fail "not the earliest"
out_has 'breach,five,2026-01-01T00:01:00Z,2026-01-01T00:04:00Z,,,,,,,,,150,'
one=$out
run replay -j4 "$scratch/five.yaml" --events $(ls -r "$scratch"/some.*) --why --format csv
out_is "$one"
run replay "$scratch/five.yaml" --events "$scratch/many.ndjson" --why
out_has "150 matching events:"
out_has "      and 50 more"

it "only events whose samples are the alarm's are behind its breaches"
sed 's/metricValue: $.n/&, dimensions: {User: $.user}/; s/MetricName: m/&, Dimensions: [{Name: User, Value: eve}]/' "$scratch/five.yaml" >"$scratch/eve.yaml"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6,"user":"eve","eventID":"hers"}\n{"eventTime":"2026-01-01T00:00:10Z","n":6,"user":"bob","eventID":"his"}\n{"eventTime":"2026-01-01T00:00:10Z","n":6,"eventID":"nobodys"}\n' \
    replay "$scratch/eve.yaml" --events - --why --format csv
status_is 1
[[ $(grep '^event,' <<<"$out" | cut -d, -f14) == hers ]] || fail "$out"

it "periods of ten seconds: samples stand where the minute begins"
sed 's/Period: 60/Period: 10/' "$scratch/five.yaml" >"$scratch/ten.yaml"
feed '{"eventTime":"2026-01-01T00:00:12Z","n":3}\n{"eventTime":"2026-01-01T00:00:33Z","n":3}\n' \
    replay "$scratch/ten.yaml" --events - --why --format csv
transitions_are 'five,2026-01-01T00:00:00Z,INSUFFICIENT_DATA,OK
five,2026-01-01T00:00:40Z,OK,ALARM
five,2026-01-01T00:05:20Z,ALARM,OK'
out_has 'datapoint,five,2026-01-01T00:00:00Z,2026-01-01T00:00:10Z,6,2,true'
[[ $(grep -c '^event,' <<<"$out") == 2 ]] || fail "$out"

it "percentiles see every value"
sed 's/Statistic: Sum/ExtendedStatistic: p50/' "$scratch/five.yaml" >"$scratch/half.yaml"
for i in {1..101}; do printf '{"eventTime":"2026-01-01T00:00:12Z","n":%d}\n' $((i * 2)); done >"$scratch/values.ndjson"
run replay "$scratch/half.yaml" --events "$scratch/values.ndjson" --format csv
out_has 'datapoint,five,2026-01-01T00:00:00Z,2026-01-01T00:01:00Z,102,101,true'

it "system dimensions are the record's, else what the options say"
sed 's/metricValue: $.n/metricValue: $.n, emitSystemFieldDimensions: ["@aws.account", "@aws.region"]/' "$scratch/five.yaml" >"$scratch/system.yaml"
sed -i 's/metricTransformations: \[{\(.*\), emitSystemFieldDimensions: \(\[.*\]\)}\]/metricTransformations: [{\1}]\n    emitSystemFieldDimensions: \2/' "$scratch/system.yaml"
feed '{"eventTime":"2026-01-01T00:00:10Z","n":6,"recipientAccountId":"1","awsRegion":"r"}\n{"eventTime":"2026-01-01T00:00:10Z","n":6}\n' \
    replay "$scratch/system.yaml" --events - --format json --account 2 --region s
out_has '"dimensions":{"@aws.account":"1","@aws.region":"r"}'
out_has '"dimensions":{"@aws.account":"2","@aws.region":"s"}'

it "the JSON holds to its schema"
if has python3 && python3 -c 'import jsonschema' 2>/dev/null; then
    for config in "$login" "$scratch/five.yaml" "$scratch/composite.yaml"; do
        [[ -e $config ]] || continue
        "$CTFILTER" replay "$config" --events ../trail/AWSLogs --why --format json >"$scratch/json"
        silent python3 -c 'import json, sys, jsonschema
jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' "$scratch/json" ../../bindings/cli/replay.schema.json
    done
fi

it "every path behind --events is read, however often that is said"
run replay "$scratch/five.yaml" --events "$scratch/some.aa" "$scratch/some.ab" --events "$scratch/some.ac" -q -j1 "$scratch/some.ad" --events=- --format json -o "$scratch/json"
status_is 1
[[ $(<"$scratch/json") == *'"files":5,'*'"events":150,'* ]] || fail "$(<"$scratch/json")"

it "misuse is told"
run replay "$login"
status_is 2
err_has "needs --events PATH"
run replay --events "$trail"
status_is 2
err_has "needs a CONFIG before --events"
run replay "$login" --events "$trail" --from tomorrow
status_is 2
err_has "--from needs a time such as"
run replay "$login" --events "$trail" --from 2026-01-02 --to 2026-01-01
status_is 2
err_has "--from is not before --to"
run replay "$login" --events "$trail" --delivery-delay 5y
status_is 2
err_has "--delivery-delay needs a duration"
run replay "$login" --events "$trail" --from 0001-01-01
status_is 2
run replay "$scratch/no.yaml" --events "$trail"
status_is 2
err_has "$scratch/no.yaml"

it "alarms that the service refuses are refused"
sed 's/Period: 60, EvaluationPeriods: 1/Period: 60, EvaluationPeriods: 1441/' "$scratch/five.yaml" >"$scratch/long.yaml"
run replay "$scratch/long.yaml" --events "$scratch/good.ndjson"
status_is 2
err_has "$scratch/long.yaml:"
err_has "EvaluationPeriods * Period must be <= 86400"
sed 's/Period: 60, EvaluationPeriods: 1/Period: 60, EvaluationPeriods: 1440/' "$scratch/five.yaml" >"$scratch/long.yaml"
run replay "$scratch/long.yaml" --events "$scratch/good.ndjson"
status_is 0

it "where nothing can be kept aside, the place is told"
err=$(TMPDIR=$scratch/nowhere "$CTFILTER" replay --why "$login" --events - </dev/null 2>&1)
err_is "ctfilter: $scratch/nowhere: No such file or directory"

finish
