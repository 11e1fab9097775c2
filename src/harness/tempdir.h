/* Temporary directories of benchmarks. */
#ifndef BI_HARNESS_TEMPDIR_H
#define BI_HARNESS_TEMPDIR_H

struct bi_bench;

/* Remove what the present run of BENCH made; what cannot be removed fails it. */
void bi_tempdir_remove(struct bi_bench *bench);

/* Remove the directory at PATH and all below it, following no link.  0, or -1
 * with errno. */
int bi_tempdir_remove_tree(const char *path);

#endif
