/* What a benchmark reports besides time, compared. */
#ifndef BI_PAIR_EXTRA_H
#define BI_PAIR_EXTRA_H

#include "pair/judge.h"
#include "pair/row.h"

/* One unit of one row. */
struct bi_extra {
	const char *unit; /* the row's, or constant */
	double side[2];   /* the value, or the median over the launches */
	bool exact;       /* each side had one value in all launches */
	bool changed;     /* exact: it differs; else its interval leaves out 0 */
	double low;       /* of the log ratio; infinite: not known */
	double high;
	double *ratio; /* the launches' own that the interval is of */
	size_t count;  /* of these; 0: not all of them have a logarithm */
};

/* Those of ROW's units that both sides have in every launch: "allocs/op",
 * "B/op", then the user's.  *OUT goes to bi_extra_free.  0 or BENCH_ENOMEM. */
int bi_extra_compare(const struct bi_judge *judge, const struct bi_row *row,
		     struct bi_extra **out, size_t *count);

void bi_extra_free(struct bi_extra *list, size_t count);

/* How surely EXTRA has become more, with LESS: less, than FACTOR times the old
 * value: the p of the same test that the interval is of.  0 or BENCH_ENOMEM. */
int bi_extra_beyond(const struct bi_judge *judge, const struct bi_extra *extra,
		    double factor, bool less, double *p);

/* The mean of all slices tells another story than the fastest half: its median
 * ratio, *MEAN, lies outside ROW's interval, and by no chance.  The builds differ
 * in how they bear being disturbed. */
bool bi_extra_differs_under_contention(const struct bi_judge *judge,
				       const struct bi_row *row, double *mean);

#endif
