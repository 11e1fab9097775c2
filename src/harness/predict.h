/* How many iterations to run next. */
#ifndef BI_HARNESS_PREDICT_H
#define BI_HARNESS_PREDICT_H

#include <stdbool.h>
#include <stdint.h>

/* No run has more iterations. */
#define BI_PREDICT_MOST 1000000000

/* The wall time of a benchmark is at most this many times its goal, however
 * much of it the timer leaves out; its probe comes on top. */
#define BI_PREDICT_WALL 3

/* The number of iterations that should take GOAL_NS, from an earlier run of
 * PREV_N >= 1 iterations in PREV_NS: a fifth more than the rate says, at most
 * 100 times LAST (the number run last), at least one more than LAST, at most
 * BI_PREDICT_MOST.  Pure. */
int64_t bi_predict(int64_t goal_ns, int64_t prev_n, int64_t prev_ns,
		   int64_t last);

/* Like bi_predict, but not held to 100 times LAST. */
int64_t bi_predict_freely(int64_t goal_ns, int64_t prev_n, int64_t prev_ns,
			  int64_t last);

/* What one run of a benchmark's function cost in wall time, split by what makes
 * it grow. */
struct bi_run_cost {
	int64_t n;
	int64_t timed_ns;  /* while the timer ran */
	int64_t paused_ns; /* between stop and start */
	int64_t pauses;    /* number of such stretches */
	int64_t fixed_ns;  /* before the last reset and after the last stop */
};

/* N, or as many fewer as fit into LEFT_NS of wall time; 0 when not even more
 * than COST.n of them do, so that another run would teach nothing.  Pauses that
 * come once an iteration grow with it; a single one is set-up, and does not. */
int64_t bi_predict_within(int64_t n, const struct bi_run_cost *cost,
			  int64_t left_ns);

/* True when after a run of N iterations LEFT_NS will not hold another run: N
 * then need not keep to steps of 100. */
bool bi_predict_is_last(int64_t n, const struct bi_run_cost *cost,
			int64_t left_ns);

#endif
