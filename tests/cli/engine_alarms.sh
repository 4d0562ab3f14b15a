# The line protocol for metrics and alarms: a request of each kind, its answer, and what is no such request.
. ./lib.sh

# ask REQUEST: the answer of the engine to one line.
ask() { feed "$(sed 's/\\/\\\\/g; s/%/%%/g' <<<"$1")\\n" engine; }

# answers REQUEST ANSWER
answers() {
    ask "$1"
    status_is 0
    out_is "$2"
}

# refuses MESSAGE REQUEST...: each is told that it is no request.
refuses() {
    local message=$1 request
    shift
    for request; do
        ask "$request"
        status_is 0
        [[ $out == '{"error":{"kind":"request","message":"'*"$message"* ]] || fail "$request" "$out"
    done
}

alarm='"evaluation_periods":3,"datapoints_to_alarm":2,"threshold":5,"comparison":"GreaterThanThreshold"'

it "an alarm is evaluated"
answers '{"id":1,"kind":"alarm",'"$alarm"',"treat_missing":"missing","previous_state":"OK","datapoints":[1,null,9,9.5]}' \
    '{"id":1,"state":"ALARM"}'
answers '{"kind":"alarm",'"$alarm"',"period":300,"treat_missing":"ignore","previous_state":"ALARM","datapoints":[null,null]}' \
    '{"state":"ALARM"}'
answers '{"kind":"alarm",'"$alarm"',"treat_missing":"breaching","previous_state":"OK","datapoints":[]}' '{"state":"ALARM"}'

it "M is N where it is null or not given"
answers '{"kind":"alarm","evaluation_periods":2,"datapoints_to_alarm":null,"threshold":5,"comparison":"LessThanThreshold","treat_missing":"missing","previous_state":"OK","datapoints":[1,9]}' \
    '{"state":"OK"}'
answers '{"kind":"alarm","evaluation_periods":2,"threshold":5,"comparison":"LessThanThreshold","treat_missing":"missing","previous_state":"OK","datapoints":[1,1]}' \
    '{"state":"ALARM"}'

it "missing data is missing where no treatment is given"
answers '{"kind":"alarm",'"$alarm"',"previous_state":"OK","datapoints":[null]}' '{"state":"INSUFFICIENT_DATA"}'
answers '{"kind":"alarm",'"$alarm"',"treat_missing":null,"previous_state":"OK","datapoints":[null]}' '{"state":"INSUFFICIENT_DATA"}'

it "a band has bounds for each point"
band='"kind":"alarm","evaluation_periods":1,"threshold":null,"comparison":"GreaterThanUpperThreshold","treat_missing":"missing","previous_state":"OK"'
answers '{'"$band"',"datapoints":[9],"lower":[0],"upper":[8.5]}' '{"state":"ALARM"}'
answers '{'"$band"',"datapoints":[null,9],"lower":[null,0],"upper":[null,9]}' '{"state":"OK"}'
refuses "a band has a lower and an upper bound" '{'"$band"',"datapoints":[9]}' '{'"$band"',"datapoints":[9],"lower":[0]}' \
    '{'"$band"',"datapoints":[9,9],"lower":[0,0],"upper":[0]}' '{'"$band"',"datapoints":[9],"lower":["0"],"upper":[1]}'

it "a whole number is one however it is written"
for two in 2.0 2e0 20e-1 0.2e1 2.000; do
    answers '{"kind":"range","period":60.0,"evaluation_periods":'$two'}' '{"slots":7}'
    answers '{"kind":"window","now":"2024-01-15T10:03:07Z","period":6e1,"evaluation_periods":1,"count":'$two',"mode":"sliding"}' \
        '{"starts_newest_first":["2024-01-15T10:02:00Z","2024-01-15T10:01:00Z"]}'
done
for none in 2.5 2e-1 1e30 -1e30 9223372036854775808.0 1e999 '"2.0"'; do
    refuses evaluation_periods '{"kind":"range","period":60,"evaluation_periods":'$none'}'
