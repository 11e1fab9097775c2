/* BENCH_DEBUG, and the lines that it asks for:
 *
 *	BENCH_DEBUG=memtrace=1		a line on stderr every second
 *	BENCH_DEBUG=memtrace=100ms	or at another interval
 *
 *	mem 3 @1.204s 0.8%: 12345+12001 allocs, 3.1 MB/s, 4->6->5 MB live, \
 *	9 MB sys, 12 MB rss, 2 P
 *
 * The third line, 1.204 s after the first allocations were seen; of the time
 * since the line before, 0.8 % of one CPU went into the program.  In that time it
 * made 12345 allocations and 12001 frees, and asked for 3.1 MB a second.  Live
 * bytes, as the allocator rounds them, were 4 MB at its beginning, 6 at most, and
 * are 5 now.  9 MB of private memory are mapped for writing, 12 MB of all are
 * resident; the program has 2 threads.  A MB is 1000000 bytes. */
#ifndef BI_PROFILE_MEMTRACE_H
#define BI_PROFILE_MEMTRACE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* The interval that TEXT, the value of BENCH_DEBUG, asks for; 0: no lines.
 * BENCH_EINPUT, and what is wrong with it. */
int bi_memtrace_parse(const char *text, int64_t *interval_ns,
		      struct bench_error *err);

struct bi_memtrace_line {
	int64_t number;
	int64_t since_start_ns;
	int64_t interval_ns; /* since the line before; more than 0 */
	int64_t cpu_ns;
	uint64_t allocs, frees, bytes; /* in the interval */
	int64_t live_before, live_most, live_now;
	int64_t sys, rss, threads; /* below 0, and shown as 0: not known */
};

enum { BI_MEMTRACE_MOST = 256 };

/* LINE as text, with a newline, at OUT; its length. */
size_t bi_memtrace_format(const struct bi_memtrace_line *line,
			  char out[BI_MEMTRACE_MOST]);

#endif
