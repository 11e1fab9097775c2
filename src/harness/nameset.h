/* Names of benchmarks, each with a counter. */
#ifndef BI_HARNESS_NAMESET_H
#define BI_HARNESS_NAMESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A balanced tree of names.  Zero-initialise; release it. */
struct bi_nameset {
	void *root;
	size_t size;
};

/* The counter of NAME, 0 at first; NAME is copied.  NULL: no memory. */
int64_t *bi_nameset_counter(struct bi_nameset *set, const char *name);

/* The value of that counter, 0 for a name that is not there. */
int64_t bi_nameset_count(const struct bi_nameset *set, const char *name);

/* Add NAME (its counter becomes 1).  0 or BENCH_ENOMEM. */
int bi_nameset_add(struct bi_nameset *set, const char *name);

/* Is NAME there with a counter above 0? */
bool bi_nameset_has(const struct bi_nameset *set, const char *name);

/* All names as an array, in order; it is the caller's to free, the names are
 * the set's.  NULL: no memory. */
const char **bi_nameset_list(const struct bi_nameset *set);

void bi_nameset_release(struct bi_nameset *set);

#endif
