/* A benchmark program that has lost its benchmarks. */
#include <benchkit/bench.h>

BENCH_MAIN();
