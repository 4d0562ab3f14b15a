# The line protocol: one request a line in, one answer a line out.
. ./lib.sh

it "a request gets its verdict and its id back"
feed '{"id":"a","pattern":"{ $.x = 1 }","message":"{\\"x\\":1}"}\n{"id":2,"pattern":"ERROR","message":"fine"}\n' engine
status_is 0
out_is '{"id":"a","match":true}
{"id":2,"match":false}'

it "a refused pattern gets kind, place and message"
feed '{"id":1,"pattern":"{ $.a = 1 } x","message":""}\n' engine
status_is 0
out_has '{"id":1,"error":{"kind":"unbalanced","offset":'
out_has '"message":"'
out_has "\"service\":\"If a filter pattern starts with '{' it must end with '}'\""

it "lines that are no request get an error, and the engine goes on"
feed 'rubbish\n\n[1]\n"x"\n{"id":3}\n{"id":4,"kind":"strange"}\n{"id":5,"kind":7}\n{"id":6,"pattern":1,"message":"m"}\n{"pattern":"m","message":"m"}\n' engine
status_is 0
n=$(grep -c '"error":{"kind":"request","message":"' <<<"$out")
[[ $n -eq 8 ]] || fail "$n request errors" "$out"
out_has '{"id":4,"error":{"kind":"request","message":"this engine does not know the kind '"'strange'"'"}}'
[[ $(tail -n 1 <<<"$out") == '{"match":true}' ]] || fail "the last line: $out"

it "JSON is taken strictly"
for line in '{"a":1}x' '{"a":01}' '{"a":1,}' "{'a':1}" '{"a":\v1}' '{"a":"\xc0\x80"}' '{"a":"\xed\xa0\x80"}' \
    '/*c*/{"a":1}' '\xef\xbb\xbf{"a":1}' '{"a":"\t"}' '{"a":"\\x"}' '{"a":nul}' '{"a":1}\x00' '"\\ude00"'; do
    feed "$line\n" engine
    status_is 0
    out_has '"message":"not JSON at byte '
done

it "half a surrogate pair is no message"
feed '{"id":1,"pattern":"x","message":"\\ud800"}\n{"id":2,"pattern":"x","message":"\\ud83d\\u0041"}\n' engine
status_is 0
[[ $(grep -c 'half of a surrogate pair' <<<"$out") -eq 2 ]] || fail "$out"

it "an escaped backslash before u is no surrogate"
feed '{"id":1,"pattern":"ud800","message":"\\\\ud800"}\n' engine
out_is '{"id":1,"match":true}'

it "U+0000 in a message is a character like any other"
feed '{"id":1,"pattern":"after","message":"before\\u0000after"}\n' engine
out_is '{"id":1,"match":true}'

it "the last line needs no newline"
feed '{"id":1,"pattern":"x","message":"x"}' engine
out_is '{"id":1,"match":true}'

it "the id may be any value"
feed '{"id":{"a":[1,2.50,null,"\\u00e9"]},"pattern":"x","message":"x"}\n' engine
out_is '{"id":{"a":[1,2.50,null,"é"]},"match":true}'

it "of duplicate members the last counts"
feed '{"id":1,"id":2,"pattern":"q","pattern":"x","message":"x"}\n' engine
out_is '{"id":2,"match":true}'

it "hostile bytes get one answer a line and no crash"
head -c 200000 /dev/urandom >"$scratch/noise"
echo >>"$scratch/noise"
"$CTFILTER" engine <"$scratch/noise" >"$scratch/answers"
status=$? err=
status_is 0
[[ $(wc -l <"$scratch/noise") -eq $(wc -l <"$scratch/answers") ]] || fail "lines differ in number"

it "a line may be long and deep"
{
    head -c 3000000 /dev/zero | tr '\0' '['
    printf '\n{"id":1,"pattern":"x","message":"'
    head -c 3000000 /dev/zero | tr '\0' 'x'
    printf '"}\n'
} >"$scratch/long"
out=$("$CTFILTER" engine <"$scratch/long")
out_is '{"error":{"kind":"request","message":"not JSON at byte 1024: nested deeper than 1024"}}
{"id":1,"match":true}'

it "each answer is flushed before the next request is read"
coproc ENGINE { "$CTFILTER" engine; }
for i in 1 2 3; do
    echo "{\"id\":$i,\"pattern\":\"x\",\"message\":\"x\"}" >&"${ENGINE[1]}"
    read -r -t 120 out <&"${ENGINE[0]}" || fail "no answer $i"
    out_is "{\"id\":$i,\"match\":true}"
done
eval "exec ${ENGINE[1]}>&-"
wait "$ENGINE_PID" || fail "the engine ends badly"

it "every reader gives the verdict"
for reader in scan stream loaded all; do
    for chunk in 1 7 64; do
        feed '{"id":1,"pattern":"{ $.a.b = \\"x*\\" }","message":"{\\"a\\":{\\"b\\":\\"xyz\\"}}"}\n{"id":2,"pattern":"[a,b=2]","message":"1 3"}\n{"id":3,"pattern":"","message":""}\n' \
            engine --reader "$reader" --chunk "$chunk"
        status_is 0
        out_is '{"id":1,"match":true}
{"id":2,"match":false}
{"id":3,"match":true}'
    done
done

it "operands are misuse"
run engine x
status_is 2
err_has "takes no arguments, not 'x'"

finish
