/* One run of Google Benchmark, whichever of its formats it comes in. */
#ifndef BI_FMT_GOOGLE_H
#define BI_FMT_GOOGLE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

struct bi_google_run {
	struct bi_slice name;
	double iterations;
	double real_time;
	double cpu_time;
	struct bi_slice time_unit; /* "ns", "us", "ms" or "s" */
};

/* Begin the result line of RUN with its times.  Returns 0 or a failure. */
int bi_google_begin(struct bi_buf *out, const struct bi_google_run *run,
		    struct bench_error *err);

/* Add VALUE of COUNTER, which Google Benchmark or its user named so; those that
 * only say how the run was made are left out.  Returns 0 or BENCH_ENOMEM. */
int bi_google_counter(struct bi_buf *out, struct bi_slice counter,
		      double value);

/* A run that failed, as a log has it, which readers pass over. */
int bi_google_failure(struct bi_buf *out, struct bi_slice name,
		      struct bi_slice message);

#endif
