/* Many tests at once: what their p amount to together. */
#ifndef BI_STAT_MULTIPLICITY_H
#define BI_STAT_MULTIPLICITY_H

#include <stddef.h>

enum bi_multiplicity {
	BI_MULTIPLICITY_HOLM, /* the chance of any false rejection */
	BI_MULTIPLICITY_BH,   /* the share of false ones among rejections */
	BI_MULTIPLICITY_NONE  /* every test for itself */
};

/* Adjust N values of P in their place: a test is rejected at level alpha if its
 * adjusted p is at most alpha.  None is NaN.  Holm's hold whatever the tests
 * have to do with each other; Benjamini and Hochberg's if they are independent
 * or positively dependent.  0, or BENCH_ENOMEM with P untouched. */
int bi_multiplicity_adjust(enum bi_multiplicity method, double *p, size_t n);

#endif
