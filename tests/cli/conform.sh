# Scoring: what conform says of right, wrong, dying, hanging and babbling engines.
. ./lib.sh

vectors=$scratch/vectors.jsonl
cat >"$vectors" <<'END'
{"id": "text-1", "pattern": "x", "message": "xyz", "match": true, "source": "s", "confidence": "recorded"}
{"id": "text-2", "pattern": "q", "message": "xyz", "match": false, "source": "s", "confidence": "decided"}

{"id": "err-001", "pattern": "{", "message": "xyz", "error": true, "confidence": "recorded"}
END

# An engine that says yes to everything.
yes_engine="sed -u 's/.*\"id\":\\(\"[^\"]*\"\\).*/{\"id\":\\1,\"match\":true}/'"

it "its own engine agrees"
run conform "$vectors"
status_is 0
out_is '                           vectors    agree   differ  unscored
kind       filter                3        3        0         0
family     text                  2        2        0         0
family     err                   1        1        0         0
confidence recorded              2        2        0         0
confidence decided               1        1        0         0
all                              3        3        0         0'

it "its own engine agrees as a process, through every reader"
run conform --engine "'$CTFILTER' engine" "$vectors"
status_is 0
for reader in scan stream loaded all; do
    run conform --reader "$reader" "$vectors"
    status_is 0
done

it "a wrong engine's differences are told, each with request, expectation and answer"
run conform --engine "$yes_engine" "$vectors"
status_is 1
out_has "differs text-2 (decided, $vectors:2)
  request   {\"id\":\"text-2\",\"pattern\":\"q\",\"message\":\"xyz\"}
  expected  {\"match\":false}
  got       {\"id\":\"text-2\",\"match\":true}"
out_has "differs err-001"
out_has "family     err                   1        0        1         0"
out_has "all                              3        1        2         0"

it "quiet prints the totals alone"
run conform -q --engine "$yes_engine" "$vectors"
status_is 1
out_lacks "differs "
out_has "all                              3        1        2         0"

it "what is expected stays out of the request"
run conform --engine "tee '$scratch/asked' | $yes_engine" "$vectors"
[[ $(head -n 1 "$scratch/asked") == '{"id":"text-1","pattern":"x","message":"xyz"}' ]] || fail "$(<"$scratch/asked")"

it "trouble is no refusal"
run conform --engine "sed -u 's/.*\"id\":\\(\"[^\"]*\"\\).*/{\"id\":\\1,\"error\":{\"kind\":\"disagreement\"}}/'" "$vectors"
status_is 1
out_has "all                              3        0        3         0"

it "what the engine takes for no request is unscored"
run conform --engine "sed -u 's/.*\"id\":\\(\"[^\"]*\"\\).*/{\"id\":\\1,\"error\":{\"kind\":\"request\"}}/'" "$vectors"
status_is 2
out_has "all                              3        0        0         3"
err_has "3 of 3 vectors could not be scored"

it "a kind that nobody knows is unscored"
echo '{"id":"k-1","kind":"strange","expected_state":"OK"}' >"$scratch/strange"
run conform "$scratch/strange"
status_is 2
out_has "kind       strange               1        0        0         1"

it "an engine that ends early is told with its status"
run conform --engine "exit 3" "$vectors"
status_is 2
err_has "the engine ended with status 3 after 0 of 3 answers"

it "an engine that is killed is told with the signal"
run conform --engine "head -n 1 | $yes_engine; kill -9 \$\$" "$vectors"
status_is 2
err_has "the engine was killed by signal 9 after 1 of 3 answers"

it "an engine that hangs is given up and leaves no process"
run conform --timeout 1 --engine "echo \$\$ >'$scratch/pid'; sleep 100; true" "$vectors"
status_is 2
err_has "the engine has answered nothing for 1 seconds, after 0 of 3 answers"
kill -0 "$(<"$scratch/pid")" 2>/dev/null && fail "it is still there"

it "an engine that closes its output and stays is given up"
run conform --timeout 1 --engine "exec >&-; sleep 100" "$vectors"
status_is 2

it "an engine that does not end with its input is given up"
run conform --timeout 1 --engine "$yes_engine; sleep 100" "$vectors"
status_is 2
err_has "the engine does not end when its input does"

it "an engine that says more than asked is told"
run conform --engine "$yes_engine; echo '{}'" "$vectors"
status_is 2
err_has "the engine says more than it was asked"

it "an engine that babbles is told"
run conform --engine "yes" "$vectors"
status_is 2
err_has "$vectors:1: this is no answer to it: y"

it "answers out of step are told"
run conform --engine "cat >/dev/null; echo '{\"id\":\"text-2\",\"match\":true}'" "$vectors"
status_is 2
err_has "$vectors:1: this is no answer to it"

it "a command that is not there is told"
run conform --engine "/nonexistent/engine" "$vectors"
status_is 2
err_has "the engine ended with status 127"

it "the last answer needs no newline"
run conform --engine "cat >/dev/null; printf '{\"id\":\"text-1\",\"match\":true}\n{\"id\":\"text-2\",\"match\":false}\n{\"id\":\"err-001\",\"error\":{}}'" "$vectors"
status_is 0

it "an engine that reads everything first and answers at length cannot deadlock"
long=$(head -c 4000 /dev/zero | tr '\0' x)
for i in $(seq 1 1000); do
    echo "{\"id\":\"big-$i\",\"pattern\":\"x\",\"message\":\"$long\",\"match\":true}"
done >"$scratch/big"
run conform --timeout 20 --engine "cat >'$scratch/all'; sed 's/}\$/,\"match\":true}/' '$scratch/all'" "$scratch/big"
status_is 0
run conform --timeout 20 --engine "sed -u 's/}\$/,\"match\":true}/'" "$scratch/big"
status_is 0

it "a file that is not there, is no vectors or is empty is told"
run conform "$scratch/none"
status_is 2
err_has "No such file"
echo '{"id":1,' >"$scratch/bad"
run conform "$scratch/bad"
status_is 2
err_has "$scratch/bad:1:9: "
echo '{"id":1,"pattern":"x","message":"y"}' >"$scratch/bad"
run conform "$scratch/bad"
status_is 2
err_has "$scratch/bad:1: no vector"
: >"$scratch/bad"
run conform "$scratch/bad"
status_is 2
err_has "no vectors"

it "a signal that ends the scoring ends the engine too"
for signal in HUP TERM; do
    "$CTFILTER" conform --engine "echo \$\$ >'$scratch/engine.pid'; sleep 100; :" "$vectors" >"$scratch/out" 2>&1 &
    until [[ -s $scratch/engine.pid ]]; do sleep 0.01; done
    kill -$signal $!
    wait $! 2>"$scratch/err"
    [[ $? -eq $((128 + $(kill -l $signal))) ]] || fail "status $?"
    for _ in {1..200}; do kill -0 "$(<"$scratch/engine.pid")" 2>"$scratch/err" || break; sleep 0.01; done
    ! kill -9 "$(<"$scratch/engine.pid")" 2>"$scratch/err" || fail "after $signal it is left"
    rm "$scratch/engine.pid"
done

it "--reader is not for other engines"
run conform --engine cat --reader scan "$vectors"
status_is 2

it "vectors come from standard input too"
out=$("$CTFILTER" conform - <"$vectors") || fail "$out"

finish
