# Requests to replay an alarm, and about composite alarms.
. ./lib.sh

alarm='"period":300,"evaluation_periods":3,"datapoints_to_alarm":2,"statistic":"Sum","threshold":0,"comparison":"GreaterThanThreshold"'
span='"start":1768467600000,"stop":1768474800000'
login='"samples":[{"timestamp":1768471207000,"value":1}]'

it "one sample rings by the premature rule and is forgotten when it leaves the range"
feed '{"id":1,"kind":"replay","alarm":{'"$alarm"',"treat_missing":"missing"},'"$login,$span"'}\n' engine
status_is 0
out_is '{"id":1,"datapoints":[{"start":1768471200000,"value":1}],"transitions":[{"time":1768471560000,"from":"INSUFFICIENT_DATA","to":"ALARM","reason":"Threshold Crossed: 1 out of the last 3 datapoints [1.0 (15/01/26 09:56:00)] was greater than the threshold (0.0) (minimum 2 datapoints for OK -> ALARM transition)."},{"time":1768472760000,"from":"ALARM","to":"INSUFFICIENT_DATA","reason":"Insufficient Data: 3 datapoints were unknown."}]}'

it "with notBreaching it never rings"
feed '{"kind":"replay","alarm":{'"$alarm"',"treat_missing":"notBreaching","initial_state":"OK"},'"$login,$span"'}\n' engine
out_has '"transitions":[]'

it "a sample that arrives late is seen from then on, in the windows that still hold it"
feed '{"kind":"replay","alarm":{'"$alarm"',"treat_missing":"missing","initial_state":"OK"},"samples":[{"timestamp":1768471207000,"value":1,"arrival":1768472400000}],'"$span"'}\n' engine
out_has '{"time":1768472400000,"from":"INSUFFICIENT_DATA","to":"ALARM"'

it "the last tick counts"
feed '{"kind":"replay","alarm":{'"$alarm"',"treat_missing":"missing"},'"$login"',"start":1768467600000,"stop":1768471560000}\n' engine
out_has '"to":"ALARM"'
feed '{"kind":"replay","alarm":{'"$alarm"',"treat_missing":"missing"},'"$login"',"start":1768467600000,"stop":1768471559999}\n' engine
out_lacks '"to":"ALARM"'

it "a statistic that the data cannot serve has no value"
feed '{"kind":"replay","alarm":{"period":60,"evaluation_periods":1,"statistic":"p90","threshold":0,"comparison":"GreaterThanThreshold","treat_missing":"missing"},"samples":[{"timestamp":5,"value":-1}],"start":0,"stop":600000}\n' engine
out_has '"datapoints":[{"start":0,"value":null}]'

it "periods below a minute are evaluated every ten seconds"
feed '{"kind":"replay","alarm":{"period":10,"evaluation_periods":1,"statistic":"Sum","threshold":0,"comparison":"GreaterThanThreshold","treat_missing":"notBreaching"},"samples":[{"timestamp":20000,"value":1}],"start":0,"stop":600000}\n' engine
out_has '{"time":30000,"from":"OK","to":"ALARM"'

it "what is no such request is refused, and the engine goes on"
for bad in '"alarm":7,"samples":[],"start":0,"stop":1' \
    '"alarm":{"evaluation_periods":1},"samples":[],"start":0,"stop":1' \
    '"alarm":{'"$alarm"',"treat_missing":"maybe"},"samples":[],"start":0,"stop":1' \
    '"alarm":{'"$alarm"',"treat_missing":"missing","initial_state":"ok"},"samples":[],"start":0,"stop":1' \
    '"alarm":{'"$alarm"',"treat_missing":"missing"},"samples":{},"start":0,"stop":1' \
    '"alarm":{'"$alarm"',"treat_missing":"missing"},"samples":[{"timestamp":0.5,"value":1}],"start":0,"stop":1' \
    '"alarm":{'"$alarm"',"treat_missing":"missing"},"samples":[{"timestamp":0,"value":1e200}],"start":0,"stop":1' \
    '"alarm":{'"$alarm"',"treat_missing":"missing"},"samples":[{"timestamp":0,"value":null}],"start":0,"stop":1' \
    '"alarm":{'"$alarm"',"treat_missing":"missing"},"samples":[],"start":"0","stop":1' \
    '"alarm":{'"$alarm"',"treat_missing":"missing"},"samples":[],"start":0,"stop":9223372036854775807'; do
    feed '{"kind":"replay",'"$bad"'}\n{"pattern":"x","message":"x"}\n' engine
    out_has '{"error":{"kind":"request","message":"'
    out_has '{"match":true}'
