/* OLD against itself: what must come out 0, and is to be told when it does not.
 *
 * A machine or an engine that favours one of two equal processes would fool the
 * verdicts as well.  How often that is noticed, and how often an honest machine
 * is accused, tests/prop/pair_sentinel_test.c simulates. */
#ifndef BI_PAIR_SENTINEL_H
#define BI_PAIR_SENTINEL_H

#include "pair/judge.h"

/* One launch in so many. */
#define BI_SENTINEL_EVERY 6

/* Before a REGRESSION or IMPROVEMENT is told there are as many launches of OLD
 * against itself as it took, within these bounds. */
#define BI_SENTINEL_LEAST 22
#define BI_SENTINEL_MOST 66

/* Fill SEVERE, which judges such launches where JUDGE judges rows: at a tenth of
 * its level. */
void bi_sentinel_init(struct bi_judge *severe, const struct bi_judge *judge);

/* Do the N ratios of such launches, N being a look, differ from 0, and by more
 * than the margin?  *OUT: what SEVERE says of them.  0 or BENCH_ENOMEM. */
int bi_sentinel_look(const struct bi_judge *severe, const double *ratio,
		     size_t n, struct bi_judgement *out, bool *errs);

/* How many launches a claim that took N of them needs. */
size_t bi_sentinel_goal(size_t n);

#endif
