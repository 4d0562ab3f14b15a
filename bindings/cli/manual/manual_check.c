/* The manual's section on checking: the rules are the library's own list. */
#include <stdio.h>

#include <ctfilter/check.h>

#include "manual_text.h"

bool manual_check_rule(size_t index, manual_room *room, manual_piece *out)
{
    ctf_check_rule rule;
    if (ctf_check_rule_at(index, &rule) != CTF_OK)
        return false;
    snprintf(room->tag, sizeof room->tag, "%s (%s)", rule.id, ctf_severity_name(rule.severity));
    snprintf(room->text, sizeof room->text, "%c%s. %s", rule.title[0] - (rule.title[0] >= 'a' && rule.title[0] <= 'z' ? 32 : 0),
             rule.title + 1, rule.help);
    *out = (manual_piece){MANUAL_ITEM, room->tag, room->text};
    return true;
}

const manual_piece manual_check[MANUAL_CHECK] = {
    {MANUAL_PARAGRAPH, NULL,
     "check takes patterns, pattern files and CONFIG files (see above), each recognised by its content. What "
     "it tells has "
     "the place, how bad it is, a sentence and the id of its rule, the place marked in the pattern, what to "
     "write there, and "
     "the service's own text of a refusal. \"write\" is what was meant for sure, and what --fix puts there; "
     "\"perhaps\" is "
     "for you to decide. A configuration is read as replay reads it with --lenient. The rules:"},
};
