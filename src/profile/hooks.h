/* Where libbenchkit meets libbenchkit-profile: a table that the one exports and
 * the other finds, or not, by a weak symbol.  The rest of neither knows the
 * other.
 *
 * The first functions are those of <benchkit/profile.h>. */
#ifndef BI_PROFILE_HOOKS_H
#define BI_PROFILE_HOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <benchkit/profile.h>

/* A later version only appends. */
#define BENCH_PROFILE_HOOKS_VERSION 1

struct bench_profile_hooks {
	int version;
	const char *(*kind)(size_t index);
	int (*start)(const char *kind, int64_t rate, struct bench_error *err);
	int (*write)(const char *kind,
		     const struct bench_profile_output *output,
		     struct bench_error *err);
	int (*stop)(const char *kind, const struct bench_profile_output *output,
		    struct bench_error *err);

	/* Samples of all threads carry the label benchmark=NAME between the two,
	 * or none without memory for it.  enter returns what leave wants: who
	 * was there before. */
	unsigned (*enter)(const char *name);
	void (*leave)(unsigned before);

	/* What this thread waits for is libbenchkit's from now on, and no part of
	 * a profile; or the program's again.  Returns what it was. */
	bool (*set_apart)(bool now);

	/* All of this thread is the library's, to its end.  For the server, which
	 * sees no more of the library than others do. */
	void (*set_ours)(void);
};

extern BENCH_API const struct bench_profile_hooks bench_profile_hooks
	__attribute__((weak));

#endif
