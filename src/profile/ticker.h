/* What makes a thread receive SIGPROF at every PERIOD of its own CPU time.
 *
 * A POSIX timer on the thread's CPU clock is looked at by the kernel at its tick
 * (CONFIG_HZ, 250 times a second or so): the signal says how many periods have
 * passed, so that sums are right at any rate, but there are no more stacks than
 * ticks.  perf's task clock is exact at any rate, and dearer; containers often
 * forbid it.  setitimer(ITIMER_PROF) is neither: it blames whichever thread the
 * tick finds, and is off by tens of percent.
 *
 * All of these are system calls and nothing else: a signal handler may make
 * them. */
#ifndef BI_PROFILE_TICKER_H
#define BI_PROFILE_TICKER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum bi_ticker_source { BI_TICKER_TIMER, BI_TICKER_PERF };

/* What is right for a period on this machine.  Allocates nothing, either. */
enum bi_ticker_source bi_ticker_choose(int64_t period_ns);

/* Begin for thread TID of this process; the first tick after FIRST_NS.  COOKIE
 * comes back in a timer's signal as si_value.  Returns a handle of at least 0,
 * or -1.  After perf's first tick call bi_ticker_settle(). */
int bi_ticker_arm(enum bi_ticker_source source, pid_t tid, int64_t period_ns,
		  int64_t first_ns, void *cookie);

/* perf has only one number for the time to the first tick and to the next: let
 * that of descriptor FD be PERIOD_NS from now on. */
void bi_ticker_settle(int fd, int64_t period_ns);

/* Like bi_ticker_arm for the CPU time of all threads together; the signal goes to one of
 * them, mostly to one that runs.  A timer. */
int bi_ticker_arm_process(int64_t period_ns, void *cookie);

/* End it.  Signals may still be on their way. */
void bi_ticker_disarm(enum bi_ticker_source source, int handle);

/* In the child of a fork: give up what it has of its parent's. */
void bi_ticker_abandon(enum bi_ticker_source source, int handle);

#endif
