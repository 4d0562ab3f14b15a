/* The list of engines. */
#include "engine.h"

size_t bench_engines(bench_engine *list)
{
    size_t n = bench_engines_ctfilter(list, 0);
    n = bench_engines_limits(list, n);
    n = bench_engines_by_hand(list, n);
    n = bench_engines_hyperscan(list, n);
    n = bench_engines_simdjson(list, n);
    n = bench_engines_yyjson(list, n);
    n = bench_engines_rapidjson(list, n);
    return bench_engines_yajl(list, n);
}