done

it "an alarm that is none is refused"
rest='"treat_missing":"missing","previous_state":"OK","datapoints":[1]}'
refuses evaluation_periods '{"kind":"alarm",'"$rest" '{"kind":"alarm","evaluation_periods":0,'"$rest" \
    '{"kind":"alarm","evaluation_periods":2.5,'"$rest" '{"kind":"alarm","evaluation_periods":"2",'"$rest" \
    '{"kind":"alarm","evaluation_periods":2,"datapoints_to_alarm":3,'"$rest" \
    '{"kind":"alarm","evaluation_periods":99999999999999999999,'"$rest"
refuses comparison '{"kind":"alarm","evaluation_periods":1,"comparison":"Greater","threshold":1,'"$rest" \
    '{"kind":"alarm","evaluation_periods":1,"comparison":"LessThanThreshold","threshold":null,'"$rest" \
    '{"kind":"alarm","evaluation_periods":1,"comparison":"LessThanThreshold","threshold":1e999,'"$rest"
refuses treat_missing '{"kind":"alarm",'"$alarm"',"treat_missing":"Ignore","previous_state":"OK","datapoints":[1]}' \
    '{"kind":"alarm",'"$alarm"',"treat_missing":0,"previous_state":"OK","datapoints":[1]}'
refuses previous_state '{"kind":"alarm",'"$alarm"',"treat_missing":"missing","datapoints":[1]}' \
    '{"kind":"alarm",'"$alarm"',"treat_missing":"missing","previous_state":"ok","datapoints":[1]}'
refuses datapoints '{"kind":"alarm",'"$alarm"',"treat_missing":"missing","previous_state":"OK"}' \
    '{"kind":"alarm",'"$alarm"',"treat_missing":"missing","previous_state":"OK","datapoints":["1"]}' \
    '{"kind":"alarm",'"$alarm"',"treat_missing":"missing","previous_state":"OK","datapoints":{"a":1}}'
refuses "period is" '{"kind":"alarm",'"$alarm"',"period":45,"treat_missing":"missing","previous_state":"OK","datapoints":[1]}'

it "a sequence carries its state"
answers '{"kind":"alarm_seq",'"$alarm"',"treat_missing":"ignore","initial_state":"OK","steps":[{"datapoints":[9,9,9]},{"datapoints":[null]},{"datapoints":[1,1]}]}' \
    '{"states":["ALARM","ALARM","OK"]}'
refuses sequence '{"kind":"alarm_seq",'"$alarm"',"treat_missing":"ignore","initial_state":"OK"}' \
    '{"kind":"alarm_seq",'"$alarm"',"treat_missing":"ignore","initial_state":"OK","steps":[1]}' \
    '{"kind":"alarm_seq",'"$alarm"',"treat_missing":"ignore","initial_state":"OK","steps":[{"datapoints":[true]}]}' \
    '{"kind":"alarm_seq",'"$alarm"',"treat_missing":"ignore","steps":[]}'

it "range and window"
answers '{"kind":"range","period":300,"evaluation_periods":3}' '{"slots":5}'
answers '{"kind":"range","period":60,"evaluation_periods":1000000}' '{"slots":1000005}'
refuses "evaluation_periods 1 to 1000000" '{"kind":"range","period":60,"evaluation_periods":1000001}'
answers '{"kind":"window","now":"2023-05-01T13:29:29Z","period":300,"evaluation_periods":3,"count":2,"mode":"sliding"}' \
    '{"starts_newest_first":["2023-05-01T13:24:00Z","2023-05-01T13:19:00Z"]}'
