/* All inputs of a run, read side by side and handed out in their order. */
#ifndef BI_FMT_GATHER_H
#define BI_FMT_GATHER_H

#include <stddef.h>

#include "base/error.h"
#include "fmt/collect.h"
#include "fmt/source.h"

/* One input that was read. */
struct bi_gathered {
	const struct bi_input *input;
	struct bi_collection collection; /* up to the failure, if there is */
	struct bench_error error; /* .code 0: it was read to its end */
};

/* Takes GATHERED in the order of the inputs, on the caller's thread.  It may
 * take the collection over.  A negative result ends it all. */
typedef int bi_gather_take(void *arg, struct bi_gathered *gathered);

/* Read COUNT INPUTS on up to THREADS threads and give each to TAKE.  At most
 * THREADS of them wait at any time.  Standard input may be there repeatedly.
 * Returns 0, what TAKE returned, or BENCH_ENOMEM. */
int bi_gather(const struct bi_input *inputs, size_t count, unsigned threads,
	      bi_gather_take *take, void *arg);

#endif
