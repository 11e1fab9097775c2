/* Events become the record on stdout, and what accompanies it on stderr. */
#ifndef BI_HARNESS_REPORT_H
#define BI_HARNESS_REPORT_H

#include <stdio.h>

#include "harness/nameset.h"
#include "harness/plan.h"
#include "harness/progress.h"
#include "wire/protocol.h"

struct bi_report {
	const struct bi_flags *flags;
	FILE *record; /* where it goes; at first stdout */
	struct bi_progress progress;
	size_t width;  /* of the name column; grows, never shrinks */
	size_t suffix; /* length of the longest "-P" */
	int64_t round; /* from 1 */
	bool begun;    /* the header is printed */
	bool failed;
	bool selected; /* a benchmark was measured, failed or was skipped */
	int error;     /* errno of a failed write; nothing is printed after it */
	struct bi_nameset failures; /* whose FAIL block is printed */
	struct bi_nameset notes;    /* said already */
	struct bi_buf text;
	struct bi_buf json;
};

void bi_report_init(struct bi_report *report, const struct bi_plan *plan);

/* Take an event as it comes; CTX is the report.  A struct bi_event_sink's. */
void bi_report_take(void *ctx, const struct bi_event *event);

/* A line on stderr, once however often it is said. */
void bi_report_note(struct bi_report *report, const char *text);

/* Print what ends the record, if there is a record, and say on stderr if
 * nothing was selected.  Returns the program's exit status. */
int bi_report_finish(struct bi_report *report);

void bi_report_release(struct bi_report *report);

#endif
