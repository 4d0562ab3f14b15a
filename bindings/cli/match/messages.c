#include "messages.h"

#include "extract.h"
#include "match_crew.h"

typedef struct reading {
    message_fn take;
    void *context;
} reading;

static void at_end(match_worker *worker)
{
    (void)worker;
}

static bool take(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    const reading *r = worker->run->context;
    const message_seen seen = {worker->label, worker->index++, message->text, hits};
    if (r->take(r->context, &seen))
        return true;
    atomic_store(&worker->run->stop, true);
    worker->enough = true;
    return false;
}

bool messages_read(const cli_options *options, const ctf_filter *filter, const char *const *paths, size_t n,
                   message_fn take_one, void *context)
{
    static const match_sink sink = {.begin = at_end, .end = at_end, .message = take};
    reading r = {take_one, context};
    match_plan plan = {.filter = filter, .sees_all = true, .most_matches = UINT64_MAX};
    path_list list = {0};
    plan.n_patterns = ctf_filter_count(filter);
    bool good = match_plan_read_reading(options, &plan);
    plan.threads = 1;
    plan.extractor = extract_compile(NULL, 0);
    for (size_t i = 0; i < n; i++)
        paths_add(&list, paths[i]);
    match_run run = {.plan = &plan, .sink = &sink, .context = &r, .paths = &list};
    good = good && plan.extractor != NULL && match_crew_run(&run);
    paths_free(&list);
    match_plan_free(&plan);
    return good;
}
