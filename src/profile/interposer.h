/* The counter that the shared library has of its own. */
#ifndef BI_PROFILE_INTERPOSER_H
#define BI_PROFILE_INTERPOSER_H

#include <benchkit/counter.h>

/* In the static library there is none: its address is NULL. */
extern const struct bench_counter bi_interposer_counter
	__attribute__((weak, visibility("hidden")));

#endif
