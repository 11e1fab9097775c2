/* What a program has allocated and what its memory looks like: as much of Go's
 * runtime.MemStats as C can know.
 *
 *	struct bench_mem_stats before, after;
 *
 *	bench_read_mem_stats(&before, BENCH_MEM_COUNTS);
 *	...
 *	bench_read_mem_stats(&after, BENCH_MEM_COUNTS);
 *	bench_report_metric(b, (double)(after.frees - before.frees), "frees");
 *
 * Who answers for the heap depends on the allocator that malloc belongs to, be
 * it linked, preloaded or a sanitizer's; heap_source names it:
 *
 *			heap_alloc	heap_sys	heap_idle	heap_released
 *	glibc		uordblks and	arena and	fordblks	heap_sys less
 *			hblkhd		hblkhd				RssAnon
 *	jemalloc	allocated	mapped and	what is not	retained
 *					retained	active
 *	tcmalloc	current_	heap_size	pageheap_free	pageheap_
 *			allocated_bytes			and _unmapped	unmapped
 *	mimalloc	unknown		committed	unknown		unknown
 *	sanitizer	allocated	heap size	unknown		unknown
 *	(but memory's)
 *	any other, and	unknown		unknown		unknown		unknown
 *	under valgrind
 *
 * glibc takes what a thread keeps for its next malloc as allocated, and its
 * figures need version 2.33. */
#ifndef BENCHKIT_MEMSTATS_H
#define BENCHKIT_MEMSTATS_H

#include <benchkit/version.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* In a field that was not asked for, or that nobody can answer. */
#define BENCH_MEM_UNKNOWN (-1)

/* What to read.  The costs are those of a program with few threads and a small
 * heap; each thread adds a nanosecond to COUNTS, and glibc walks its free
 * blocks for HEAP (10 ms for a hundred thousand of them).  Nothing allocates,
 * but for jemalloc, which may at its first HEAP. */
enum bench_mem_part {
	BENCH_MEM_COUNTS = 1,  /* under 100 ns */
	BENCH_MEM_PROCESS = 2, /* some 10 us: getrusage, /proc/self/status */
	BENCH_MEM_HEAP = 4,    /* 1 us (glibc) to 10 us */
	BENCH_MEM_FULL = 7
};

/* Every number is at least 0, or BENCH_MEM_UNKNOWN. */
struct bench_mem_stats {
	/* COUNTS: what all threads have done since the program began, or, under
	 * a sanitizer, since the first call into benchkit that wanted to know.
	 * Unknown where allocations are not counted. */
	int64_t mallocs;     /* allocations */
	int64_t frees;       /* blocks given back */
	int64_t total_alloc; /* bytes the allocations asked for */
	int64_t heap_objects; /* mallocs less frees; unknown under a sanitizer */

	/* HEAP: bytes, as in the table. */
	int64_t heap_alloc;    /* in blocks that are allocated */
	int64_t heap_sys;      /* that the allocator holds */
	int64_t heap_idle;     /* of these, not in use */
	int64_t heap_released; /* of these, without memory behind them; glibc:
				* at least so many, and only with PROCESS */

	/* PROCESS. */
	int64_t rss;          /* bytes in memory, to within some pages */
	int64_t peak_rss;     /* the most there were, likewise */
	int64_t minor_faults; /* pages made, or found in memory */
	int64_t major_faults; /* pages read from a file or from swap */

	/* HEAP: "glibc", "jemalloc", "tcmalloc", "mimalloc", "sanitizer", or
	 * NULL.  Static. */
	const char *heap_source;
};

/* Read PARTS (enum bench_mem_part, or'ed) into *OUT; all else there becomes
 * unknown.  Only differences of the counts mean anything.  Any thread, but for
 * the first call of all that asks for COUNTS. */
BENCH_API void bench_read_mem_stats(struct bench_mem_stats *out,
				    unsigned parts);

#ifdef __cplusplus
}
#endif

#endif
