/* BENCH_PROFILE: profiles of a program that knows nothing of them. */
#ifndef BI_PROFILE_ENVIRONMENT_H
#define BI_PROFILE_ENVIRONMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct bi_environment {
	bool sigusr2;
	int64_t cap_seconds;
	char http[128]; /* the address; "": none */
};

/* "sigusr2[,cap=DURATION][,http=ADDRESS]", each item at most once, a cap only
 * with a signal; a cap of 0 is none, one below a second is a second.
 * BENCH_EINPUT. */
int bi_environment_parse(const char *text, struct bi_environment *out,
			 struct bench_error *err);

#endif
