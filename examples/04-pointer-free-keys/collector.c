/* What libgc tells of a collection comes in four events:
 *
 *	START ... MARK_START ... MARK_END ... END
 *	  get ready      mark         sweep
 *
 * It calls while it holds its lock: nothing here may allocate with it. */
#define GC_THREADS /* for GC_get_prof_stats_unsafe */
#include "collector.h"

#include <gc/gc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A block of that size may hold more words that look like pointers into the heap
 * than is good; and what points to it points to its beginning. */
#define LARGE_BYTES (100 * 1024)

/* The one collector that a process has. */
static struct {
	FILE *trace;
	bool forced;
	int64_t started_ns;    /* collector_start */
	int64_t collecting_ns; /* all collections */
	/* The collection that runs. */
	int64_t at_ns[3]; /* START, MARK_START, MARK_END */
	int64_t cpu_ns;   /* at START */
	size_t live_bytes;
} gc;

static int64_t read_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void read_heap(size_t *heap_bytes, size_t *live_bytes)
{
	struct GC_prof_stats_s stats;

	GC_get_prof_stats_unsafe(&stats, sizeof(stats));
	*heap_bytes = stats.heapsize_full - stats.unmapped_bytes;
	*live_bytes = stats.heapsize_full - stats.free_bytes_full;
}

static double ms(int64_t ns)
{
	return (double)ns / 1e6;
}

/* In MB, as Go's: 2^20 bytes, rounded up. */
static size_t mb(size_t bytes)
{
	return (bytes + (1 << 20) - 1) >> 20;
}

static void end_collection(int64_t now_ns)
{
	size_t heap_bytes, live_bytes;

	gc.collecting_ns += now_ns - gc.at_ns[0];
	if (gc.trace == NULL)
		return;
	read_heap(&heap_bytes, &live_bytes);
	fprintf(gc.trace,
		"gc %lu @%.3fs %.0f%%: %.3g+%.3g+%.3g ms clock, %.3g ms cpu, "
		"%zu->%zu MB, %zu MB heap, %d P%s\n",
		(unsigned long)GC_get_gc_no(),
		(double)(gc.at_ns[0] - gc.started_ns) / 1e9,
		100 * (double)gc.collecting_ns /
			(double)(now_ns - gc.started_ns),
		ms(gc.at_ns[1] - gc.at_ns[0]), ms(gc.at_ns[2] - gc.at_ns[1]),
		ms(now_ns - gc.at_ns[2]),
		ms(read_clock(CLOCK_PROCESS_CPUTIME_ID) - gc.cpu_ns),
		mb(gc.live_bytes), mb(live_bytes), mb(heap_bytes),
		GC_get_parallel() + 1, gc.forced ? " (forced)" : "");
}

static void on_event(GC_EventType event)
{
	int64_t now_ns = read_clock(CLOCK_MONOTONIC);
	size_t heap_bytes;

	/* More events than these come, and newer libraries may add some. */
	if (event == GC_EVENT_START) {
		gc.at_ns[0] = gc.at_ns[1] = gc.at_ns[2] = now_ns;
		gc.cpu_ns = read_clock(CLOCK_PROCESS_CPUTIME_ID);
		read_heap(&heap_bytes, &gc.live_bytes);
	} else if (event == GC_EVENT_MARK_START) {
		gc.at_ns[1] = gc.at_ns[2] = now_ns;
	} else if (event == GC_EVENT_MARK_END) {
		gc.at_ns[2] = now_ns;
	} else if (event == GC_EVENT_END) {
		end_collection(now_ns);
	}
}

void collector_start(FILE *trace)
{
	/* One thread marks: what it takes does not depend on the machine's
	 * idle processors. */
	GC_set_markers_count(1);
	GC_INIT();
	gc.trace = trace;
	gc.started_ns = read_clock(CLOCK_MONOTONIC);
	GC_set_on_collection_event(on_event);
}

bool collector_trace_wanted(void)
{
	static const char want[] = "gctrace=1";
	const char *p = getenv("BENCH_DEBUG");
	size_t len;

	for (; p != NULL; p = p[len] == ',' ? p + len + 1 : NULL) {
		len = strcspn(p, ",");
		if (len == sizeof(want) - 1 && memcmp(p, want, len) == 0)
			return true;
	}
	return false;
}

int64_t collector_collect(void)
{
	int64_t begin_ns = read_clock(CLOCK_MONOTONIC);

	gc.forced = true;
	GC_gcollect();
	gc.forced = false;
	return read_clock(CLOCK_MONOTONIC) - begin_ns;
}

static void *allocate_linked(size_t size)
{
	return size < LARGE_BYTES ? GC_malloc(size)
				  : GC_malloc_ignore_off_page(size);
}

static void *allocate_plain(size_t size)
{
	return size < LARGE_BYTES ? GC_malloc_atomic(size)
				  : GC_malloc_atomic_ignore_off_page(size);
}

/* Nothing to do: it is free when nothing points to it any more. */
static void leave_to_collector(void *block)
{
	(void)block;
}

const struct name_memory collector_memory = {
	.linked = allocate_linked,
	.plain = allocate_plain,
	.release = leave_to_collector,
};
