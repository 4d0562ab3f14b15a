#!/usr/bin/env bash
# Builds and runs somebody's program: consumer.sh WAY SOURCE BUILD WORK CMAKE CC
#
# package, package_static, pkgconfig and pkgconfig_static install BUILD and then move what was installed,
# so that a path of this machine in it would be noticed; vendored takes the sources in; core builds the
# library alone and looks at what it needs.
set -euo pipefail
way=$1 source=$2 build=$3 work=$4 cmake=$5 cc=$6
case $cc in *clang*) cxx=clang++ ;; *) cxx=c++ ;; esac

rm -rf "$work"
mkdir -p "$work"

configure() {
    "$cmake" -S "$1" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER="$cc" "${@:2}" >"$work/log" 2>&1 &&
        "$cmake" --build "$work/build" --parallel 2 >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
}

consume() {
    configure "$source/tests/consumer" -DCMAKE_CXX_COMPILER="$cxx" "$@"
    LD_LIBRARY_PATH=${lib:-} "$work/build/consumer"
}

# Text files must name neither tree in any build, binaries in none that is made to be installed.
names_a_path() {
    local which=-rIl
    grep -qE 'CMAKE_BUILD_TYPE:[A-Z]+=Release' "$build/CMakeCache.txt" && which=-rl
    grep $which -e "$source/" -e "$build" -e "$work" "$1"
}

install() {
    "$cmake" --install "$build" --prefix "$work/first" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    mv "$work/first" "$work/moved"
    if names_a_path "$work/moved"; then
        echo "installed files name a directory of this machine"
        exit 1
    fi
    lib=$(dirname "$(find "$work/moved" -name libctfilter.so)")
    export PKG_CONFIG_PATH=$lib/pkgconfig
}

# Only the C library, and nothing of yajl.
needs_libc_alone() {
    local needed
    needed=$(readelf -d "$1" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p')
    [ "$needed" = libc.so.6 ] || { echo "the core needs:" $needed; exit 1; }
}

case $way in
package) install; consume -DWAY=package -DCMAKE_PREFIX_PATH="$work/moved" ;;
package_static) install; consume -DWAY=package -DSTATIC=ON -DCMAKE_PREFIX_PATH="$work/moved" ;;
pkgconfig) install; consume -DWAY=pkgconfig ;;
pkgconfig_static)
    install
    rm "$lib"/libctfilter.so*
    "$cc" -std=c11 -c $(pkg-config --cflags ctfilter) "$source/tests/consumer/consumer.c" -o "$work/consumer.o"
    "$cxx" -std=c++17 $(pkg-config --cflags ctfilter) "$work/consumer.o" "$source/tests/consumer/header.cpp" \
        $(pkg-config --static --libs ctfilter) -o "$work/consumer"
    "$work/consumer"
    ;;
vendored) consume -DWAY=vendored -DCTFILTER_SOURCE="$source" ;;
core)
    configure "$source" -DCTFILTER_STREAM=OFF -DCTFILTER_CLI=OFF -DCTFILTER_TESTS=OFF
    needs_libc_alone "$(find "$work/build" -name libctfilter.so)"
    echo "the core needs libc alone"
    ;;
*) echo "no such way: $way"; exit 2 ;;
esac
