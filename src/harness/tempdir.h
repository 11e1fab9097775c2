/* Temporary directories of benchmarks. */
#ifndef BI_HARNESS_TEMPDIR_H
#define BI_HARNESS_TEMPDIR_H

struct bi_bench;

/* Remove what the present run of BENCH made; what cannot be removed fails it. */
void bi_tempdir_remove(struct bi_bench *bench);

#endif
