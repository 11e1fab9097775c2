/* How many allocations the program has made, if anybody counts them.
 *
 * The counter stands in the program (memory/interpose.c) or is a sanitizer's;
 * here it is found, and tested before it is believed: in a program with a
 * malloc of its own, ours is there and nobody calls it, and what would be
 * printed as 0 allocs/op is not known. */
#ifndef BI_MEMORY_COUNTING_H
#define BI_MEMORY_COUNTING_H

#include <stdbool.h>
#include <stdint.h>

struct bi_counts {
	uint64_t allocs;
	uint64_t bytes; /* asked for by these allocations */
	uint64_t frees;
};

/* All threads' counts so far: only differences mean something.  False, and *OUT
 * unchanged, when allocations are not counted.  Some tens of ns, allocates
 * nothing.
 *
 * The first call of this or the next function tests the counter and must be
 * over before another thread calls either; after that any thread may. */
bool bi_counting_read(struct bi_counts *out);

/* While on, the bytes that are live are known too, as the allocator rounds them;
 * each malloc and free takes some tens of nanoseconds more.  False when they
 * cannot be known. */
bool bi_counting_watch(bool on);

/* While watched: the bytes now live above those at the beginning of the watch,
 * and the most there were since the call before.  One thread at a time. */
void bi_counting_live(int64_t *now, int64_t *most);

/* Do the counts go back to the program's first allocation?  A sanitizer's begin
 * with the first call of a function here. */
bool bi_counting_is_whole(void);

/* Has valgrind replaced the allocator? */
bool bi_counting_under_valgrind(void);

/* Why allocations are not counted, in a few words; NULL when they are. */
const char *bi_counting_unavailable_reason(void);

#endif