refuses "period is" '{"kind":"range","period":0,"evaluation_periods":3}' '{"kind":"range","period":300}' '{"kind":"window","period":7}'
refuses "a window request" '{"kind":"window","now":"yesterday","period":300,"evaluation_periods":3,"count":2,"mode":"sliding"}' \
    '{"kind":"window","now":"2023-05-01T13:29:29Z","period":300,"evaluation_periods":3,"count":2,"mode":"wall"}' \
    '{"kind":"window","now":"2023-05-01T13:29:29Z","period":300,"evaluation_periods":3,"count":-1,"mode":"sliding"}'

it "too few samples"
answers '{"kind":"lowsample","percentile":"p99","sample_count":999}' '{"low":true}'
answers '{"kind":"lowsample","percentile":"p99","sample_count":9,"policy":"ignore","value":2,"threshold":1,"comparison":"GreaterThanThreshold","previous_state":"OK"}' \
    '{"state":"OK"}'
answers '{"kind":"lowsample","percentile":"p99","sample_count":9,"policy":null,"value":2,"threshold":1,"comparison":"GreaterThanThreshold","previous_state":"OK"}' \
    '{"state":"ALARM"}'
refuses lowsample '{"kind":"lowsample","percentile":"p99"}' '{"kind":"lowsample","percentile":99,"sample_count":1}'
refuses policy '{"kind":"lowsample","percentile":"p99","sample_count":9,"policy":"keep"}' \
    '{"kind":"lowsample","percentile":"p99","sample_count":9,"policy":"ignore"}'
ask '{"kind":"lowsample","percentile":"p101","sample_count":9}'
out_has '{"error":{"kind":"statistic","offset":1,"length":3,"message":"'

it "a statistic over samples, counts and sets"
answers '{"kind":"stat","samples":[1,2,3.5],"statistic":"Sum"}' '{"value":6.5}'
answers '{"kind":"stat","samples":[1,2],"counts":[3,1],"statistic":"p75"}' '{"value":1}'
answers '{"kind":"stat","samples":[5],"statistic_sets":[{"SampleCount":3,"Sum":6,"Minimum":2,"Maximum":2}],"statistic":"Average"}' '{"value":2.75}'
answers '{"kind":"stat","samples":[],"statistic":"Sum"}' '{"value":null,"null":"no datapoint"}'
answers '{"kind":"stat","samples":[-1],"statistic":"p50"}' '{"value":null,"null":"unavailable"}'
ask '{"kind":"stat","samples":[1],"statistic":"median"}'
out_has '"kind":"statistic"'
refuses samples '{"kind":"stat","samples":["1"],"statistic":"Sum"}' '{"kind":"stat","samples":[1],"counts":[0],"statistic":"Sum"}' \
    '{"kind":"stat","samples":[1],"counts":[1,1],"statistic":"Sum"}' '{"kind":"stat","samples":[1,1],"counts":[1],"statistic":"Sum"}' \
    '{"kind":"stat","samples":[1e200],"statistic":"Sum"}' '{"kind":"stat","samples":1,"statistic":"Sum"}' \
    '{"kind":"stat","statistic_sets":[{"SampleCount":1}],"statistic":"Sum"}'
refuses "has a statistic" '{"kind":"stat","samples":[1]}'

it "a reason in the service's words"
answers '{"kind":"reason",'"$alarm"',"treat_missing":"missing","previous_state":"OK","new_state":"ALARM","evaluated":[{"time":"2025-01-01T00:05:00Z","value":9},{"time":"2025-01-01T00:00:00Z","value":7}]}' \
    '{"reason":"Threshold Crossed: 2 out of the last 3 datapoints [9.0 (01/01/25 00:05:00), 7.0 (01/01/25 00:00:00)] were greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition)."}'
refuses "a reason request" '{"kind":"reason",'"$alarm"',"treat_missing":"missing","new_state":"ALARM"}' \
    '{"kind":"reason",'"$alarm"',"treat_missing":"missing","evaluated":[]}' \
    '{"kind":"reason",'"$alarm"',"treat_missing":"missing","new_state":"OK","evaluated":[{"time":1,"value":1}]}'

