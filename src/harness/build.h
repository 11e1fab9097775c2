/* What the program is built for: for timing, or to find faults. */
#ifndef BI_HARNESS_BUILD_H
#define BI_HARNESS_BUILD_H

/* Why its times mean little, as a line to print, or NULL.  BUILT: what
 * bench_built() was told. */
const char *bi_build_warning(unsigned built);

#endif
