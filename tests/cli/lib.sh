# What the command's tests share. A test says what it is about (it "sentence"), runs the command ($CTFILTER)
# and asserts; a script ends with `finish`. $scratch is a directory of its own.
set -u
: "${CTFILTER:?the path of the command}"
LC_ALL=C.UTF-8
export LC_ALL
scratch=$(mktemp -d)
failures=0
finished=no
sentence="(no name)"

on_exit() {
    rm -rf "$scratch"
    if [[ $finished == no ]]; then
        echo "the script ended early, at: $sentence"
        exit 1
    fi
}
trap on_exit EXIT

it() { sentence=$1; }

fail() {
    echo "FAILED: $sentence"
    printf '    %s\n' "$@"
    failures=$((failures + 1))
}

# Runs the command; $out, $err and $status tell what came of it. Standard input is empty or what `feed` gives.
run() {
    out=$("$CTFILTER" "$@" 2>"$scratch/err" </dev/null)
    status=$?
    err=$(<"$scratch/err")
}

# feed TEXT ARGUMENT...: the same with TEXT (printf escapes) on standard input.
feed() {
    local text=$1
    shift
    out=$(printf "$text" | "$CTFILTER" "$@" 2>"$scratch/err")
    status=$?
    err=$(<"$scratch/err")
}

status_is() { [[ $status -eq $1 ]] || fail "exit status $status, not $1" "stderr: $err"; }
out_is() { [[ $out == "$1" ]] || fail "stdout: $out" "not:    $1"; }
err_is() { [[ $err == "$1" ]] || fail "stderr: $err" "not:    $1"; }
out_has() { [[ $out == *"$1"* ]] || fail "stdout lacks: $1" "stdout: $out"; }
err_has() { [[ $err == *"$1"* ]] || fail "stderr lacks: $1" "stderr: $err"; }
out_lacks() { [[ $out != *"$1"* ]] || fail "stdout has: $1"; }

# holds COMMAND...: succeeds; else shows what it printed.
holds() {
    local said
    said=$("$@" 2>&1) || fail "does not hold: $*" "$said"
}

# silent COMMAND...: succeeds and prints nothing.
silent() {
    local said
    said=$("$@" 2>&1) && [[ -z $said ]] || fail "not silent: $*" "$said"
}

has() { command -v "$1" >/dev/null; }

# Can a command be run at a terminal here? Some containers have no pseudo-terminals.
has_terminal() { has script && script -qec true /dev/null </dev/null >/dev/null 2>&1; }

finish() {
    finished=yes
    [[ $failures -eq 0 ]] && echo "all assertions hold"
    exit $((failures > 0))
}
