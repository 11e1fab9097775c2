/* What may be counted beside time, by name. */
#include "perf/event.h"

#include <linux/perf_event.h>
#include <string.h>

#include "perf/system.h"

#define CACHE_MISS(cache, op)                                                  \
	((cache) | (op) << 8 | PERF_COUNT_HW_CACHE_RESULT_MISS << 16)

#define HARDWARE(name, config)                                                 \
	{name, name "/op", BI_PERF_HARDWARE, PERF_TYPE_HARDWARE, config}

#define CACHE(name, cache)                                                     \
	{name, name "/op", BI_PERF_HARDWARE, PERF_TYPE_HW_CACHE,               \
	 CACHE_MISS(cache, PERF_COUNT_HW_CACHE_OP_READ)}

static const struct bi_perf_event events[] = {
	HARDWARE("instructions", PERF_COUNT_HW_INSTRUCTIONS),
	HARDWARE("cycles", PERF_COUNT_HW_CPU_CYCLES),
	HARDWARE("branches", PERF_COUNT_HW_BRANCH_INSTRUCTIONS),
	HARDWARE("branch-misses", PERF_COUNT_HW_BRANCH_MISSES),
	HARDWARE("cache-references", PERF_COUNT_HW_CACHE_REFERENCES),
	HARDWARE("cache-misses", PERF_COUNT_HW_CACHE_MISSES),
	CACHE("L1-dcache-load-misses", PERF_COUNT_HW_CACHE_L1D),
	CACHE("LLC-load-misses", PERF_COUNT_HW_CACHE_LL),
	CACHE("dTLB-load-misses", PERF_COUNT_HW_CACHE_DTLB),
	CACHE("iTLB-load-misses", PERF_COUNT_HW_CACHE_ITLB),
	{"cpu-migrations", "cpu-migrations/op", BI_PERF_KERNEL,
	 PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS},
	{"task-clock", "task-clock-ns/op", BI_PERF_USAGE, 0,
	 BI_PERF_USAGE_CPU_NS},
	{"page-faults", "page-faults/op", BI_PERF_USAGE, 0,
	 BI_PERF_USAGE_FAULTS},
	{"context-switches", "context-switches/op", BI_PERF_USAGE, 0,
	 BI_PERF_USAGE_SWITCHES},
};

#define EVENTS (sizeof(events) / sizeof(events[0]))

_Static_assert(EVENTS <= BI_PERF_MOST, "a list holds each of them once");

static void add(struct bi_perf_list *list, const struct bi_perf_event *event)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (list->event[i] == event)
			return;
	}
	list->event[list->count++] = event;
}

int bi_perf_list_parse(struct bi_perf_list *list, const char *text,
		       struct bench_error *err)
{
	struct bi_perf_list parsed = {.count = 0};
	size_t i, len;

	for (;; text += len + 1) {
		len = strcspn(text, ",");
		for (i = 0; i < EVENTS; i++) {
			if (strlen(events[i].name) == len &&
			    memcmp(events[i].name, text, len) == 0)
				break;
		}
		if (i == EVENTS)
			return bi_error_set(err, BENCH_EINPUT,
					    "no event '%.*s'", (int)len, text);
		add(&parsed, &events[i]);
		if (text[len] == '\0')
			break;
	}
	*list = parsed;
	return 0;
}
