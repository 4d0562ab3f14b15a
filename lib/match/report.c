#include "match/report.h"

#include "base/error.h"

static const char default_member[] = "Records";

ctf_status ctfi_report_failure(ctf_status status, uint64_t offset, ctf_error *error)
{
    ctf_error_kind kind = CTF_ERROR_ARGUMENT;
    const char *message = "an argument breaks the contract of the function";
    if (status == CTF_E_NOMEM) {
        kind = CTF_ERROR_MEMORY;
        message = "out of memory";
    } else if (status == CTF_E_STOPPED) {
        kind = CTF_ERROR_NONE;
        message = "the callback asked to stop";
    } else if (status == CTF_E_BUSY) {
        message = "the scratch is in use by another call";
    }
    return ctfi_error_set(error, status, kind, (size_t)offset, 0, NULL, "%s", message);
}

static ctf_status bad_option(ctf_error *error, const char *message)
{
    return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "%s", message);
}

ctf_status ctfi_report_options(const ctf_scan_options *given, ctf_scan_options *out, ctf_error *error)
{
    *out = (ctf_scan_options){.size = sizeof *out};
    if (given != NULL && (given->size < sizeof given->size || given->size > sizeof *out))
        return bad_option(error, "the size of the scan options is none that this library knows");
    if (given != NULL)
        memcpy(out, given, given->size);
    if ((unsigned)out->framing > CTF_FRAME_MEMBER)
        return bad_option(error, "unknown framing");
    if (out->member.data == NULL && out->member.length != 0)
        return bad_option(error, "the member to look for has a length but no bytes");
    if (out->member.length == 0)
        out->member = (ctf_text){default_member, sizeof default_member - 1};
    return CTF_OK;
}

void ctfi_report_frame(const ctfi_report *report, const ctf_scan_options *options, ctfi_framer *frame)
{
    ctfi_bytes member = {(const unsigned char *)options->member.data, options->member.length};
    ctfi_frame_init(frame, ctfi_scratch_kernel(report->scratch), options->framing, member, options->max_message);
}

/* The message's hits. */
static ctf_status match(ctfi_report *report, ctfi_bytes message, ctf_hits *hits)
{
    ctfi_proof proof = CTFI_UNKNOWN;
    ctf_status status = CTF_OK;
    ctfi_match_begin(report->scratch);
    if (ctfi_scratch_reads_json(report->scratch))
        status = report->read(report->reader, message, &proof);
    return status == CTF_OK ? ctfi_match_finish(report->scratch, message, proof, hits) : status;
}

ctf_status ctfi_report_message(ctfi_report *report, ctfi_bytes message, uint64_t offset, ctf_error *error)
{
    ctf_hits hits = {0, NULL};
    ctf_status status = match(report, message, &hits);
    if (status != CTF_OK)
        return ctfi_report_failure(status, offset, error);
    ctf_message told = {{(const char *)message.data, message.length}, offset, report->index++};
    if ((hits.n != 0 || report->all) && report->hit(report->context, &told, &hits) != 0)
        return ctfi_report_failure(CTF_E_STOPPED, offset, error);
    return CTF_OK;
}
