/* What the program is built for: for timing, or to find faults. */
#include "harness/build.h"

#include <benchkit/bench.h>

/* The undefined behaviour sanitizer's, which gcc does not tell a file of. */
extern void __ubsan_handle_builtin_unreachable(void *data)
	__attribute__((weak));

const char *bi_build_warning(unsigned built)
{
	if (__ubsan_handle_builtin_unreachable != NULL)
		built |= BENCH_BUILT_SANITIZED;
	switch (built & (BENCH_BUILT_SLOW | BENCH_BUILT_SANITIZED)) {
	case 0:
		return NULL;
	case BENCH_BUILT_SLOW:
		return "not for timing: the program is built without "
		       "optimisation";
	case BENCH_BUILT_SANITIZED:
		return "not for timing: the program is built with a sanitizer";
	default:
		return "not for timing: the program is built without "
		       "optimisation and with a sanitizer";
	}
}
