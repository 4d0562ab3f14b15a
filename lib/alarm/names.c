#include "alarm/names.h"

const char *const ctfi_state_names[CTFI_STATES] = {
    [CTF_STATE_INSUFFICIENT_DATA] = "INSUFFICIENT_DATA",
    [CTF_STATE_OK] = "OK",
    [CTF_STATE_ALARM] = "ALARM",
};

const char *const ctfi_comparison_names[CTFI_COMPARISONS] = {
    [CTF_GREATER_OR_EQUAL] = "GreaterThanOrEqualToThreshold",
    [CTF_GREATER] = "GreaterThanThreshold",
    [CTF_LESS] = "LessThanThreshold",
    [CTF_LESS_OR_EQUAL] = "LessThanOrEqualToThreshold",
    [CTF_OUTSIDE_BAND] = "LessThanLowerOrGreaterThanUpperThreshold",
    [CTF_BELOW_BAND] = "LessThanLowerThreshold",
    [CTF_ABOVE_BAND] = "GreaterThanUpperThreshold",
};

const char *const ctfi_treatment_names[CTFI_TREATMENTS] = {
    [CTF_TREAT_MISSING] = "missing",
    [CTF_TREAT_IGNORE] = "ignore",
    [CTF_TREAT_BREACHING] = "breaching",
    [CTF_TREAT_NOT_BREACHING] = "notBreaching",
};

static const char *const rule_names[] = {
    [CTF_RULE_ENOUGH_REAL] = "enough-real",
    [CTF_RULE_FILL_BREACHING] = "fill-breaching",
    [CTF_RULE_FILL_NOT_BREACHING] = "fill-notbreaching",
    [CTF_RULE_ENOUGH_BREACHING] = "real-meets-M",
    [CTF_RULE_NO_DATA] = "no-data",
    [CTF_RULE_HEALTHY_POINT] = "real-has-good",
    [CTF_RULE_PREMATURE] = "premature-old-enough",
    [CTF_RULE_TOO_YOUNG] = "premature-too-young",
    [CTF_RULE_LOW_SAMPLES] = "low-samples",
};

static const char *name_of(const char *const *names, size_t n, size_t at)
{
    return at < n ? names[at] : "unknown";
}

const char *ctf_state_name(ctf_state state)
{
    return name_of(ctfi_state_names, CTFI_STATES, (size_t)state);
}

const char *ctf_comparison_name(ctf_comparison comparison)
{
    return name_of(ctfi_comparison_names, CTFI_COMPARISONS, (size_t)comparison);
}

const char *ctf_treat_missing_name(ctf_treat_missing treat_missing)
{
    return name_of(ctfi_treatment_names, CTFI_TREATMENTS, (size_t)treat_missing);
}

const char *ctf_rule_used_name(ctf_rule_used rule)
{
    return name_of(rule_names, sizeof rule_names / sizeof *rule_names, (size_t)rule);
}
