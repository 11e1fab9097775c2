/* From two samples to the change between them. */
#include "tab/change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/grow.h"
#include "stat/choose.h"
#include "stat/hodges_lehmann.h"
#include "stat/order.h"
#include "stat/sample.h"

/* So many samples that are all alike make a unit constant which nobody said to
 * be. */
#define CONSTANT_MIN 4

/* Values that a limit puts this close to each other, relatively, are equal:
 * 1.03 times 100 is not 103 in binary. */
#define NEAR 1e-12

/* Binomial coefficients are at hand up to here; beyond, they are large enough
 * for any test. */
#define CHOOSE_MAX 50

static bool is_constant(const struct bi_change_sample *sample)
{
	return sample->whole && sample->count > 0 &&
	       bi_sample_all_equal(sample->values, sample->count);
}

static bool is_exact(const struct bi_table *table,
		     const struct bi_change_sample *before,
		     const struct bi_change_sample *after)
{
	bool constant = is_constant(before) && is_constant(after);

	switch (table->exactness) {
	case BI_EXACTNESS_NEVER:
		return false;
	case BI_EXACTNESS_CONSTANT:
		return constant && before->count >= CONSTANT_MIN &&
		       after->count >= CONSTANT_MIN;
	case BI_EXACTNESS_EXPECTED:
		return constant;
	}
	return false;
}

/* The factor from BEFORE at which the change is too much; NaN for none. */
static double limit_factor(const struct bi_table *table,
			   const struct bi_change_sample *before)
{
	double value = table->limit.value;

	if (!table->limit.set)
		return (double)NAN;
	if (!table->limit.relative) {
		double median = bi_order_median(before->values, before->count);

		if (!(median > 0))
			return (double)NAN;
		value /= median;
	}
	return table->better == BI_BETTER_HIGHER ? 1 - value : 1 + value;
}

static int reserve(struct bi_change_memory *memory, size_t count)
{
	double *grown = bi_grow(memory->moved, &memory->cap, count,
				sizeof(*grown));

	if (grown == NULL)
		return BENCH_ENOMEM;
	memory->moved = grown;
	return 0;
}

/* Make those of NY values Y equal to one of X that are so but for rounding. */
static void snap(const double *x, size_t nx, double *y, size_t ny)
{
	size_t i = 0, j;

	for (j = 0; j < ny; j++) {
		double least = y[j] * (1 - NEAR);

		while (i < nx && x[i] < least)
			i++;
		if (i < nx && x[i] <= y[j] * (1 + NEAR))
			y[j] = x[i];
	}
}

/* Test whether AFTER is worse than BEFORE times the limit. */
static int test(struct bi_change_memory *memory, const struct bi_table *table,
		const struct bi_change_sample *before,
		const struct bi_change_sample *after, struct bi_change *change)
{
	size_t nx = before->count, ny = after->count, i;
	double *x, *y;
	int rc;

	/* Nothing falls by more than all of it. */
	if (!(change->limit > 0))
		return 0;
	rc = reserve(memory, nx + ny);
	if (rc < 0)
		return rc;
	x = memory->moved;
	y = memory->moved + nx;
	for (i = 0; i < nx; i++)
		x[i] = before->values[i] * change->limit;
	memcpy(y, after->values, ny * sizeof(*y));
	snap(x, nx, y, ny);
	if (table->better == BI_BETTER_HIGHER)
		return bi_utest_below(memory->utest, y, ny, x, nx, &change->p);
	return bi_utest_below(memory->utest, x, nx, y, ny, &change->p);
}

int bi_change_compute(struct bi_change_memory *memory,
		      const struct bi_table *table,
		      const struct bi_change_sample *before,
		      const struct bi_change_sample *after,
		      struct bi_change *change)
{
	size_t nx = before->count, ny = after->count, rank;
	struct bi_factor factor;
	int rc;

	*change = (struct bi_change){.kind = BI_CHANGE_SAMPLED,
				     .factor = (double)NAN,
				     .high = (double)INFINITY,
				     .limit = (double)NAN,
				     .p = 1,
				     .least_p = 1};
	if (is_exact(table, before, after)) {
		change->kind = BI_CHANGE_EXACT;
		change->before = before->values[0];
		change->after = after->values[0];
		return 0;
	}
	change->odd = table->exactness == BI_EXACTNESS_EXPECTED;
	/* A change of what may be negative is no factor. */
	if (nx == 0 || ny == 0 || before->values[0] < 0 || after->values[0] < 0)
		return 0;
	rc = bi_utest_rank(memory->utest, nx, ny, table->alpha, &rank);
	if (rc < 0)
		return rc;
	factor = bi_hodges_lehmann(before->values, nx, after->values, ny, rank);
	change->factor = factor.estimate;
	change->low = factor.low;
	change->high = factor.high;
	change->limit = limit_factor(table, before);
	change->least_p = nx + ny > CHOOSE_MAX ? 0 : 1 / bi_choose(nx + ny, nx);
	return test(memory, table, before, after, change);
}

void bi_change_memory_release(struct bi_change_memory *memory)
{
	free(memory->moved);
	memory->moved = NULL;
	memory->cap = 0;
}
