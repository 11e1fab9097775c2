/* The part of the program that measures. */
#ifndef BI_HARNESS_WORKER_H
#define BI_HARNESS_WORKER_H

#include "harness/plan.h"
#include "harness/report.h"

/* This process was started by a supervisor: carry out what it orders over
 * SOCKET.  Returns the exit status. */
int bi_worker_serve(const struct bi_plan *plan, int socket, int last_words);

/* -isolate=off: run all rounds of PLAN here, straight into REPORT.  Returns 0,
 * or 1 if a set-up of bench_on_start failed, or a profile is not written. */
int bi_worker_run_here(struct bi_plan *plan, struct bi_report *report);

#endif
