#include "alarm/rule.h"

static ctfi_bytes bare_name(ctf_text text)
{
    static const char mark[] = ":alarm:";
    ctfi_bytes name = {(const unsigned char *)text.data, text.length};
    if (text.length < 4 || memcmp(text.data, "arn:", 4) != 0)
        return name;
    for (size_t at = 0; at + sizeof mark - 1 <= text.length; at++) {
        if (memcmp(text.data + at, mark, sizeof mark - 1) == 0) {
            name.data += at + sizeof mark - 1;
            name.length -= at + sizeof mark - 1;
            return name;
        }
    }
    return name;
}

int ctf_alarm_name_equal(ctf_text a, ctf_text b)
{
    return ctfi_bytes_equal(bare_name(a), bare_name(b));
}

void ctf_rule_free(ctf_rule *rule)
{
    if (rule == NULL)
        return;
    ctfi_arena arena = rule->arena; /* the rule lies in it */
    ctfi_arena_free(&arena);
}

size_t ctf_rule_count(const ctf_rule *rule)
{
    return rule == NULL ? 0 : rule->n_children;
}

ctf_text ctf_rule_child(const ctf_rule *rule, size_t index)
{
    ctf_text none = {NULL, 0};
    if (rule == NULL || index >= rule->n_children)
        return none;
    return (ctf_text){(const char *)rule->children[index].data, rule->children[index].length};
}

static bool at_least(const ctf_rule *rule, const ctfi_rule_code *code, const ctf_state *children)
{
    uint32_t holding = 0;
    for (uint32_t i = 0; i < code->count; i++)
        holding += (children[rule->listed[code->first + i]] == code->state) != code->negated;
    return code->percent ? holding * 100 >= code->need * code->count : holding >= code->need;
}

ctf_state ctf_rule_evaluate(const ctf_rule *rule, const ctf_state *children)
{
    bool stack[CTF_RULE_MAX_ELEMENTS] = {false};
    size_t n = 0;
    for (size_t i = 0; i < rule->n_code; i++) {
        const ctfi_rule_code *code = &rule->code[i];
        switch (code->op) {
        case CTFI_RULE_CONSTANT:
            stack[n++] = code->need != 0;
            break;
        case CTFI_RULE_STATE:
            stack[n++] = children[code->first] == code->state;
            break;
        case CTFI_RULE_AT_LEAST:
            stack[n++] = at_least(rule, code, children);
            break;
        case CTFI_RULE_NOT:
            stack[n - 1] = !stack[n - 1];
            break;
        case CTFI_RULE_AND:
            n--;
            stack[n - 1] = stack[n - 1] && stack[n];
            break;
        default:
            n--;
            stack[n - 1] = stack[n - 1] || stack[n];
        }
    }
    return stack[0] ? CTF_STATE_ALARM : CTF_STATE_OK;
}