it "a metric filter publishes samples"
filter='"pattern":"{ $.e = * }","transformation":{"metricNamespace":"N","metricName":"M","metricValue":"$.v","dimensions":{"E":"$.e"},"unit":"Count"}'
answers '{"kind":"metric",'"$filter"',"events":[{"timestamp":60001,"message":"{\"e\":\"a\",\"v\":2}"},{"timestamp":-1,"message":"{\"e\":\"a\",\"v\":1.5}"},{"timestamp":119999,"message":"{\"e\":\"a\",\"v\":\"3\"}"}],"period":180}' \
    '{"datapoints":[{"timestamp":-60000,"dimensions":{"E":"a"},"sample_count":1,"sum":1.5,"minimum":1.5,"maximum":1.5,"unit":"Count"},{"timestamp":60000,"dimensions":{"E":"a"},"sample_count":2,"sum":5,"minimum":2,"maximum":3,"unit":"Count"}],"periods":[{"start":-180000,"sample_count":1,"sum":1.5,"minimum":1.5,"maximum":1.5,"average":1.5},{"start":0,"sample_count":2,"sum":5,"minimum":2,"maximum":3,"average":2.5}]}'
ask '{"kind":"metric","pattern":"ERROR","transformation":{"metricNamespace":"N","metricName":"M","metricValue":"3","defaultValue":"7"},"events":[]}'
out_has '"service":"STRING_VALUE cannot be converted to Double"'
ask '{"kind":"metric","pattern":"{ $.e","transformation":{"metricNamespace":"N","metricName":"M","metricValue":"3"},"events":[]}'
out_has '"kind":"unbalanced"'
ask '{"kind":"metric","pattern":"ERROR","transformation":{"metricNamespace":"AWS/N","metricName":"M","metricValue":"3"},"events":[]}'
out_has '"service":"Metric namespaces starting with AWS/ are reserved for AWS."'
ask '{"kind":"metric","pattern":"ERROR","transformation":{"metricNamespace":5},"events":[]}'
out_has 'metricNamespace must be a string'
ask '{"kind":"metric","pattern":"ERROR","transformation":{"metricNamespace":"N","metricName":"M","metricValue":"3","dimensions":["a"]},"events":[]}'
out_has 'dimensions must be an object of strings'
ask '{"kind":"metric","pattern":"ERROR","emit_system_field_dimensions":["@aws.sun"],"transformation":{"metricNamespace":"N","metricName":"M","metricValue":"3"},"events":[]}'
out_has 'emitSystemFieldDimensions must be'
refuses "a metric request" '{"kind":"metric","pattern":"ERROR"}' '{"kind":"metric","pattern":1,"transformation":{}}'
refuses "events have" '{"kind":"metric",'"$filter"'}' '{"kind":"metric",'"$filter"',"events":[1]}' \
    '{"kind":"metric",'"$filter"',"events":[{"timestamp":1}]}' '{"kind":"metric",'"$filter"',"events":[{"message":"x"}]}' \
    '{"kind":"metric",'"$filter"',"events":[{"timestamp":9e99,"message":"x"}]}' '{"kind":"metric",'"$filter"',"events":[],"period":61}'

it "inputs of the service are validated"
good='"AlarmName":"a","Namespace":"N","MetricName":"M","Statistic":"Sum","Period":300,"EvaluationPeriods":1,"Threshold":1,"ComparisonOperator":"LessThanThreshold"'
answers '{"kind":"validation","api":"PutMetricAlarm","input":{'"$good"'}}' '{"accepted":true}'
answers '{"kind":"validation","api":"PutMetricAlarm","input":{'"$good"',"Unit":null,"Dimensions":[{"Name":"d","Value":"v"}],"AlarmActions":["a"]}}' '{"accepted":true}'
answers '{"kind":"validation","api":"PutMetricAlarm","input":{'"$good"',"Period":45}}' \
    '{"error":{"kind":"validation","offset":0,"length":0,"message":"Period is 45; it must be 10, 20, 30 or a multiple of 60 seconds","service":"Period must be 10, 20, 30 or a multiple of 60"}}'
