/* What we allocate ourselves is not the program's: while a thread is guarded,
 * what it allocates is in no profile. */
#ifndef BI_PROFILE_GUARD_H
#define BI_PROFILE_GUARD_H

#include <stdbool.h>

/* How often this thread has entered; zero at first. */
extern _Thread_local unsigned bi_guard_depth
	__attribute__((tls_model("initial-exec"), visibility("hidden")));

/* In pairs, which may be within each other. */
static inline void bi_guard_enter(void)
{
	bi_guard_depth++;
}

static inline void bi_guard_leave(void)
{
	bi_guard_depth--;
}

static inline bool bi_guard_is_on(void)
{
	return bi_guard_depth > 0;
}

#endif
