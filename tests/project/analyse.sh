#!/usr/bin/env bash
# clang-tidy (with .clang-tidy) and cppcheck over the library and the command: analyse.sh ROOT BUILD [FILE...]
# BUILD is made; without FILEs, all of lib/ and bindings/cli/. Ends with 1 when either finds something.
set -euo pipefail
root=$(cd "$1" && pwd) build=$2
shift 2
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Debug -DCTFILTER_TESTS=OFF >/dev/null
cd "$root"
files=("$@")
[ $# -gt 0 ] || files=(lib/*/*.c bindings/cli/*.c bindings/cli/*/*.c)
found=0

# The analyser takes 40,000 steps for a function, not its 225,000: it found the same here, in a fifth of the time.
printf '%s\0' "${files[@]}" |
    xargs -0 -n 4 -P "$(nproc)" clang-tidy --quiet -p "$build" --extra-arg=-Xclang --extra-arg=-analyzer-config \
          --extra-arg=-Xclang --extra-arg=max-nodes=40000 2>/dev/null || found=1

# What is left out: it takes 0x1p53 for 0, and two names that begin equal for a slip; it follows no call that fills
# what it is given, which compilers and MemorySanitizer do.
cppcheck --std=c11 --enable=warning,performance,portability --inconclusive --quiet --error-exitcode=1 -j "$(nproc)" \
    -I include -I lib $(printf -- '-I %s ' bindings/cli/*/) -D__GNUC__=12 -D__x86_64__=1 -D__BYTE_ORDER__=1234 -D__ORDER_LITTLE_ENDIAN__=1234 \
    --suppress=incorrectLogicOperator:lib/metric/cursor.h \
    --suppress=uninitvar --suppress=duplicateAssignExpression \
    --suppress=shiftTooManyBits:lib/program/automaton.c \
    --suppress=objectIndex:lib/program/draft_leaves.c \
    "${files[@]}" || found=1
exit $found
