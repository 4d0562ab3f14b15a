/* Text terms (spec: filter-patterns 3). */
#include "tree.h"

static bool take_term(oracle_parser *p, oracle_term *term)
{
    term->sign = '+';
    if (oracle_take(p, "?")) {
        term->sign = '?';
    } else if (oracle_take(p, "-")) {
        term->sign = '-';
        oracle_skip_blanks(p);
    }
    if (p->at < p->text.length && p->text.data[p->at] == '"')
        return oracle_take_quoted(p, &term->text) && term->text.length > 0;
    term->text = oracle_take_run(p, "_.");
    return term->text.length > 0;
}

/* Between two items: blanks, or the sign of the next one. */
static bool separated(oracle_parser *p)
{
    size_t before = p->at;
    oracle_skip_blanks(p);
    if (p->at > before || p->at == p->text.length)
        return true;
    return p->text.data[p->at] == '-' || p->text.data[p->at] == '?';
}

bool oracle_parse_terms(oracle_pattern *pattern, oracle_text text)
{
    oracle_parser p = {.pool = &pattern->pool, .text = text};
    pattern->terms = oracle_alloc(p.pool, text.length, sizeof *pattern->terms);
    oracle_skip_blanks(&p);
    while (p.at < text.length)
        if (!take_term(&p, &pattern->terms[pattern->n_terms++]) || !separated(&p))
            return false;
    return true;
}
