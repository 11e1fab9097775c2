/* Mann and Whitney's U test, two-sided: do two samples come from one
 * distribution? */
#ifndef BI_STAT_UTEST_H
#define BI_STAT_UTEST_H

#include <stddef.h>

/* Null distributions computed so far and scratch memory: one test after the
 * other is much cheaper with it.  Up to 8 MB; one per thread. */
struct bi_utest;

/* NULL when there is no memory. */
struct bi_utest *bi_utest_new(void);

/* T may be NULL. */
void bi_utest_free(struct bi_utest *t);

enum bi_utest_method {
	BI_UTEST_EXACT,      /* no ties, up to 50 values a sample */
	BI_UTEST_EXACT_TIES, /* ties, up to 25 values a sample */
	BI_UTEST_NORMAL,     /* normal approximation, corrected for ties */
	BI_UTEST_ALL_EQUAL   /* one value only: nothing to tell apart */
};

/* U counts the pairs (a value of x, a value of y) in which x is the greater; an
 * equal pair counts half.
 *
 * P is twice the probability, for x and y from one distribution, of a U at most
 * the lesser of this U and its mirror nx ny - U; it is 1 if they are equal, and
 * for ALL_EQUAL.  That is the definition of golang.org/x/perf's benchstat,
 * kept to the last bit where the method is exact, with its peculiarities:
 * - Ties in samples of different size make the distribution lopsided, but the
 *   lower tail always stands for the upper one too.  P may exceed 1; it is too
 *   small, even 0, when the mirror lies below all U that can occur.
 * - NORMAL takes the upper tail as a complement: P is exactly 0 from 8.3
 *   standard deviations on if x is the greater sample, but tiny and positive
 *   if x is the smaller one. */
struct bi_utest_result {
	enum bi_utest_method method;
	double u;
	double p;
};

/* Test X, the baseline, against Y; both sorted, infinities allowed, no NaN (it
 * has no rank).  An empty sample cannot differ: EXACT, u 0, p 1.  0, or
 * BENCH_ENOMEM with *OUT untouched.  Linear in the number of values, but with
 * ties up to 25 values each, where it is 30 us at most. */
int bi_utest_run(struct bi_utest *t, const double *x, size_t nx,
		 const double *y, size_t ny, struct bi_utest_result *out);

/* Whether X lies below Y, one-sided: the probability, for x and y from one
 * distribution, of a U at most as great as theirs, into *P.  Unlike above, ties
 * have the tail that is really theirs: exact with ties up to 25 values a sample,
 * without up to 50; beyond, the normal approximation.  1 for an empty sample.
 * What else is as for bi_utest_run(). */
int bi_utest_below(struct bi_utest *t, const double *x, size_t nx,
		   const double *y, size_t ny, double *p);

/* Which of the NX NY differences between a value of y and one of x, counted from
 * either end, bound the shift from x to y with probability 1 - ALPHA: the
 * greatest K for which U < K has a probability of at most ALPHA / 2, 0 if no
 * difference has.  Into *K.  0 or BENCH_ENOMEM. */
int bi_utest_rank(struct bi_utest *t, size_t nx, size_t ny, double alpha,
		  size_t *k);

/* The smallest n in 1..9 with which two samples of n values, none tied, can
 * reach P <= ALPHA; 0 when none can, or ALPHA is NaN. */
int bi_utest_need(double alpha);

#endif
