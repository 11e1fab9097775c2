/* How many iterations to run next.  Products are taken in 128 bits: a goal of
 * minutes times a billion iterations does not fit in 64. */
#include "harness/predict.h"

#define GROWTH_MOST 100

static int64_t at_most(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t predict(int64_t goal_ns, int64_t prev_n, int64_t prev_ns,
		       int64_t last, __int128 most)
{
	__int128 n;

	/* A clock that has not moved gives no rate; 1 ns is its best guess. */
	if (prev_ns <= 0)
		prev_ns = 1;
	n = (__int128)goal_ns * prev_n / prev_ns;
	n += n / 5;
	if (n > most)
		n = most;
	if (n < last + 1)
		n = last + 1;
	return n > BI_PREDICT_MOST ? BI_PREDICT_MOST : (int64_t)n;
}

int64_t bi_predict(int64_t goal_ns, int64_t prev_n, int64_t prev_ns,
		   int64_t last)
{
	return predict(goal_ns, prev_n, prev_ns, last,
		       (__int128)GROWTH_MOST * last);
}

int64_t bi_predict_freely(int64_t goal_ns, int64_t prev_n, int64_t prev_ns,
			  int64_t last)
{
	return predict(goal_ns, prev_n, prev_ns, last, BI_PREDICT_MOST);
}

/* Part of the cost that grows with the iterations. */
static int64_t growing_ns(const struct bi_run_cost *cost)
{
	bool per_iteration = cost->pauses > cost->n / 2;

	return cost->timed_ns + (per_iteration ? cost->paused_ns : 0);
}

static int64_t fixed_ns(const struct bi_run_cost *cost)
{
	return cost->timed_ns + cost->paused_ns + cost->fixed_ns -
	       growing_ns(cost);
}

int64_t bi_predict_within(int64_t n, const struct bi_run_cost *cost,
			  int64_t left_ns)
{
	int64_t growing = growing_ns(cost);
	__int128 fit;

	left_ns -= fixed_ns(cost);
	if (left_ns <= 0)
		return 0;
	if (growing <= 0)
		return n;
	fit = (__int128)left_ns * cost->n / growing;
	/* One pause in one iteration may be either kind.  Two iterations tell,
	 * and cost at most twice what one did. */
	if (cost->n == 1 && cost->pauses == 1 && fit < 2)
		return at_most(n, 2);
	if (fit <= cost->n)
		return 0;
	return fit < n ? (int64_t)fit : n;
}

bool bi_predict_is_last(int64_t n, const struct bi_run_cost *cost,
			int64_t left_ns)
{
	__int128 wall = (__int128)growing_ns(cost) * n / cost->n;

	return wall + 2 * (__int128)fixed_ns(cost) >= left_ns;
}
