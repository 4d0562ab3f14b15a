# Every kernel that this machine runs prints the same, and so does every way not to read a message.
. ./lib.sh
unset CTFILTER_KERNEL

it "a kernel that this machine does not run is refused with those that it runs"
run match --kernel none x
status_is 2
out_is ""
err_has "match: --kernel: this machine runs "
err_has "scalar, not 'none'"
kernels=${err#*runs }
kernels=${kernels%%, not*}
kernels=${kernels//,/}
CTFILTER_KERNEL=none run match x
status_is 2
err_has "match: CTFILTER_KERNEL: this machine runs "
for command in replay engine conform; do
    CTFILTER_KERNEL=none run $command "$scratch" --events "$scratch" </dev/null
    status_is 2
done
CTFILTER_KERNEL=none run engine
status_is 2
err_has "engine: CTFILTER_KERNEL: "

it "the option counts before the variable, an empty variable not at all"
for kernel in $kernels; do
    CTFILTER_KERNEL=none run match --kernel "$kernel" -c ""
    status_is 1
    err_is ""
done
CTFILTER_KERNEL='' run match -c ""
status_is 1
run match --kernel "" -c ""
status_is 2

it "what match prints is the same with every kernel"
for kernel in $kernels; do
    said=$(CTFILTER_KERNEL=$kernel "$BASH" ./match.sh 2>&1) || fail "$kernel:" "$said"
done

it "conform scores alike with every kernel"
printf '%s\n' '{"id":"a1","pattern":"{ $.a = 1 }","message":"{\"a\":1}","match":true}' \
    '{"id":"a2","pattern":"{ $.a = 1 }","message":"{\"a\":[{},\"x\"],\"b\":1}","match":false}' >"$scratch/vectors"
for kernel in $kernels; do
    run conform --kernel "$kernel" "$scratch/vectors"
    status_is 0
    feed '{"id":1,"pattern":"ERROR","message":"an ERROR"}\n' engine --kernel "$kernel"
    out_is '{"id":1,"match":true}'
done
run conform --kernel scalar --engine cat "$scratch/vectors"
status_is 2
err_has "--kernel are for this program's own engine"

it "without the probe, and trusting what deserves it, all is the same"
for i in {1..500}; do
    printf '{"eventName":"%s","n":%s,"e":"\\u0047et","a":[{"b":"}]\\""}]}\n' "$((i % 7))Name" "$i"
done >"$scratch/lines"
for pattern in '{ $.eventName = "3Name" }' '{ $.e = "Get" && $.n > 100 }' '{ $.n != 3 }' Name; do
    run match --json "$pattern" "$scratch/lines"
    plain=$out
    for option in --no-probe --trusted-json; do
        run match $option --json "$pattern" "$scratch/lines"
        status_is 0
        [[ $out == "$plain" ]] || fail "$option changes $pattern"
    done
done

finish