answers '{"kind":"validation","api":"PutMetricAlarm","input":{"AlarmName":"a","Namespace":"N","MetricName":"M","Statistic":"Sum","Period":3e2,"EvaluationPeriods":2.0,"DatapointsToAlarm":1.0,"Threshold":1,"ComparisonOperator":"LessThanThreshold"}}' \
    '{"accepted":true}'
for wrong in '"Period":300.5 a whole number' '"Period":1e300 a whole number' '"Period":"300" a whole number' '"AlarmName":7 a string' '"Threshold":"1" a number' '"OKActions":"x" an array' '"Dimensions":[1] an array'; do
    ask '{"kind":"validation","api":"PutMetricAlarm","input":{'"$good,${wrong%% *}"'}}'
    out_has "must be ${wrong#* }"
    out_has '"kind":"validation"'
done
listed='"AlarmName":"a","EvaluationPeriods":1,"Threshold":1,"ComparisonOperator":"LessThanThreshold","Metrics"'
stat='"MetricStat":{"Metric":{"MetricName":"M","Namespace":"N"},"Period":300,"Stat":"Sum"}'
for list in '{"Id":"m1",'"$stat"'}' '{"Id":"m1",'"$stat"',"ReturnData":true,"Expression":null}' \
    '{"Id":"m1",'"$stat"',"ReturnData":false,"Label":"x"},{"Id":"e1","Expression":"m1 * 2","ReturnData":null}'; do
    answers '{"kind":"validation","api":"PutMetricAlarm","input":{'"$listed:[$list]"'}}' '{"accepted":true}'
done
ask '{"kind":"validation","api":"PutMetricAlarm","input":{'"$listed"':[{"Id":"m1",'"$stat"'},{"Id":"e1","Expression":"m1"}]}}'
out_has '"service":"Exactly one element of the metrics list should return data."'
for list in '' '{}' '{"Id":null,'"$stat"'}' '{"Id":"m1"}' '{"Id":"m1","MetricStat":null,"Expression":""}'; do
    ask '{"kind":"validation","api":"PutMetricAlarm","input":{'"$listed:[$list]"'}}'
    out_has '"service":"Invalid metrics list"'
done
for list in '{}' '[1]' '"m1"' '[{"Id":1}]' '[{"Id":"m1","MetricStat":1}]' '[{"Id":"m1","Expression":1}]' '[{"Id":"m1","Expression":"1","ReturnData":1}]'; do
    ask '{"kind":"validation","api":"PutMetricAlarm","input":{'"$listed:$list"'}}'
    out_has 'Metrics must be an array of objects'
