#include "suite_path.h"

#include <string.h>

#include "paths.h"

/* A path as it is to be opened, NUL-terminated. */
static ctf_text resolve(suite_reading *r, ctf_text path)
{
    const char *slash = strrchr(r->file->path, '/');
    size_t directory = slash != NULL && path.data[0] != '/' ? (size_t)(slash - r->file->path) + 1 : 0;
    char *all = config_take(r->o.config, directory + path.length + 1, 1);
    memcpy(all, r->file->path, directory);
    memcpy(all + directory, path.data, path.length);
    all[directory + path.length] = '\0';
    return (ctf_text){all, directory + path.length};
}

static size_t read_one(suite_reading *r, const json_value *value, suite_message *out)
{
    ctf_text path;
    if (!config_text(&r->o, value, &path))
        return 0;
    if (path.length == 0 || strlen(path.data) != path.length || path_is_input(path.data)) {
        config_refuse(&r->o, value->place, "the path of a file is needed");
        return 0;
    }
    *out = (suite_message){config_place(&r->o, value->place), resolve(r, path)};
    return 1;
}

size_t suite_paths(suite_reading *r, const json_value *value, suite_message **out)
{
    size_t n = 0;
    *out = NULL;
    if (config_absent(&r->o, value))
        return 0;
    bool list = value->type == JSON_ARRAY;
    *out = config_take(r->o.config, list ? value->n : 1, sizeof **out);
    for (const json_value *one = list ? value->first : value; one != NULL; one = list ? one->next : NULL)
        n += read_one(r, one, *out + n);
    return n;
}
