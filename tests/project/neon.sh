#!/usr/bin/env bash
# The library for aarch64, run on whatever machine this is: neon.sh SOURCE WORK CMAKE
#
# Builds the core (libc alone), the unit tests of what kernels do and what is built on them, and the runner
# of the cases, and runs them under an emulator: the NEON kernel, and a machine whose char is unsigned. Ends
# with 77 where the compiler or the emulator is missing. Debian: gcc-aarch64-linux-gnu libc6-dev-arm64-cross
# qemu-user.
set -euo pipefail
source=$1 work=$2 cmake=$3
cc=aarch64-linux-gnu-gcc
emulator=qemu-aarch64
units="arena blocks canonical compile error filter kernel limits match pattern_fields pattern_json pattern_terms
       probe probe_scan reader reference regex tokens unmatched utf8"

for tool in $cc $emulator; do
    command -v $tool >/dev/null || { echo "skipped: there is no $tool"; exit 77; }
done
echo 'int main(void) { return 0; }' | $cc -static -x c -o /dev/null - 2>/dev/null ||
    { echo "skipped: $cc does not link"; exit 77; }
mkdir -p "$work"

configure() {
    "$cmake" -S "$source" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER=$cc \
        -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 -DCTFILTER_STREAM=OFF -DCTFILTER_CLI=OFF \
        -DCTFILTER_TESTS=OFF -DCTFILTER_INSTALL=OFF &&
        touch "$work/configured"
}

library() {
    [ -e "$work/configured" ] || configure || return
    "$cmake" --build "$work/build" --target ctfilter_static --parallel 2
}

program() {
    local name=$1
    shift
    $cc -std=c11 -O1 -static -DEMULATED -I"$source/include" -I"$source/lib" -I"$source/tests" -I"$source/tests/unit" \
        -I"$source/tests/project/bare" "$@" "$work/build/lib/libctfilter.a" -lm -o "$work/$name"
}

run() {
    $emulator "$work/$1" "${@:2}" >"$work/$1.out" 2>&1 || { echo "$1 fails:"; tail -5 "$work/$1.out"; exit 1; }
}

library >"$work/log" 2>&1 || { tail -30 "$work/log"; exit 1; }
for unit in $units; do
    program "test_$unit" "$source/tests/unit/test_$unit.c"
    run "test_$unit"
done
program test_cases "$source"/tests/conformance/test_cases.c "$source"/tests/support/*.c "$source"/tests/oracle/*.c
for cases in "$source"/tests/cases/*.cases; do # each by itself: fewer pairs of pattern and message
    case $cases in *-errors.cases) ;; *) run test_cases "$cases" ;; esac
done
grep -qx every_kernel_indexes_as_a_loop_does "$work/test_blocks.out" || { echo "the tests of kernels did not run"; exit 1; }
echo "$(echo $units | wc -w) unit tests and the cases hold on aarch64"
