/* Benchmarks of known work, for -selftest. */
#ifndef BI_CLI_BENCHAB_KERNELS_H
#define BI_CLI_BENCHAB_KERNELS_H

#include <stddef.h>

/* Their names, without "Benchmark". */
extern const char *const kernels_name[];
extern const size_t kernels_count;

/* This process is to measure: bench_main() on the kernels.  The argument behind
 * "--" is how many thousandths of work are to be added. */
int kernels_main(int argc, char **argv);

#endif