done
feed '{"kind":"replay","alarm":{"period":60,"evaluation_periods":1,"statistic":"p101","threshold":0,"comparison":"GreaterThanThreshold","treat_missing":"missing"},"samples":[],"start":0,"stop":1}\n' engine
out_has '{"error":{"kind":"statistic"'

it "a composite's state follows from its children's; ARNs and names are one"
feed '{"kind":"composite","rule":"ALARM(a) AND NOT OK(\\"arn:aws:cloudwatch:eu-west-1:123456789012:alarm:b c\\")","states":{"a":"ALARM","b c":"INSUFFICIENT_DATA"}}\n' engine
out_is '{"state":"ALARM"}'

it "a child that does not exist is refused in the service's words"
feed '{"kind":"composite","rule":"ALARM(a) OR ALARM(b)","states":{"a":"ALARM"}}\n' engine
out_has "Could not save the composite alarm as alarms [b] in the alarm rule do not exist"
long=$(printf 'é%.0s' {1..255})
feed '{"kind":"composite","rule":"ALARM('"$long"')","states":{}}\n' engine
out_has "Could not save the composite alarm as alarms [$long] in the alarm rule do not exist"
feed '{"kind":"composite","rule":"ALARM(a)","states":{"a":"alarm"}}\n{"kind":"composite","rule":1,"states":{}}\n{"kind":"composite","rule":"TRUE"}\n' engine
[[ $(grep -c '"kind":"request"' <<<"$out") -eq 3 ]] || fail "$out"

it "actions wait, are suppressed, and follow when the extension ends"
feed '{"kind":"suppressor","wait_period":2,"extension_period":3,"events":[{"t":2,"alarm":"composite","state":"ALARM"},{"t":3,"alarm":"suppressor","state":"ALARM"},{"t":6,"alarm":"suppressor","state":"OK"}],"until":12}\n' engine
out_is '{"actions":[{"t":9,"state":"ALARM"}]}'
feed '{"kind":"suppressor","wait_period":-1,"extension_period":3,"events":[],"until":12}\n{"kind":"suppressor","wait_period":1,"extension_period":3,"events":[{"t":2,"alarm":"composite","state":"OK"},{"t":1,"alarm":"composite","state":"OK"}],"until":12}\n{"kind":"suppressor","wait_period":1,"extension_period":3,"events":[{"t":2,"alarm":"other","state":"OK"}],"until":12}\n' engine
[[ $(grep -c '"kind":"request"' <<<"$out") -eq 3 ]] || fail "$out"

it "conform compares replays, actions and states"
cat >"$scratch/vectors.jsonl" <<END
{"id":"replay-1","kind":"replay","alarm":{$alarm,"treat_missing":"missing"},$login,$span,"expected_datapoints":[{"start":1768471200000,"value":1}],"expected_transitions":[{"time":1768471560000,"to":"ALARM"},{"time":1768472760000,"to":"INSUFFICIENT_DATA"}],"confidence":"high"}
{"id":"suppressor-1","kind":"suppressor","wait_period":2,"extension_period":3,"events":[{"t":2,"alarm":"composite","state":"ALARM"}],"until":12,"expected_actions":[{"t":4,"state":"ALARM"}]}
{"id":"composite-1","kind":"composite","rule":"()","states":{},"expected_error":true,"error_contains":"Unsupported token ')'"}
END
run conform "$scratch/vectors.jsonl"
status_is 0
sed -i 's/"time":1768471560000/"time":1768471560001/; s/"t":4/"t":5/; s/Unsupported token/Another token/' "$scratch/vectors.jsonl"
run conform "$scratch/vectors.jsonl"
status_is 1
[[ $(tail -n 1 <<<"$out") =~ all\ +3\ +0\ +3\ +0 ]] || fail "$out"

finish
