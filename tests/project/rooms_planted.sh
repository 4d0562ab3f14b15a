#!/usr/bin/env bash
# rooms.sh finds a planted violation of every rule: rooms_planted.sh WORK
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$1
failed=0

# plant FILE LINE: a tree with one file that holds one line, and two headers of the command.
plant() {
    rm -rf "$work"
    mkdir -p "$work/lib" "$work/include" "$work/bindings/cli/"{front,report} "$work/$(dirname "$1")"
    touch "$work/bindings/cli/"{front/options.h,report/chart.h,main.h}
    printf '%s\n' "$2" >"$work/$1"
}

refuses() {
    plant "$1" "$2"
    if bash "$here/rooms.sh" "$work" >/dev/null; then
        echo "not found: $2 in $1"
        failed=1
    fi
}

accepts() {
    plant "$1" "$2"
    bash "$here/rooms.sh" "$work" || { echo "wrongly found: $2 in $1"; failed=1; }
}

refuses lib/base/a.c '#include "pattern/tree.h"'
refuses lib/base/a.h '#include <ctfilter/filter.h>'
refuses lib/pattern/lexer.re '  #  include  "program/image.h"'
refuses lib/program/plan.c '#include "match/glob.h"'
refuses lib/program/image.h '#include "pattern/tree.h"'
refuses lib/program/verify.c '#include "program/plan.h"'
refuses lib/match/walk.c '#include "pattern/tree.h"'
refuses lib/match/walk.c '#include "program/plan.h"'
refuses lib/match/scan.c '#include <yajl/yajl_parse.h>'
refuses lib/match/scan.c '#include "metric/series.h"'
refuses lib/metric/series.c '#include "alarm/state.h"'
refuses lib/match/match.c '#include "reason/json.h"'
refuses lib/reason/json.c '#include "metric/series.h"'
refuses lib/simd/scalar.c '#include "match/walk.h"'
refuses lib/base/a.c '#include <locale.h>'
refuses lib/match/scan.c '#include <sys/stat.h>'
refuses lib/match/scan.c '#include "../pattern/tree.h"'
refuses lib/attic/a.c '#include "base/arena.h"'
refuses include/ctfilter/a.h '#include "base/arena.h"'
refuses include/ctfilter/a.h '#include <string.h>'
refuses bindings/cli/main.c '#include "match/walk.h"'
refuses bindings/cli/replay/a.c '#include "chart.h"'
refuses bindings/cli/manual/a.c '#include "main.h"'
refuses bindings/cli/attic/a.c '#include "options.h"'
refuses lib/base/a.c 'int nothing_included;'

accepts lib/match/vm.c '#include "program/opcodes.def"'
accepts lib/match/stream_yajl.c '#include <yajl/yajl_parse.h>'
accepts lib/program/plan.c '#include "pattern/tree.h"'
accepts bindings/cli/main.c '#include <stdio.h>'
accepts bindings/cli/main.c '#include "chart.h"'
accepts bindings/cli/suite/a.c '#include "chart.h"'
accepts bindings/cli/front/a.c '#include "options.h"'
accepts lib/reason/judge.c '#include "program/plan.h"'
accepts lib/alarm/state.c '#include "metric/series.h"'

rm -rf "$work"
exit $failed
