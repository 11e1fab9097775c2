/* What the kernel does for us, in a table, so that a test can do it instead. */
#ifndef BI_PERF_SYSTEM_H
#define BI_PERF_SYSTEM_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

struct perf_event_attr;

/* What the process has used so far. */
enum bi_perf_usage_place {
	BI_PERF_USAGE_CPU_NS, /* CPU time of all threads */
	BI_PERF_USAGE_FAULTS, /* minor and major */
	BI_PERF_USAGE_SWITCHES, /* voluntary or not */
	BI_PERF_USAGES
};

/* A count, and for how long it was wanted and was kept (ns): less if events had
 * to take turns on the processor's counters. */
struct bi_perf_reading {
	uint64_t count;
	uint64_t enabled;
	uint64_t running;
};

#define BI_PERF_PARANOID_UNKNOWN INT_MAX

/* Calls that can fail return a negative errno. */
struct bi_perf_system {
	/* Count ATTR for this thread and those it starts, on any CPU, together
	 * with LEADER (-1: none).  Returns a descriptor. */
	int (*open)(struct perf_event_attr *attr, int leader);
	/* Count, or do not, LEADER and all that go with it. */
	int (*enable)(int leader, bool on);
	int (*read)(int fd, struct bi_perf_reading *reading);
	void (*close)(int fd);
	/* kernel.perf_event_paranoid, or BI_PERF_PARANOID_UNKNOWN. */
	int (*paranoid)(void);
	/* Whether we seem to be in a container. */
	bool (*contained)(void);
	void (*usage)(uint64_t used[BI_PERF_USAGES]);
};

/* Linux. */
extern const struct bi_perf_system bi_perf_linux;

#endif
