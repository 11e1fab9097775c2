/* The counter of allocations, and why every file that includes this wants it.
 *
 * Allocations are counted by functions of the names malloc, calloc, free and so
 * on that stand in the measured program itself and pass each call on to the
 * allocator that would have had it.  They come from a small static archive,
 * libbenchkit-count.a, also when libbenchkit is shared.  A linker takes a
 * member of an archive only when somebody refers to it: that is all this header
 * does.  It adds no code.
 *
 * Under the address and memory sanitizers, which bring a malloc of their own,
 * nothing is referred to; libbenchkit then counts through the sanitizer's hooks.
 * So it does under the thread sanitizer, but for what its hooks leave out, which
 * another member of the archive tells.  A program that links its own malloc
 * statically keeps that one, and its allocations are not counted.  With
 * BENCH_NO_COUNTER defined nothing is referred to either. */
#ifndef BENCHKIT_COUNTER_H
#define BENCHKIT_COUNTER_H

#include <benchkit/version.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BENCH_COUNTER_VERSION 2

/* Malloc and its family, as memory/allocator.h of the sources has them. */
struct bi_allocator;

/* How libbenchkit asks a counter.  A later version only appends. */
struct bench_counter {
	int version; /* the BENCH_COUNTER_VERSION it was built with */

	/* What all threads, also those that ended, have done so far:
	 * successful allocations, the bytes they asked for, and frees.  realloc
	 * of a block is one of each.  Never less than at the call before.  Any
	 * thread; allocates nothing. */
	void (*read)(uint64_t *allocs, uint64_t *bytes, uint64_t *frees);

	/* From watch(true) to watch(false) live bytes are known, in the sizes
	 * that the allocator gave, and counting costs ten times as much.
	 * False: they cannot be.  live: those above watch(true)'s, and the most
	 * since the call before; one thread at a time. */
	bool (*watch)(bool on);
	void (*live)(int64_t *now_bytes, int64_t *most_bytes);

	/* Version 2.  From now on what is counted goes to TAP's functions in
	 * place of the allocator's, or, with NULL, to the allocator's again;
	 * *TAP must stay, since a thread may be about to call it.  BEHIND, if it
	 * is not NULL, gets the allocator's, which TAP's are to call.  Costs
	 * nothing while there is no tap.  False: there is no allocator.  One
	 * thread at a time. */
	bool (*tap)(const struct bi_allocator *tap,
		    struct bi_allocator *behind);
};

/* The one in libbenchkit-count.a. */
extern BENCH_API const struct bench_counter bench_counter;

/* Count with COUNTER, which must stay; bench_counter calls this before main.
 * The first one given is kept; NULL forgets it.  Not thread-safe. */
BENCH_API void bench_use_counter(const struct bench_counter *counter);

/* An allocation of SIZE bytes that the sanitizer's hooks do not tell of has
 * returned P, which may be NULL. */
BENCH_API void bench_count_unhooked(const void *p, size_t size);

/* Stands in the member that calls this. */
extern BENCH_API const char bench_unhooked;

#if !defined(BENCH_NO_COUNTER) && !BENCH_SANITIZED
/* "used": it must reach the object file, whose list of undefined symbols is
 * what the linker goes by; what becomes of the variable after that is nobody's
 * concern. */
__attribute__((used)) static const struct bench_counter
	*const bench_counter_wanted = &bench_counter;
#elif !defined(BENCH_NO_COUNTER) && BENCH_THREAD_SANITIZED
__attribute__((used)) static const char *const bench_counter_wanted =
	&bench_unhooked;
#endif

#ifdef __cplusplus
}
#endif

#endif