done
ask '{"kind":"validation","api":"PutMetricAlarm","input":{'"$good"',"Metrics":[{"Id":"m1",'"$stat"'}]}}'
out_has '"service":"MetricName should not be set if list of Metrics is set."'
answers '{"kind":"validation","api":"PutMetricAlarm","input":{'"$good"',"Metrics":null}}' '{"accepted":true}'
answers '{"kind":"validation","api":"PutCompositeAlarm","input":{"AlarmName":"a","AlarmRule":"TRUE"}}' '{"accepted":true}'
ask '{"kind":"validation","api":"PutCompositeAlarm","input":{"AlarmName":"a","AlarmRule":"TRUE","ActionsSuppressor":"s"}}'
out_has '"service":"ActionsSuppressorWaitPeriod must not be null"'
ask '{"kind":"validation","api":"PutCompositeAlarm","input":{"AlarmName":"a"}}'
out_has '"service":"AlarmRule must not contain leading or trailing whitespace or be null"'
ask '{"kind":"validation","api":"PutCompositeAlarm","input":{"AlarmName":"a","AlarmRule":"()"}}'
out_has '"service":"Error in AlarmRule [Unsupported token '"')'"' at char 1]"'
ask '{"kind":"validation","api":"PutCompositeAlarm","input":{"AlarmName":"a","AlarmRule":"OK(a)"}}'
out_has '"service":"A composite alarm cannot have a child relation with itself via its AlarmRule"'
answers '{"kind":"validation","api":"SetAlarmState","input":{"AlarmName":"a","StateValue":"ALARM","StateReason":"a drill"}}' '{"accepted":true}'
ask '{"kind":"validation","api":"SetAlarmState","input":{"AlarmName":"a","StateValue":"INVALID"}}'
out_has "\"service\":\"1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]\""
transformation='{"metricNamespace":"N","metricName":"M","metricValue":"1"}'
answers '{"kind":"validation","api":"PutMetricFilter","input":{"filterName":"f","filterPattern":"","metricTransformations":['"$transformation"']}}' '{"accepted":true}'
ask '{"kind":"validation","api":"PutMetricFilter","input":{"filterName":"f","filterPattern":"","metricTransformations":['"$transformation,$transformation"']}}'
out_has "at 'metricTransformations' failed to satisfy constraint: Member must have length less than or equal to 1"
ask '{"kind":"validation","api":"PutMetricFilter","input":{"filterName":"f:","filterPattern":"","metricTransformations":['"$transformation"']}}'
out_has '"kind":"validation"'
system='"emitSystemFieldDimensions":["@aws.account","@aws.region"]'
dimensioned='"filterName":"f","filterPattern":"{ $.a = * }","metricTransformations":[{"metricNamespace":"N","metricName":"M","metricValue":"1","dimensions":'
answers '{"kind":"validation","api":"PutMetricFilter","input":{'"$dimensioned"'{"A":"$.a"}}],'"$system"'}}' '{"accepted":true}'
for input in "$dimensioned"'{"A":"$.a","B":"$.b"}}],'"$system" "$dimensioned"'{"A":"$.a","B":"$.b"},'"$system"'}]'; do
    ask '{"kind":"validation","api":"PutMetricFilter","input":{'"$input"'}}'
    out_has 'at most 3 dimensions, system ones included'
done
refuses "the api is" '{"kind":"validation","api":"PutRule","input":{}}'
refuses "an api and an input" '{"kind":"validation","api":"PutMetricAlarm"}' '{"kind":"validation","api":"PutMetricAlarm","input":[]}'

# score ANSWER VECTOR: what conform says of an engine that gives that answer to the vector: agree, differ or unscored.
score() {
    printf '%s\n' "$2" >"$scratch/vector"
    run conform -q --engine "read -r line; printf '%s\\n' '$1'" "$scratch/vector"
    awk '$1 == "all" { print $3 ? "agree" : $4 ? "differ" : "unscored" }' <<<"$out"
}
agrees() { [[ $(score "$1" "$2") == agree ]] || fail "does not agree: $1" "$2"; }
differs() { [[ $(score "$1" "$2") == differ ]] || fail "does not differ: $1" "$2"; }

it "conform compares states, slots and texts"
agrees '{"state":"OK"}' '{"kind":"alarm","expected_state":"OK"}'
differs '{"state":"ALARM"}' '{"kind":"alarm","expected_state":"OK"}'
differs '{}' '{"kind":"alarm","expected_state":"OK"}'
differs '{"error":{"kind":"validation"}}' '{"kind":"alarm","expected_state":"OK"}'
agrees '{"states":["OK"]}' '{"kind":"alarm_seq","steps":[{"expected_state":"OK"}]}'
differs '{"states":["OK","OK"]}' '{"kind":"alarm_seq","steps":[{"expected_state":"OK"}]}'
differs '{"states":["ALARM"]}' '{"kind":"alarm_seq","steps":[{"expected_state":"OK"}]}'
agrees '{"slots":5.0}' '{"kind":"range","expected_slots":5}'
differs '{"slots":"5"}' '{"kind":"range","expected_slots":5}'
agrees '{"starts_newest_first":["b","a"]}' '{"kind":"window","expected_starts_newest_first":["b","a"]}'
differs '{"starts_newest_first":["a","b"]}' '{"kind":"window","expected_starts_newest_first":["b","a"]}'
agrees '{"low":true}' '{"kind":"lowsample","expected_low":true}'
differs '{"low":false}' '{"kind":"lowsample","expected_low":true}'
agrees '{"state":"OK"}' '{"kind":"lowsample","expected_state":"OK"}'
agrees '{"reason":"r"}' '{"kind":"reason","expected_reason":"r"}'
differs '{"reason":"r."}' '{"kind":"reason","expected_reason":"r"}'

