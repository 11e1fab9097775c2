/* Common scale of the values that stand beside each other.
 *
 * A prefix is used from 0.99995 of its factor on: what the printer would round
 * up to 1.000 already counts as 1.  The same half unit of the fourth digit
 * makes the other thresholds.  They are decimal literals, because the product
 * of two doubles is not the double nearest to the decimal product. */
#include "unit/scale.h"

#include <math.h>
#include <string.h>

/* A row of the table: FROM is the least magnitude for 1, 2 and 3 decimals. */
struct step {
	const char *prefix;
	double factor;
	double from[3];
};

static const struct step decimal[] = {
	{"T", 1e12, {99.995e12, 9.9995e12, 0.99995e12}},
	{"G", 1e9, {99.995e9, 9.9995e9, 0.99995e9}},
	{"M", 1e6, {99.995e6, 9.9995e6, 0.99995e6}},
	{"k", 1e3, {99.995e3, 9.9995e3, 0.99995e3}},
	{"", 1, {99.995, 9.9995, 0.99995}},
	{"m", 1e-3, {99.995e-3, 9.9995e-3, 0.99995e-3}},
	{"µ", 1e-6, {99.995e-6, 9.9995e-6, 0.99995e-6}},
	{"n", 1e-9, {99.995e-9, 9.9995e-9, 0.99995e-9}},
};

/* Powers of two scale without rounding, so products will do. */
static const struct step binary[] = {
	{"Ti", 0x1p40, {99.995 * 0x1p40, 9.9995 * 0x1p40, 0.99995 * 0x1p40}},
	{"Gi", 0x1p30, {99.995 * 0x1p30, 9.9995 * 0x1p30, 0.99995 * 0x1p30}},
	{"Mi", 0x1p20, {99.995 * 0x1p20, 9.9995 * 0x1p20, 0.99995 * 0x1p20}},
	{"Ki", 0x1p10, {99.995 * 0x1p10, 9.9995 * 0x1p10, 0.99995 * 0x1p10}},
	{"", 1, {99.995, 9.9995, 0.99995}},
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Below the smallest prefix every further place takes one more decimal. */
static const double small[] = {9.9995e-1, 9.9995e-2, 9.9995e-3, 9.9995e-4,
			       9.9995e-5, 9.9995e-6, 9.9995e-7, 9.9995e-8};

#define LEAST_DECIMALS 3
#define MOST_DECIMALS  (LEAST_DECIMALS + (int)LENGTH(small) - 1)

_Static_assert(MOST_DECIMALS <= BI_REAL_DECIMALS,
	       "the printer can show all decimals");

static struct bi_scale below(const struct step *last, double magnitude)
{
	double value = magnitude / last->factor;
	int decimals = LEAST_DECIMALS;
	size_t i;

	for (i = 0; i < LENGTH(small) - 1 && !(value >= small[i]); i++)
		decimals++;
	return (struct bi_scale){last->factor, decimals, last->prefix};
}

struct bi_scale bi_scale_for(double magnitude, enum bi_unit_class unit_class)
{
	const struct step *steps = decimal;
	size_t count = LENGTH(decimal), i;
	int j;

	if (magnitude == 0)
		return (struct bi_scale){1, LEAST_DECIMALS, ""};
	if (unit_class == BI_UNIT_BINARY) {
		steps = binary;
		count = LENGTH(binary);
	}
	for (i = 0; i < count; i++) {
		for (j = 0; j < 3; j++) {
			if (magnitude >= steps[i].from[j])
				return (struct bi_scale){steps[i].factor, j + 1,
							 steps[i].prefix};
		}
	}
	return below(&steps[count - 1], magnitude);
}

void bi_scale_take(double *least, double value)
{
	double magnitude = fabs(value);

	if (magnitude != 0 && (*least == 0 || magnitude < *least))
		*least = magnitude;
}

size_t bi_scale_print(char out[BI_SCALE_SIZE], double value,
		      const struct bi_scale *scale)
{
	size_t len = bi_real_fixed(out, value / scale->factor, scale->decimals);
	size_t prefix = strlen(scale->prefix);

	memcpy(out + len, scale->prefix, prefix + 1);
	return len + prefix;
}
