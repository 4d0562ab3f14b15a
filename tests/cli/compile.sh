# Saving programs: complete or not at all, and equal to their patterns when loaded.
. ./lib.sh

program=$scratch/p.ctf
printf 'one ERROR\ntwo fine\nthree ERROR\n' >"$scratch/log"

it "a saved program matches like its pattern"
run compile -o "$program" ERROR
status_is 0
out_is ""
run match --program "$program" "$scratch/log"
status_is 0
loaded=$out
run match ERROR "$scratch/log"
out_is "$loaded"
out_has "three ERROR"

it "equal patterns give equal bytes"
run compile -o "$scratch/q.ctf" ERROR
holds cmp "$program" "$scratch/q.ctf"

it "a dump of the saved program is that of its patterns"
run compile -o "$program" '{ $.a = 1 }' '[x, y = 2*]'
run dump --program "$program"
status_is 0
loaded=$out
run dump '{ $.a = 1 }' '[x, y = 2*]'
out_is "$loaded"

it "patterns come from a file too"
printf '# two\nERROR\nfine\n' >"$scratch/patterns"
run compile -o "$program" -f "$scratch/patterns"
status_is 0
run match -c --program "$program" "$scratch/log"
out_is 3

it "a refused pattern leaves the old program alone"
before=$(cksum <"$program")
run compile -o "$program" '{ $.a'
status_is 2
[[ $(cksum <"$program") == "$before" ]] || fail "it changed"

it "nothing but the program is left in its directory"
left=$(ls -A "$scratch" | sort | tr '\n' ' ')
[[ $left == "err log p.ctf patterns q.ctf " ]] || fail "$left"

it "the old program's mode and a link to it are kept"
chmod 640 "$program"
ln -s p.ctf "$scratch/link"
run compile -o "$scratch/link" fine
status_is 0
[[ -L $scratch/link ]] || fail "the link is gone"
[[ $(stat -c %a "$program") == 640 ]] || fail "mode $(stat -c %a "$program")"

it "a new program has the mode that any new file gets"
(umask 027 && "$CTFILTER" compile -o "$scratch/new" x)
[[ $(stat -c %a "$scratch/new") == 640 ]] || fail "mode $(stat -c %a "$scratch/new")"

it "where nothing can be written, that is told"
run compile -o "$scratch/none/p" x
status_is 2
err_has "$scratch/none/p: No such file or directory"
run compile -o "$scratch" x
status_is 2
err_has "Is a directory"

it "a write that fails half-way leaves the old program alone and nothing else"
before=$(cksum <"$program")
many=$(seq -f 'term%g' 1 100 | tr '\n' ' ')
said=$(ulimit -f 1 && "$CTFILTER" compile -o "$program" "$many" 2>&1)
[[ $? -eq 2 && $said == "ctfilter: $program: File too large" ]] || fail "$said"
[[ $(cksum <"$program") == "$before" ]] || fail "it changed"
[[ -z $(find "$scratch" -name '*.ctfilter.*') ]] || fail "$(ls -A "$scratch")"

it "a signal leaves the old program or the new one, and nothing else"
seq -f 'term%g' 1 20000 >"$scratch/many"
mkdir "$scratch/signals"
"$CTFILTER" compile -o "$scratch/signals/old" x
"$CTFILTER" compile -o "$scratch/new" -f "$scratch/many"
for _ in {1..5}; do
    rm -f "$scratch"/signals/.ctfilter.*
    cp "$scratch/signals/old" "$scratch/signals/p"
    "$CTFILTER" compile -o "$scratch/signals/p" -f "$scratch/many" &
    until compgen -G "$scratch/signals/.ctfilter.*" >"$scratch/seen" || ! kill -0 $! 2>>"$scratch/seen"; do :; done
    kill $! 2>>"$scratch/seen"
    wait $! 2>>"$scratch/seen"
    [[ $(ls -A "$scratch/signals") == $'old\np' ]] || fail "$(ls -A "$scratch/signals")"
    cmp -s "$scratch/signals/old" "$scratch/signals/p" || holds cmp "$scratch/new" "$scratch/signals/p"
done

it "the longest of names is no longer than the system's"
long=$(printf '%0255d' 0)
run compile -o "$scratch/signals/$long" x
status_is 0
[[ -f $scratch/signals/$long ]] || fail "it is not there"

it "a link that leads nowhere is told and stays"
ln -s nowhere "$scratch/lost"
ln -s round "$scratch/round"
run compile -o "$scratch/lost" x
status_is 2
err_is "ctfilter: $scratch/lost: No such file or directory"
run compile -o "$scratch/round" x
status_is 2
err_is "ctfilter: $scratch/round: Too many levels of symbolic links"
[[ -L $scratch/lost && -L $scratch/round ]] || fail "a link is gone"

it "a file that may not be written is told and stays"
if [[ $(id -u) -ne 0 ]]; then
    echo mine >"$scratch/fixed"
    chmod 444 "$scratch/fixed"
    run compile -o "$scratch/fixed" x
    status_is 2
    err_is "ctfilter: $scratch/fixed: Permission denied"
    [[ $(<"$scratch/fixed") == mine ]] || fail "it changed"
fi

it "a pipe is written to, not replaced"
mkfifo "$scratch/pipe"
cat "$scratch/pipe" >"$scratch/read" &
run compile -o "$scratch/pipe" fine
status_is 0
if [[ -p $scratch/pipe ]]; then
    wait
else
    fail "it is gone"
    kill $!
fi
holds cmp "$program" "$scratch/read"

it "- is standard output"
run compile -o "$program" x
"$CTFILTER" compile -o - x >"$scratch/stdout"
holds cmp "$program" "$scratch/stdout"

it "a terminal is refused"
if has_terminal; then
    said=$(script -qec "'$CTFILTER' compile -o - x" /dev/null </dev/null)
    [[ $said == *"is a terminal; name a file instead"* ]] || fail "$said"
fi

it "misuse is told"
run compile x
status_is 2
err_has "needs -o FILE"
run compile -o "$program"
status_is 2

it "a damaged program is refused, wherever it is damaged"
size=$(stat -c %s "$program")
for at in 0 5 $((size / 2)) $((size - 1)); do
    cp "$program" "$scratch/damaged"
    byte=$(dd if="$program" bs=1 skip="$at" count=1 2>/dev/null | od -An -tu1)
    printf "\\x$(printf %02x $((byte ^ 1)))" | dd of="$scratch/damaged" bs=1 seek="$at" conv=notrunc 2>/dev/null
    run match --program "$scratch/damaged" "$scratch/log"
    status_is 2
    err_has "$scratch/damaged"
done
for length in 0 1 16 $((size - 1)); do
    head -c "$length" "$program" >"$scratch/damaged"
    run match --program "$scratch/damaged" "$scratch/log"
    status_is 2
done

finish
