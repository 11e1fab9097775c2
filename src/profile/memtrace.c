/* BENCH_DEBUG, and the lines that it asks for. */
#include "profile/memtrace.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/slice.h"
#include "clock/clock.h"
#include "profile/family.h"
#include "profile/guard.h"
#include "profile/thread.h"

#define NS_PER_SEC INT64_C(1000000000)

/* A line takes some tens of microseconds. */
#define LEAST_NS (NS_PER_SEC / 1000)

/* ---- BENCH_DEBUG ---- */

static int parse_interval(struct bi_slice value, int64_t *interval_ns)
{
	char text[32];

	if (value.len == 0 || value.len >= sizeof(text))
		return BENCH_EINPUT;
	memcpy(text, value.text, value.len);
	text[value.len] = '\0';
	if (strcmp(text, "0") == 0) {
		*interval_ns = 0;
		return 0;
	}
	if (strcmp(text, "1") == 0) {
		*interval_ns = NS_PER_SEC;
		return 0;
	}
	if (bi_duration_parse(text, interval_ns) < 0 ||
	    *interval_ns < LEAST_NS)
		return BENCH_EINPUT;
	return 0;
}

static int parse_item(struct bi_slice item, int64_t *interval_ns,
		      struct bench_error *err)
{
	static const char name[] = "memtrace=";
	const size_t len = sizeof(name) - 1;
	int64_t interval;

	if (item.len < len || memcmp(item.text, name, len) != 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "BENCH_DEBUG: unknown setting '%.*s'",
				    (int)item.len, item.text);
	item.text += len;
	item.len -= len;
	if (parse_interval(item, &interval) < 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "BENCH_DEBUG: memtrace is 0, 1 or a time "
				    "of at least 1ms, not '%.*s'",
				    (int)item.len, item.text);
	*interval_ns = interval;
	return 0;
}

int bi_memtrace_parse(const char *text, int64_t *interval_ns,
		      struct bench_error *err)
{
	int rc = 0;

	*interval_ns = 0;
	while (rc == 0 && *text != '\0') {
		struct bi_slice item = {text, strcspn(text, ",")};

		rc = parse_item(item, interval_ns, err);
		text += item.len;
		text += *text == ',';
	}
	return rc;
}

/* ---- A line ---- */

static int64_t megabytes(int64_t bytes)
{
	return bytes <= 0 ? 0 : (bytes + 500000) / 1000000;
}

/* PART of WHOLE, in tenths. */
static int64_t tenths(double part, double whole)
{
	return (int64_t)(10 * part / whole + 0.5);
}

/* Decimal points of our own: printf's are the locale's. */
size_t bi_memtrace_format(const struct bi_memtrace_line *line,
			  char out[BI_MEMTRACE_MOST])
{
	int64_t ms = line->since_start_ns / 1000000;
	int64_t cpu = tenths(100 * (double)line->cpu_ns,
			     (double)line->interval_ns);
	int64_t rate = tenths((double)line->bytes * 1000,
			      (double)line->interval_ns);
	int len = snprintf(
		out, BI_MEMTRACE_MOST,
		"mem %" PRId64 " @%" PRId64 ".%03ds %" PRId64 ".%d%%: %" PRIu64
		"+%" PRIu64 " allocs, %" PRId64 ".%d MB/s, %" PRId64
		"->%" PRId64 "->%" PRId64 " MB live, %" PRId64
		" MB sys, %" PRId64 " MB rss, %" PRId64 " P\n",
		line->number, ms / 1000, (int)(ms % 1000), cpu / 10,
		(int)(cpu % 10), line->allocs, line->frees, rate / 10,
		(int)(rate % 10), megabytes(line->live_before),
		megabytes(line->live_most), megabytes(line->live_now),
		megabytes(line->sys), megabytes(line->rss),
		line->threads < 0 ? 0 : line->threads);

	return len < BI_MEMTRACE_MOST ? (size_t)len : BI_MEMTRACE_MOST - 1;
}

