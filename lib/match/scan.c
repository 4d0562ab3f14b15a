/* A whole buffer: the framer sees it as one piece, messages are matched where they stand, and only those that
 * the probe lets pass. */
#include "base/error.h"
#include "match/scan_lines.h"

static ctf_status read_message(void *reader, ctfi_bytes message, ctfi_proof *proof)
{
    (void)proof;
    return ctfi_scan_event(reader, message);
}

static ctf_status run(ctfi_report *report, ctfi_framer *frame, ctfi_bytes buffer, ctf_error *error)
{
    bool last = false;
    ctfi_prober *prober = ctfi_scratch_prober(report->scratch);
    ctfi_frame_piece(frame, buffer);
    for (;;) {
        ctfi_frame_event event = last ? ctfi_frame_finish(frame) : ctfi_frame_next(frame);
        if (event == CTFI_FRAME_END)
            return CTF_OK;
        if (event == CTFI_FRAME_FAILED)
            return ctfi_frame_error(frame, error);
        last = last || event == CTFI_FRAME_MORE;
        if (event == CTFI_FRAME_MORE)
            continue;
        ctfi_bytes message = {buffer.data + frame->start, (size_t)(frame->end - frame->start)};
        if (!report->all && !ctfi_prober_passes(prober, message)) {
            report->index++;
            continue;
        }
        ctf_status status = ctfi_report_message(report, message, frame->start, error);
        if (status != CTF_OK)
            return status;
    }
}

static ctf_status scan(ctfi_report *report, const ctf_scan_options *options, ctfi_bytes buffer, ctf_error *error)
{
    ctfi_framer frame;
    ctfi_prober *prober = ctfi_scratch_prober(report->scratch);
    ctfi_report_frame(report, options, &frame);
    if (options->framing == CTF_FRAME_LINES && !report->all && prober->pairs.n != 0)
        return ctfi_scan_lines(report, &frame, prober, buffer, error);
    return run(report, &frame, buffer, error);
}

ctf_status ctf_scan(ctf_scratch *scratch, const void *buffer, size_t length,
                    const ctf_scan_options *options, ctf_hit_fn hit, void *context, ctf_error *error)
{
    ctf_scan_options chosen;
    ctfi_error_clear(error);
    if (scratch == NULL || hit == NULL || (buffer == NULL && length != 0))
        return ctfi_report_failure(CTF_E_ARGUMENT, 0, error);
    ctf_status status = ctfi_report_options(options, &chosen, error);
    if (status != CTF_OK)
        return status;
    status = ctfi_scratch_take(scratch);
    if (status != CTF_OK)
        return ctfi_report_failure(status, 0, error);
    ctfi_report report = {scratch, read_message, scratch, hit, context, chosen.all != 0, 0};
    status = scan(&report, &chosen, (ctfi_bytes){buffer != NULL ? buffer : "", length}, error);
    ctfi_scratch_release(scratch);
    return status;
}
