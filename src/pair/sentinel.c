/* OLD against itself.
 *
 * A row's verdict asks that the whole interval lie beyond the margin.  Here that
 * would notice too little: a bias of 1 % on a quiet machine in half of the runs
 * with 22 launches, on a shared one in 6 of 100.  That the interval leaves out 0
 * and the median lies beyond the margin notices 98 and 22 of 100, and with 66
 * launches 96 on the shared one; the stricter level keeps accusations below one
 * in a thousand. */
#include "pair/sentinel.h"

#include <math.h>

#define LEVEL_SHARE 0.1

void bi_sentinel_init(struct bi_judge *severe, const struct bi_judge *judge)
{
	bi_judge_init(severe, LEVEL_SHARE * judge->alpha,
		      expm1(judge->margin), 1, BI_MULTIPLICITY_NONE,
		      judge->exact);
}

int bi_sentinel_look(const struct bi_judge *severe, const double *ratio,
		     size_t n, struct bi_judgement *out, bool *errs)
{
	int rc = bi_judge_look(severe, ratio, n, out);

	*errs = rc == 0 &&
		((out->low > 0 && out->estimate >= severe->margin) ||
		 (out->high < 0 && out->estimate <= -severe->margin));
	return rc;
}

size_t bi_sentinel_goal(size_t n)
{
	if (n < BI_SENTINEL_LEAST)
		return BI_SENTINEL_LEAST;
	return n < BI_SENTINEL_MOST ? n : BI_SENTINEL_MOST;
}
