/* What the log ratios of the launches so far say, and when they have said it.
 *
 * One interval gives all verdicts, so that they share one error.  The looks are
 * fixed beforehand, and the interval holds at all of them together: stopping at
 * any, for whatever reason, does no harm. */
#ifndef BI_PAIR_JUDGE_H
#define BI_PAIR_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "stat/multiplicity.h"
#include "stat/walk.h"

enum bi_verdict {
	BI_VERDICT_REGRESSION,  /* slower by at least the margin */
	BI_VERDICT_IMPROVEMENT, /* faster by at least the margin */
	BI_VERDICT_EQUIVALENT,  /* the change is within the margin */
	BI_VERDICT_SLOWER,      /* by more or less than the margin */
	BI_VERDICT_FASTER,
	BI_VERDICT_UNDECIDED
};

/* The word that is printed for it. */
const char *bi_verdict_word(enum bi_verdict verdict);

/* How to judge.  Filled by bi_judge_init. */
struct bi_judge {
	double alpha;
	double margin; /* of the log ratio; 0: any change counts */
	double margin_ns; /* more than 0: in its place, of the old build's
			   * time; bi_row_judge has it for a row */
	bool exact;    /* the interval for any stopping, at any number */
	enum bi_multiplicity correction;
	size_t rows; /* judged together */
	struct bi_walk walk;
	double each;        /* level of one look for alpha */
	double each_strict; /* the same for the corrected alpha */
};

/* MARGIN is a fraction: 0.005 is half a per cent. */
void bi_judge_init(struct bi_judge *judge, double alpha, double margin,
		   size_t rows, enum bi_multiplicity correction, bool exact);

/* The first number of launches at or after N at which there is a look, 0: none
 * any more. */
size_t bi_judge_next_look(const struct bi_judge *judge, size_t n);

/* Of N launches, how many the last look saw; before the first, all of them:
 * there is an estimate then, and no interval. */
size_t bi_judge_last_look(const struct bi_judge *judge, size_t n);

/* What N log ratios say.  Logs throughout. */
struct bi_judgement {
	size_t n;
	double estimate; /* the median */
	double low;      /* its interval at alpha */
	double high;
	double strict_low; /* and at alpha corrected for the rows */
	double strict_high;
	double p_slower; /* that it is not slower by the margin; at any look;
			  * from bi_judge_weigh, 1 before */
	double p_faster;
	bool settled;
	enum bi_verdict verdict;
};

/* Judge VALUES (in the order of the launches), which are those of a look; fewer
 * than the first look say nothing.  Settled: no further launch is needed.  0 or
 * BENCH_ENOMEM. */
int bi_judge_look(const struct bi_judge *judge, const double *value, size_t n,
		  struct bi_judgement *out);

/* Fill in the p of JUDGEMENT, which bi_judge_look made of VALUES. */
void bi_judge_weigh(const struct bi_judge *judge, const double *value,
		    struct bi_judgement *judgement);

/* At the end, when all rows are known and weighed: verdicts that Holm's further steps, or
 * Benjamini and Hochberg's method, allow as well.  0 or BENCH_ENOMEM. */
int bi_judge_finish(const struct bi_judge *judge, struct bi_judgement *const *row,
		    size_t count);

/* How many launches in all would settle JUDGEMENT if nothing but chance stands
 * in the way; 0: no number that can be told. */
double bi_judge_need(const struct bi_judge *judge,
		     const struct bi_judgement *judgement);

#endif
