/* Where a profile goes: a file, or a function. */
#ifndef BI_PROFILE_OUTPUT_H
#define BI_PROFILE_OUTPUT_H

#include <stddef.h>

#include <benchkit/profile.h>

#include "base/error.h"

struct bi_output {
	const struct bench_profile_output *to;
	int fd; /* -1: none */
};

/* Open TO's file, if it is one; it is made or emptied.  BENCH_EIO. */
int bi_output_open(struct bi_output *output,
		   const struct bench_profile_output *to,
		   struct bench_error *err);

/* BENCH_EIO when the file does not take all, or the function wants no more. */
int bi_output_write(struct bi_output *output, const void *data, size_t size,
		    struct bench_error *err);

/* BENCH_EIO when it turns out only now that something is not written. */
int bi_output_close(struct bi_output *output, struct bench_error *err);

#endif
