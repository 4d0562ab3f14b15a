/* `ctfilter equiv` and `ctfilter implies`: over all messages. */
#include "prove.h"

#include <stdio.h>
#include <string.h>

#include "blob.h"
#include "diag.h"
#include "json_out.h"
#include "report_words.h"

ctf_text prove_pattern(const cli_options *options, size_t operand)
{
    return (ctf_text){options->operands[operand], strlen(options->operands[operand])};
}

ctf_proof_info prove_info(const ctf_proof *proof)
{
    ctf_proof_info info = {0};
    ctf_proof_describe(proof, &info);
    return info;
}

static void print_json(const ctf_proof_info *info, bool equal)
{
    static const char *const names[] = {"first", "second"};
    json_out json = {0};
    json_open(&json, '{');
    json_key(&json, equal ? "equal" : "implies");
    json_words(&json, ctf_answer_name(info->answer));
    if (info->answer == CTF_ANSWER_NO) {
        json_key(&json, "matching");
        json_words(&json, names[info->matching]);
        json_key(&json, "message");
        json_string(&json, info->message);
    }
    if (info->answer == CTF_ANSWER_UNDECIDED) {
        json_key(&json, "why");
        json_string(&json, info->why);
    }
    json_close(&json, '}');
    json_line(&json, stdout);
    json_out_free(&json);
}

static void print_text(const ctf_proof_info *info, bool equal)
{
    blob out = {0};
    if (info->answer == CTF_ANSWER_YES) {
        blob_append_words(&out, equal ? "equal: both match the same messages\n"
                                      : "implied: every message that matches the first matches the second\n");
    } else if (info->answer == CTF_ANSWER_NO) {
        report_words(&out, "%s: the %s matches this message, the %s does not\n", equal ? "not equal" : "not implied",
                     info->matching == 0 ? "first" : "second", info->matching == 0 ? "second" : "first");
        blob_append(&out, info->message.data, info->message.length);
        blob_append_words(&out, "\n");
    } else {
        blob_append_words(&out, "undecided: ");
        report_words_safe(&out, info->why);
        blob_append_words(&out, "\n");
    }
    fwrite(out.data, 1, out.length, stdout);
    blob_free(&out);
}

static int compare(const cli_options *options, bool equal)
{
    ctf_error error;
    ctf_proof *proof;
    if (options->n_operands != 2)
        return options_misuse(options->command, "takes two patterns");
    ctf_text first = prove_pattern(options, 0), second = prove_pattern(options, 1);
    ctf_status status = (equal ? ctf_prove_equal : ctf_prove_implies)(first, second, NULL, &proof, &error);
    if (status != CTF_OK) {
        diag_library(&error, error.pattern == 0 ? first : second, error.pattern == 0 ? "first" : "second");
        return EXIT_ERROR;
    }
    ctf_proof_info info = prove_info(proof);
    if (!options_has(options, OPT_QUIET))
        (options_has(options, OPT_JSON) ? print_json : print_text)(&info, equal);
    ctf_proof_free(proof);
    return info.answer == CTF_ANSWER_YES ? 0 : info.answer == CTF_ANSWER_NO ? 1 : EXIT_UNDECIDED;
}

int run_equiv(const cli_options *options)
{
    return compare(options, true);
}

int run_implies(const cli_options *options)
{
    return compare(options, false);
}
