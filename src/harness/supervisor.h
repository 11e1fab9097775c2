/* The part of the program that plans, watches and prints. */
#ifndef BI_HARNESS_SUPERVISOR_H
#define BI_HARNESS_SUPERVISOR_H

#include "harness/plan.h"
#include "harness/report.h"

/* Run all rounds of PLAN, each in a fresh worker started with ARGV.  What
 * happens goes to REPORT, also the crash or hang of a worker.  Returns 0, 1 if
 * no worker could be started, or 128 and the number of the signal that ended
 * the run (130 for Ctrl-C). */
int bi_supervisor_run(struct bi_plan *plan, struct bi_report *report,
		      char *const *argv);

#endif
