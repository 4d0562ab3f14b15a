// The public headers are C++17 too.
#include <ctfilter/ctfilter.h>

extern "C" size_t patterns_by_cpp(void);

size_t patterns_by_cpp(void)
{
    const ctf_pattern pattern{{"", 0}, {"all", 3}, nullptr, 0};
    ctf_filter *filter = nullptr;
    const ctf_status status = ctf_filter_compile(&pattern, 1, nullptr, &filter, nullptr);
    const size_t n = status == CTF_OK ? ctf_filter_count(filter) : 0;
    ctf_filter_free(filter);
    return n;
}
