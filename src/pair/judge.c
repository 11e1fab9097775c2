/* What the log ratios of the launches so far say.
 *
 * The ratios of launches are heavy-tailed: nine in ten agree to a tenth of a per
 * cent and one in ten is off by several, so a mean, even a trimmed one, needs ten
 * times as many of them as a median.  The interval is a pair of order statistics
 * (the sign test turned round), about which nothing is assumed but that the
 * launches are independent. */
#include "pair/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stat/order.h"
#include "stat/symmetric.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Each about 1.3 times the one before; the first is where an interval of level
 * 99 % over all of them can first be finite. */
static const unsigned looks[] = {11, 13,  17,  22,  29,  38,  50, 66,
				 86, 112, 150, 200, 260, 340, 440};

/* The other interval may be looked at always: as often, and on from there. */
#define EXACT_STEP 8

const char *bi_verdict_word(enum bi_verdict verdict)
{
	switch (verdict) {
	case BI_VERDICT_REGRESSION:
		return "REGRESSION";
	case BI_VERDICT_IMPROVEMENT:
		return "IMPROVEMENT";
	case BI_VERDICT_EQUIVALENT:
		return "EQUIVALENT";
	case BI_VERDICT_SLOWER:
		return "slower";
	case BI_VERDICT_FASTER:
		return "faster";
	case BI_VERDICT_UNDECIDED:
		break;
	}
	return "UNDECIDED";
}

/* Holm's first step, and Benjamini and Hochberg's for a single rejection. */
static double strict_alpha(const struct bi_judge *judge)
{
	if (judge->correction == BI_MULTIPLICITY_NONE || judge->rows < 2)
		return judge->alpha;
	return judge->alpha / (double)judge->rows;
}

void bi_judge_init(struct bi_judge *judge, double alpha, double margin,
		   size_t rows, enum bi_multiplicity correction, bool exact)
{
	*judge = (struct bi_judge){
		.alpha = alpha,
		.margin = log1p(margin),
		.exact = exact,
		.correction = correction,
		.rows = rows,
		.walk = {looks, LENGTH(looks)},
	};
	judge->each = bi_walk_each(&judge->walk, alpha);
	judge->each_strict = bi_walk_each(&judge->walk, strict_alpha(judge));
}

size_t bi_judge_next_look(const struct bi_judge *judge, size_t n)
{
	size_t i;

	if (judge->exact)
		return n <= looks[0]
			       ? looks[0]
			       : (n + EXACT_STEP - 1) / EXACT_STEP * EXACT_STEP;
	for (i = 0; i < LENGTH(looks); i++) {
		if (looks[i] >= n)
			return looks[i];
	}
	return 0;
}

