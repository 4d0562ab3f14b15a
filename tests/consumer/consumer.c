/* Compiles a filter, asks it about two messages and says whether the library is what its header says. */
#include <ctfilter/ctfilter.h>

#include <stdio.h>
#include <string.h>

size_t patterns_by_cpp(void);

static int matches(ctf_scratch *scratch, const char *message)
{
    ctf_hits hits;
    return ctf_match(scratch, message, strlen(message), &hits) == CTF_OK && hits.n == 1;
}

int main(void)
{
    static const char text[] = "{ $.eventName = \"ConsoleLogin\" }";
    ctf_pattern pattern = {.text = {text, sizeof text - 1}};
    ctf_filter *filter = NULL;
    ctf_scratch *scratch = NULL;
    ctf_error error;
    int good = ctf_filter_compile(&pattern, 1, NULL, &filter, &error) == CTF_OK &&
               ctf_scratch_new(filter, NULL, &scratch) == CTF_OK &&
               matches(scratch, "{\"eventName\":\"ConsoleLogin\"}") &&
               !matches(scratch, "{\"eventName\":\"GetUser\"}") && patterns_by_cpp() == 1;
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    printf("ctfilter %s: %s\n", ctf_library_release(), good ? "good" : "bad");
    return good ? 0 : 1;
}
