/* Launches on a simulated machine, measured as src/pair/launch.c does. */
#ifndef TESTS_PROP_LAUNCHES_H
#define TESTS_PROP_LAUNCHES_H

#include <stddef.h>

#include "prop/noise.h"

/* COUNT launches of one machine, one after the other: the log ratios of two
 * builds that are alike.  Every repetition of a test takes a stretch of them;
 * which of the two builds is the old one it decides by coin.  The caller frees
 * them; NULL: no memory. */
double *launches_make(const struct noise_scenario *scenario, size_t count);

#endif