/* ---- Watching ---- */

struct watch {
	const struct bench_counter *counter;
	struct bi_instant began, last;
	int64_t cpu_ns;
	uint64_t allocs, frees, bytes;
	int64_t live;
	int64_t number;
};

static int64_t cpu_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * NS_PER_SEC + now.tv_nsec;
}

/* The number behind "\nNAME:" in TEXT, or -1. */
static int64_t find_number(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at == NULL ? -1 : strtoll(at + strlen(name), NULL, 10);
}

static void read_process(struct bi_memtrace_line *line)
{
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	char text[4096];
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		close(fd);
	text[n < 0 ? 0 : n] = '\0';
	line->sys = find_number(text, "\nVmData:") * 1024;
	line->rss = find_number(text, "\nVmRSS:") * 1024;
	line->threads = find_number(text, "\nThreads:");
}

static void read_line(struct watch *watch, struct bi_memtrace_line *line)
{
	struct watch now = {.counter = watch->counter,
			    .began = watch->began,
			    .last = bi_clock_now(),
			    .cpu_ns = cpu_now(),
			    .number = watch->number + 1};

	now.counter->read(&now.allocs, &now.bytes, &now.frees);
	now.counter->live(&now.live, &line->live_most);
	line->number = now.number;
	line->since_start_ns = bi_clock_since(watch->began);
	line->interval_ns = bi_clock_since(watch->last);
	line->cpu_ns = now.cpu_ns - watch->cpu_ns;
	line->allocs = now.allocs - watch->allocs;
	line->frees = now.frees - watch->frees;
	line->bytes = now.bytes - watch->bytes;
	line->live_before = watch->live;
	line->live_now = now.live;
	read_process(line);
	*watch = now;
}

static struct {
	struct watch watch;
	int64_t interval_ns;
} trace;

static void *run(void *nothing)
{
	struct timespec interval = {
		.tv_sec = trace.interval_ns / NS_PER_SEC,
		.tv_nsec = trace.interval_ns % NS_PER_SEC,
	};
	char text[BI_MEMTRACE_MOST];
	struct bi_memtrace_line line;

	bi_guard_enter();
	bi_thread_set_ours();
	for (;;) {
		clock_nanosleep(CLOCK_MONOTONIC, 0, &interval, NULL);
		read_line(&trace.watch, &line);
		/* Nobody could be told that it fails. */
		if (write(STDERR_FILENO, text,
			  bi_memtrace_format(&line, text)) < 0)
			break;
	}
	return nothing;
}

/* A thread that gets no signals and that nobody waits for. */
static int start_thread(void)
{
	sigset_t all, before;
	pthread_attr_t attr;
	pthread_t thread;
	int rc;

	if (pthread_attr_init(&attr) != 0)
		return BENCH_ENOMEM;
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&thread, &attr, run, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	return rc == 0 ? 0 : BENCH_ENOMEM;
}

static int begin(const char *text, struct bench_error *err)
{
	struct watch *watch = &trace.watch;
	int rc = bi_memtrace_parse(text, &trace.interval_ns, err);

	if (rc < 0 || trace.interval_ns == 0)
		return rc;
	rc = bi_family_counter(&watch->counter, err);
	if (rc < 0)
		return rc;
	if (!watch->counter->watch(true))
		return bi_error_set(err, BENCH_ENOTSUP,
				    "live bytes are not known");
	watch->began = watch->last = bi_clock_now();
	watch->cpu_ns = cpu_now();
	watch->counter->read(&watch->allocs, &watch->bytes, &watch->frees);
	rc = start_thread();
	return rc < 0 ? bi_error_nomem(err) : 0;
}

__attribute__((constructor)) static void trace_memory(void)
{
	const char *text = secure_getenv("BENCH_DEBUG");
	struct bench_error err = BENCH_ERROR_INIT;

	if (text != NULL && begin(text, &err) < 0)
		dprintf(STDERR_FILENO, "libbenchkit-profile: %s\n", err.text);
}
