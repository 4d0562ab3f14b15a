/* Templates of the catalogue: what each @x of them stands for. Things that an account owns (instances,
 * networks, keys, buckets) come from small pools, so that they recur as they do in life. */
#include "trail_parts.h"

static const char hex[] = "0123456789abcdef";
static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* A generator for one of n things of the kind that the account owns. */
static trail_random owned(trail_scene *scene, char kind, uint32_t n)
{
    uint64_t which = trail_below(&scene->random, n);
    return (trail_random){trail_mix(trail_mix(scene->entry->account, (unsigned char)kind), which)};
}

static void put_owned_hex(trail_scene *scene, char kind, const char *prefix, uint32_t n)
{
    trail_random random = owned(scene, kind, n);
    trail_put(scene->out, prefix);
    trail_put(scene->out, "0");
    trail_put_drawn(scene->out, &random, hex, 16);
}

static void put_one_of(trail_scene *scene, const char *const *words, uint32_t n)
{
    trail_put(scene->out, words[trail_below(&scene->random, n)]);
}

static void put_role_name(trail_scene *scene)
{
    static const char *const roles[] = {"app-server", "deploy-pipeline", "report-runner", "backup-operator",
                                        "service-catalog-launch", "order-events-consumer"};
    put_one_of(scene, roles, sizeof roles / sizeof *roles);
}

static void put_word(trail_scene *scene)
{
    static const char *const words[] = {"orders",   "payments", "catalog", "billing", "sessions",
                                        "invoices", "search",   "metrics", "mailer",  "images"};
    put_one_of(scene, words, sizeof words / sizeof *words);
}

static void put_bucket(trail_scene *scene)
{
    static const char *const buckets[] = {"example-shop-uploads", "example-shop-backups", "example-audit-logs",
                                          "example-web-assets", "example-data-lake-raw"};
    put_one_of(scene, buckets, sizeof buckets / sizeof *buckets);
    trail_put(scene->out, "-");
    trail_put(scene->out, scene->account);
}

static void put_owned_uuid(trail_scene *scene)
{
    trail_random random = owned(scene, 'k', 5);
    trail_put_uuid(scene->out, &random);
}

static void put_other_account(trail_scene *scene)
{
    trail_put(scene->out, trail_account((scene->entry->account + 1u) % TRAIL_ACCOUNTS));
}

/* Jan 12, 2026, 9:05:11 AM */
static void put_spoken_time(trail_scene *scene)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    trail_date date = trail_date_of(scene->entry->time);
    trail_put_bytes(scene->out, months + 3 * (date.month - 1), 3);
    trail_put(scene->out, " ");
    trail_put_number(scene->out, (uint64_t)date.day, 1);
    trail_put(scene->out, ", ");
    trail_put_number(scene->out, (uint64_t)date.year, 4);
    trail_put(scene->out, ", ");
    trail_put_number(scene->out, (uint64_t)(date.hour % 12 ? date.hour % 12 : 12), 1);
    trail_put(scene->out, ":");
    trail_put_number(scene->out, (uint64_t)date.minute, 2);
    trail_put(scene->out, ":");
    trail_put_number(scene->out, (uint64_t)date.second, 2);
    trail_put(scene->out, date.hour < 12 ? " AM" : " PM");
}

/* The moment as Java prints a double of seconds: 1.768208711857E9 */
static void put_java_time(trail_scene *scene)
{
    uint64_t ms = (uint64_t)scene->entry->time * 1000 + 1 + trail_below(&scene->random, 999);
    uint64_t tail = ms % 1000000000000u;
    trail_put_number(scene->out, ms / 1000000000000u, 1);
    trail_put(scene->out, ".");
    int width = 12;
    for (; tail % 10 == 0; tail /= 10)
        width--;
    trail_put_number(scene->out, tail, width);
    trail_put(scene->out, "E9");
}

static void put_number(trail_scene *scene)
{
    trail_put_number(scene->out, 100 + trail_below(&scene->random, 65000), 1);
}

static void put_long(trail_scene *scene)
{
    trail_put_drawn(scene->out, &scene->random, base64, 480 + trail_below(&scene->random, 400));
}

static void put_address(trail_scene *scene)
{
    trail_put(scene->out, "203.0.113.");
    trail_put_number(scene->out, trail_below(&scene->random, 256), 1);
}

/* Things of the moment: drawn anew each time. */
static void expand_drawn(trail_scene *scene, char letter)
{
    switch (letter) {
    case 'U': trail_put_uuid(scene->out, &scene->random); break;
    case 'x': trail_put_drawn(scene->out, &scene->random, hex, 16); break;
    case 'X': trail_put_drawn(scene->out, &scene->random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 16); break;
    case 'y': trail_put_drawn(scene->out, &scene->random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 9); break;
    case 's': trail_put_drawn(scene->out, &scene->random, base64, 6); break;
    case 'm': trail_put_drawn(scene->out, &scene->random, base64, 75); trail_put(scene->out, "="); break;
    case 'n': trail_put_number(scene->out, 1 + trail_below(&scene->random, 9), 1); break;
    case 'N': put_number(scene); break;
    case 'p': put_address(scene); break;
    case 'l': put_long(scene); break;
    case 'w': put_word(scene); break;
    default: trail_put_bytes(scene->out, &letter, 1); break;
    }
}

static void expand(trail_scene *scene, char letter)
{
    switch (letter) {
    case 'a': trail_put(scene->out, scene->account); break;
    case 'o': put_other_account(scene); break;
    case 'g': trail_put(scene->out, scene->region); break;
    case 'u': trail_put(scene->out, scene->actor->name); break;
    case 'A': trail_put_arn(scene); break;
    case 'r': put_role_name(scene); break;
    case 'b': put_bucket(scene); break;
    case 'k': put_owned_uuid(scene); break;
    case 'i': put_owned_hex(scene, 'i', "i-", 6); break;
    case 'v': put_owned_hex(scene, 'v', "vpc-", 2); break;
    case 'z': put_owned_hex(scene, 'z', "subnet-", 4); break;
    case 'q': put_owned_hex(scene, 'q', "sg-", 4); break;
    case 't': trail_put_time(scene->out, scene->entry->time); break;
    case 'j': put_spoken_time(scene); break;
    case 'e': put_java_time(scene); break;
    default: expand_drawn(scene, letter); break;
    }
}

void trail_expand(trail_scene *scene, const char *template)
{
    for (const char *c = template; *c; c++) {
        if (*c == '\'')
            trail_put(scene->out, "\"");
        else if (*c == '`')
            trail_put(scene->out, "\\\"");
        else if (*c == '@' && c[1])
            expand(scene, *++c);
        else
            trail_put_bytes(scene->out, c, 1);
    }
}
