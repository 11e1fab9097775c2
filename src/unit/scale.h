/* Common scale of the values that stand beside each other: "1.718µ". */
#ifndef BI_UNIT_SCALE_H
#define BI_UNIT_SCALE_H

#include <stddef.h>

#include "base/real.h"
#include "unit/class.h"

/* A printed value is VALUE / factor with DECIMALS, and PREFIX behind it. */
struct bi_scale {
	double factor;
	int decimals;
	const char *prefix; /* "" for none; UTF-8 */
};

/* The scale for MAGNITUDE, the smallest that must be readable: three to four
 * significant digits of it are shown.  0: no prefix, three decimals.  NaN: the
 * smallest prefix. */
struct bi_scale bi_scale_for(double magnitude, enum bi_unit_class unit_class);

/* Take VALUE into *LEAST (0 at first), the smallest magnitude that is not 0, as
 * bi_scale_for wants it.  A NaN counts only if no number came before it. */
void bi_scale_take(double *least, double value);

#define BI_SCALE_SIZE (BI_REAL_FIXED_SIZE + 8)

/* VALUE as SCALE prints it.  Returns the length in bytes. */
size_t bi_scale_print(char out[BI_SCALE_SIZE], double value,
		      const struct bi_scale *scale);

#endif
