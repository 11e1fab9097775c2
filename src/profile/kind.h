/* The kinds of profile, one table: the public calls, flags, signals and HTTP
 * treat all of them alike.
 *
 * A kind is one file that defines one `const struct bi_kind`, and a row in
 * kind.c.  Its functions are called one at a time, under kind.c's lock, never
 * from a signal handler; between start and stop it records as it likes. */
#ifndef BI_PROFILE_KIND_H
#define BI_PROFILE_KIND_H

#include <stdint.h>

#include <benchkit/profile.h>

#include "base/buf.h"
#include "base/error.h"
#include "profile/profile.h"

struct bi_kind {
	const char *name;
	const char *description; /* a sentence for people */
	int64_t default_rate;

	/* Record at RATE (more than 0), from nothing.  NULL: a kind that is a
	 * picture of the moment, and always ready. */
	int (*start)(int64_t rate, struct bench_error *err);

	/* No more is recorded when this returns; what there is stays. */
	void (*stop)(void);

	/* What was recorded so far, by a kind that records or was stopped: types,
	 * period, samples, comments.  Name, time and duration are there
	 * already. */
	int (*collect)(struct bi_profile *out, struct bench_error *err);

	/* Forget what was recorded.  NULL where start is. */
	void (*forget)(void);

	/* In the child of a fork, while recording: there, nothing is recorded.
	 * Takes the place of stop and forget; may leave memory behind.  NULL
	 * where start is. */
	void (*forked)(void);

	/* Go's text form, if it is not that of bi_text_write(); or NULL. */
	int (*text)(const struct bi_profile *profile, struct bi_buf *out);

	/* How much there is, for a kind that must not be collected to learn that;
	 * or NULL. */
	int64_t (*count)(void);

	/* Go's debug=2, each stack by itself; or NULL: the text form. */
	int (*stacks)(const struct bi_profile *profile, struct bi_buf *out);
};

/* The kind of that name, or NULL. */
const struct bi_kind *bi_kind_find(const char *name);

/* The kinds by number, NULL behind the last. */
const struct bi_kind *bi_kind_at(size_t index);

/* Collect and resolve KIND as it is now: what bench_profile_write() would write.
 * Release *OUT in either case.  For those who do something else with it. */
int bi_kind_collect(const struct bi_kind *kind, struct bi_profile *out,
		    struct bench_error *err);

/* The same in two steps: samples without names, merged; and names for any
 * profile.  Between the two samples can be changed.  BENCH_EINPUT if KIND is
 * not started. */
int bi_kind_sample(const struct bi_kind *kind, struct bi_profile *out,
		   struct bench_error *err);
int bi_kind_resolve(struct bi_profile *profile, struct bench_error *err);

/* Let KIND record, at its default rate if nobody has started it, until as many
 * calls of bi_kind_done().  Errors as of bench_profile_start, but never
 * BENCH_EBUSY; done only after success. */
int bi_kind_need(const struct bi_kind *kind, struct bench_error *err);
void bi_kind_done(const struct bi_kind *kind);

/* Append PROFILE in FORMAT, which KIND may have its own text for. */
int bi_kind_format(const struct bi_kind *kind,
		   const struct bi_profile *profile,
		   enum bench_profile_format format, struct bi_buf *out,
		   struct bench_error *err);

/* cpu.c */
extern const struct bi_kind bi_cpu_kind;

/* heap.c */
extern const struct bi_kind bi_heap_kind;
extern const struct bi_kind bi_allocs_kind;

/* block.c, mutex.c, threadcreate.c, threads.c */
extern const struct bi_kind bi_block_kind;
extern const struct bi_kind bi_mutex_kind;
extern const struct bi_kind bi_threadcreate_kind;
extern const struct bi_kind bi_threads_kind;

#endif