it "conform allows a statistic its tolerance"
agrees '{"value":1.0000001}' '{"kind":"stat","expected":1,"tolerance":1e-6}'
differs '{"value":1.00001}' '{"kind":"stat","expected":1,"tolerance":1e-6}'
differs '{"value":1.0000001}' '{"kind":"stat","expected":1}'
agrees '{"value":null,"null":"unavailable"}' '{"kind":"stat","expected":null,"expected_null":"unavailable"}'
differs '{"value":null,"null":"no datapoint"}' '{"kind":"stat","expected":null,"expected_null":"unavailable"}'
differs '{"value":0}' '{"kind":"stat","expected":null,"expected_null":"unavailable"}'

it "conform takes datapoints as a set"
vector='{"kind":"metric","expected":[{"timestamp":0,"dimensions":{},"sum":1},{"timestamp":0,"dimensions":{"a":"b","c":"d"},"sum":2}]}'
agrees '{"datapoints":[{"timestamp":0,"dimensions":{"c":"d","a":"b"},"sum":2,"more":1},{"timestamp":0,"dimensions":{},"sum":1.0}]}' "$vector"
differs '{"datapoints":[{"timestamp":0,"dimensions":{},"sum":1},{"timestamp":0,"dimensions":{},"sum":1}]}' "$vector"
differs '{"datapoints":[{"timestamp":0,"dimensions":{},"sum":1}]}' "$vector"
differs '{"datapoints":[{"timestamp":0,"dimensions":{"a":"b"},"sum":2},{"timestamp":0,"dimensions":{},"sum":1}]}' "$vector"
differs '{"datapoints":[{"timestamp":0,"dimensions":{"a":"b","c":"d","e":"f"},"sum":2},{"timestamp":0,"dimensions":{},"sum":1}]}' "$vector"
agrees '{"datapoints":[],"periods":[{"start":0}]}' '{"kind":"metric","expected":[],"expected_period":[{"start":0}]}'
differs '{"datapoints":[]}' '{"kind":"metric","expected":[],"expected_period":[{"start":0}]}'

it "conform wants an error's words where they are known"
vector='{"kind":"validation","expected_error":true,"error_contains":"Period"}'
agrees '{"error":{"kind":"validation","message":"the Period is wrong"}}' "$vector"
agrees '{"error":{"kind":"validation","message":"","service":"Period must be 10"}}' "$vector"
differs '{"error":{"kind":"validation","message":"wrong"}}' "$vector"
differs '{"error":{"kind":"memory","message":"Period"}}' "$vector"
differs '{"error":"Period"}' "$vector"
differs '{"accepted":true}' "$vector"
agrees '{"accepted":true}' '{"kind":"validation","expected_error":false}'
differs '{"accepted":false}' '{"kind":"validation","expected_error":false}'

it "what a step expects stays out of the request"
echo '{"id":"s","kind":"alarm_seq","steps":[{"datapoints":[1],"expected_state":"OK"}]}' >"$scratch/vector"
run conform -q --engine "tee '$scratch/asked' | '$CTFILTER' engine" "$scratch/vector"
[[ $(<"$scratch/asked") == '{"id":"s","kind":"alarm_seq","steps":[{"datapoints":[1]}]}' ]] || fail "$(<"$scratch/asked")"

finish
