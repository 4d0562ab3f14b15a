/* The manual's section on replaying. */
#include "manual_text.h"

const manual_piece manual_replay[MANUAL_REPLAY] = {
    {MANUAL_PARAGRAPH, NULL,
     "replay reads the events once, samples them as the metric filters say, and evaluates each alarm with a clock of "
     "its own: once a minute, every ten seconds where the period is below a minute, once an hour where the "
     "evaluation periods take more than a day. Every alarm begins in INSUFFICIENT_DATA. What an alarm sees are "
     "windows that end at the time of the evaluation and go back period by period, more of them than its evaluation "
     "periods; so a period of an alarm is rarely one that a graph shows. The result depends on the events alone, "
     "not on the threads, the order of the files or how the events are spread over them; an event that comes twice "
     "counts twice."},
    {MANUAL_PARAGRAPH, NULL,
     "An event's time is the log event's timestamp, else the record's eventTime, else the envelope's. Messages "
     "without a time, and those of a time before 1970 or after 9999, are left out, counted and named in a warning. "
     "The system dimensions @aws.account and @aws.region are the record's recipientAccountId and awsRegion, else what "
     "--account and --region say."},
    {MANUAL_PARAGRAPH, NULL,
     "--from and --to bound the evaluations; events before --from count where a window reaches back to them. Without "
     "them the replay begins with the minute of the first event, and ends when the last event has left the sight of "
     "every alarm, its delivery delay and the periods of action suppressors included, so that the way back is seen. "
     "With --delivery-delay an event arrives so much after its time; an evaluation sees what had arrived, and is not "
     "done again."},
    {MANUAL_PARAGRAPH, NULL,
     "A composite alarm is evaluated when the replay begins and when one of its children changes, after all alarms "
     "that change at the same time, children before parents. Its actions are told when they become due, with "
     "suppression considered; actions that are not enabled are not."},
    {MANUAL_PARAGRAPH, NULL,
     "The text tells, for each alarm, its settings; a bar for each period, or for several, with the value that comes "
     "nearest to breaching; and each change of state with the service's reason and the rule that decided. --why adds "
     "the stretches that breached with their matching events (the first 100 of each), and why no alarm came of "
     "those of which none did. It reads the files that matter a second time; what comes through a pipe is kept in "
     "a file in $TMPDIR in the meantime. Colours appear at a terminal unless NO_COLOR is set."},
    {MANUAL_PARAGRAPH, NULL,
     "--against compares two configurations over the same events, which are read once and matched twice: --against takes "
     "one file of the other configuration each time it is given. Told are, by the names of alarms, how often and how long "
     "each was in ALARM and the changes of state that only one has; the metrics of which samples, sum, least or largest "
     "value differ; and the earliest events that make the difference: those that the filters which match them publish "
     "other samples for, with the filters that matched under one configuration alone. The default values of other filters "
     "are no event's. Both are evaluated over the same time, until the slower has seen the last event. As JSON, members "
     "\"config\" and \"against\" are the two sides; replay-against.schema.json in the sources describes it. The exit status is 0 where nothing differs and 1 where something does: "
     "an alarm or a metric that only one has is a difference."},
    {MANUAL_ITEM, "--format json",
     "One object with \"version\": 1: totals, metrics, and for each alarm its settings, transitions, states, "
     "datapoints and breaches. replay.schema.json in the sources describes it; members may be added."},
    {MANUAL_ITEM, "--format csv",
     "One table under one header, as RFC 4180 has it. The first column tells what a row is: datapoint, transition, "
     "breach, event (behind the breach before it) or action; columns that do not apply are empty."},
    {MANUAL_ITEM, "--format html",
     "One page for a browser, without scripts and in need of nothing else: a chart of each alarm with its datapoints, "
     "threshold, states and missing periods, the changes of state with all that an evaluation saw, and with --why "
     "the events. It stays of a size that a browser likes: long lists are cut, and say so."},
};