size_t bi_judge_last_look(const struct bi_judge *judge, size_t n)
{
	size_t look = bi_judge_next_look(judge, 1), last = n;

	for (; look != 0 && look <= n; look = bi_judge_next_look(judge, look + 1))
		last = look;
	return last;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void set_interval(const double *sorted, size_t n, double each,
			 double *low, double *high)
{
	size_t rank = bi_walk_rank(n, each);

	*low = bi_order_at(sorted, n, rank);
	*high = bi_order_at(sorted, n, n + 1 - rank);
}

static void look_at_signs(const struct bi_judge *judge, const double *sorted,
			  struct bi_judgement *out)
{
	set_interval(sorted, out->n, judge->each, &out->low, &out->high);
	set_interval(sorted, out->n, judge->each_strict, &out->strict_low,
		     &out->strict_high);
}

/* The least level at which the interval for any stopping lies beyond the margin,
 * by halving: the interval shrinks as the level grows. */
static double symmetric_p(const double *value, size_t n, double margin,
			  bool slower)
{
	double low_p = -60, high_p = 0, low, high;
	int i;

	for (i = 0; i < 24; i++) {
		double middle = (low_p + high_p) / 2;

		bi_symmetric_interval(value, n, exp(middle), &low, &high);
		if (slower ? low >= margin : high <= -margin)
			high_p = middle;
		else
			low_p = middle;
	}
	return exp(high_p);
}

static void look_at_any_time(const struct bi_judge *judge, const double *value,
			     struct bi_judgement *out)
{
	bi_symmetric_interval(value, out->n, judge->alpha, &out->low,
			      &out->high);
	bi_symmetric_interval(value, out->n, strict_alpha(judge),
			      &out->strict_low, &out->strict_high);
}

static void choose_verdict(const struct bi_judge *judge,
			   struct bi_judgement *out)
{
	double margin = judge->margin;

	out->settled = true;
	/* No change at all is not beyond a margin of 0. */
	if (out->strict_low >= margin && out->strict_low > 0)
		out->verdict = BI_VERDICT_REGRESSION;
	else if (out->strict_high <= -margin && out->strict_high < 0)
		out->verdict = BI_VERDICT_IMPROVEMENT;
	else if (out->low > -margin && out->high < margin)
		out->verdict = BI_VERDICT_EQUIVALENT;
	else
		out->settled = false;
	if (out->settled)
		return;
	if (out->low > 0)
		out->verdict = BI_VERDICT_SLOWER;
	else if (out->high < 0)
		out->verdict = BI_VERDICT_FASTER;
	else
		out->verdict = BI_VERDICT_UNDECIDED;
}

int bi_judge_look(const struct bi_judge *judge, const double *value, size_t n,
		  struct bi_judgement *out)
{
	double *sorted;

	*out = (struct bi_judgement){
		.n = n,
		.low = -INFINITY,
		.high = INFINITY,
		.strict_low = -INFINITY,
		.strict_high = INFINITY,
		.p_slower = 1,
		.p_faster = 1,
		.verdict = BI_VERDICT_UNDECIDED,
	};
	if (n == 0)
		return 0;
	sorted = malloc(n * sizeof(*sorted));
	if (sorted == NULL)
		return BENCH_ENOMEM;
	memcpy(sorted, value, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), compare);
	out->estimate = bi_order_median(sorted, n);
	if (judge->exact)
		look_at_any_time(judge, value, out);
	else if (n >= looks[0])
		look_at_signs(judge, sorted, out);
	free(sorted);
	choose_verdict(judge, out);
	return 0;
}

void bi_judge_weigh(const struct bi_judge *judge, const double *value,
		    struct bi_judgement *judgement)
{
	size_t n = judgement->n, below = 0, above = 0, i;

	if (judge->exact) {
		judgement->p_slower =
			symmetric_p(value, n, judge->margin, true);
		judgement->p_faster =
			symmetric_p(value, n, judge->margin, false);
		return;
	}
	if (n < looks[0])
		return;
	for (i = 0; i < n; i++) {
		/* A launch without a change says nothing of a margin of 0. */
		below += value[i] < judge->margin || value[i] == 0;
		above += value[i] > -judge->margin || value[i] == 0;
	}
	judgement->p_slower = bi_walk_p(&judge->walk, n, below);
	judgement->p_faster = bi_walk_p(&judge->walk, n, above);
}

int bi_judge_finish(const struct bi_judge *judge, struct bi_judgement *const *row,
		    size_t count)
{
	double *p = calloc(2 * count + 1, sizeof(*p));
	size_t i;
	int rc;

	if (p == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < count; i++) {
		p[i] = row[i]->p_slower;
		p[count + i] = row[i]->p_faster;
	}
	/* A row cannot be both: each direction is a family of its own. */
	rc = bi_multiplicity_adjust(judge->correction, p, count);
	if (rc == 0)
		rc = bi_multiplicity_adjust(judge->correction, p + count,
					    count);
	for (i = 0; rc == 0 && i < count; i++) {
		if (row[i]->settled)
			continue;
		if (p[i] <= judge->alpha)
			row[i]->verdict = BI_VERDICT_REGRESSION;
		else if (p[count + i] <= judge->alpha)
			row[i]->verdict = BI_VERDICT_IMPROVEMENT;
	}
	free(p);
	return rc;
}

double bi_judge_need(const struct bi_judge *judge,
		     const struct bi_judgement *judgement)
{
	double half = (judgement->high - judgement->low) / 2;
	double distance = fabs(judge->margin - fabs(judgement->estimate));
	double factor;

	/* The width falls with the root of the number. */
	if (!isfinite(half) || distance < half / 30)
		return 0;
	factor = half / distance;
	return ceil((double)judgement->n * fmax(1, factor * factor));
}
