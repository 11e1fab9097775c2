/* From the launches of a whole comparison to its verdicts. */
#ifndef BI_PAIR_FINISH_H
#define BI_PAIR_FINISH_H

#include "pair/run.h"

/* All rows of RUN are known: nothing can be said of them yet. */
void bi_pair_start_judging(struct bi_pair_run *run);

/* Another launch of the old build against itself has been added: look, if it is
 * time to.  0 or BENCH_ENOMEM. */
int bi_pair_look_at_sentinel(struct bi_pair_run *run);

/* No launch follows, and each row has been looked at: the verdicts that all rows
 * together allow.  0 or BENCH_ENOMEM. */
int bi_pair_finish(struct bi_pair_run *run);

/* Judge the launches of RUN, all of which are there, as its plan says.  What
 * was judged before is forgotten.  0 or BENCH_ENOMEM. */
int bi_pair_judge_again(struct bi_pair_run *run);

#endif
