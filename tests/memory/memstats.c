/* Holds bench_read_mem_stats() against what this program does, and prints who
 * answered for the heap.  Linked in many ways. */
#include <benchkit/bench.h>
#include <benchkit/memstats.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 20000, SIZE = 1000 };

/* The kernel keeps a part of its count of pages with each processor. */
enum { RSS_ERROR = 4 << 20 };

static void *block[COUNT];
static int failed;

#define EXPECT(condition)                                                      \
	do {                                                                   \
		if (!(condition)) {                                            \
			printf("line %d: %s\n", __LINE__, #condition);         \
			failed = 1;                                            \
		}                                                              \
	} while (0)

/* As much as was asked for, and what allocators add. */
static int is_about(int64_t value, int64_t asked)
{
	return value >= asked && value <= asked + asked / 3;
}

/* What was not asked for is unknown, and what nobody knows is not 0. */
static void check_parts(void)
{
	struct bench_mem_stats s;

	bench_read_mem_stats(&s, 0);
	EXPECT(s.mallocs == BENCH_MEM_UNKNOWN);
	EXPECT(s.frees == BENCH_MEM_UNKNOWN);
	EXPECT(s.total_alloc == BENCH_MEM_UNKNOWN);
	EXPECT(s.heap_objects == BENCH_MEM_UNKNOWN);
	EXPECT(s.heap_alloc == BENCH_MEM_UNKNOWN);
	EXPECT(s.heap_sys == BENCH_MEM_UNKNOWN);
	EXPECT(s.heap_idle == BENCH_MEM_UNKNOWN);
	EXPECT(s.heap_released == BENCH_MEM_UNKNOWN);
	EXPECT(s.rss == BENCH_MEM_UNKNOWN);
	EXPECT(s.peak_rss == BENCH_MEM_UNKNOWN);
	EXPECT(s.minor_faults == BENCH_MEM_UNKNOWN);
	EXPECT(s.major_faults == BENCH_MEM_UNKNOWN);
	EXPECT(s.heap_source == NULL);
	bench_read_mem_stats(&s, BENCH_MEM_COUNTS);
	EXPECT(s.heap_sys == BENCH_MEM_UNKNOWN && s.rss == BENCH_MEM_UNKNOWN);
	bench_read_mem_stats(&s, BENCH_MEM_PROCESS);
	EXPECT(s.heap_sys == BENCH_MEM_UNKNOWN);
	EXPECT(s.mallocs == BENCH_MEM_UNKNOWN && s.rss > 0);
	bench_read_mem_stats(&s, BENCH_MEM_HEAP);
	EXPECT(s.mallocs == BENCH_MEM_UNKNOWN && s.rss == BENCH_MEM_UNKNOWN);
}

static void check_counts(const struct bench_mem_stats *before,
			 const struct bench_mem_stats *after, int64_t allocs,
			 int64_t frees)
{
	EXPECT((before->mallocs < 0) == (after->mallocs < 0));
	if (after->mallocs < 0) {
		EXPECT(after->frees < 0 && after->total_alloc < 0);
		EXPECT(after->heap_objects < 0);
		return;
	}
	EXPECT(after->mallocs - before->mallocs == allocs);
	EXPECT(after->frees - before->frees == frees);
	EXPECT(after->total_alloc - before->total_alloc == allocs * SIZE);
	if (after->heap_objects >= 0)
		EXPECT(after->heap_objects - before->heap_objects ==
		       allocs - frees);
}

static void check_full(const struct bench_mem_stats *empty,
		       const struct bench_mem_stats *filled,
		       const struct bench_mem_stats *freed)
{
	const int64_t asked = (int64_t)COUNT * SIZE;

	check_counts(empty, filled, COUNT, 0);
	check_counts(filled, freed, 0, COUNT);
	if (filled->heap_alloc >= 0) {
		EXPECT(is_about(filled->heap_alloc - empty->heap_alloc, asked));
		EXPECT(is_about(filled->heap_alloc - freed->heap_alloc, asked));
		EXPECT(filled->heap_sys >= filled->heap_alloc);
	}
	if (filled->heap_sys >= 0)
		EXPECT(filled->heap_sys >= asked);
	if (freed->heap_idle >= 0)
		EXPECT(freed->heap_idle <= freed->heap_sys);
	if (freed->heap_released >= 0)
		EXPECT(freed->heap_released <= freed->heap_sys);
	EXPECT(filled->rss >= asked - RSS_ERROR);
	EXPECT(filled->peak_rss >= filled->rss - RSS_ERROR);
	EXPECT(freed->peak_rss >= filled->rss - RSS_ERROR);
	EXPECT(filled->minor_faults - empty->minor_faults > 0);
	EXPECT(filled->major_faults >= 0);
}

int main(void)
{
	struct bench_mem_stats empty, filled, freed;
	int i;

	check_parts();
	bench_read_mem_stats(&empty, BENCH_MEM_FULL);
	for (i = 0; i < COUNT; i++) {
		block[i] = malloc(SIZE);
		memset(block[i], 'x', SIZE);
	}
	bench_read_mem_stats(&filled, BENCH_MEM_FULL);
	for (i = 0; i < COUNT; i++)
		free(block[i]);
	bench_read_mem_stats(&freed, BENCH_MEM_FULL);
	check_full(&empty, &filled, &freed);
	printf("%s: heap %s, counts %s\n", failed ? "FAILED" : "passed",
	       filled.heap_source != NULL ? filled.heap_source : "unknown",
	       filled.mallocs >= 0 ? "known" : "unknown");
	return failed;
}
