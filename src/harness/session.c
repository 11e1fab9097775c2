/* One benchmark measured by slices. */
#include "harness/session.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/integer.h"
#include "clock/cpu.h"

/* Nanoseconds that this thread could have run and did not: the second field of
 * its schedstat; -1 where the kernel does not say. */
static int64_t waited_ns(void)
{
	char text[96], *second, *end;
	int64_t value = -1;
	ssize_t len;
	int fd = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	len = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (len <= 0)
		return -1;
	text[len] = '\0';
	second = strchr(text, ' ');
	end = second ? strchr(second + 1, ' ') : NULL;
	if (end == NULL ||
	    bi_integer_parse(second + 1, (size_t)(end - second - 1), &value) <
		    0)
		return -1;
	return value;
}

static struct bi_counters read_counters(void)
{
	struct bi_counters now = {.waited_ns = waited_ns()};
	struct rusage usage = {0};

	getrusage(RUSAGE_THREAD, &usage);
	now.sleeps = usage.ru_nvcsw;
	now.switches = usage.ru_nivcsw;
	now.faults = usage.ru_minflt + usage.ru_majflt;
	now.others_ns = bi_cpu_process_ns();
	now.others_ns -= bi_cpu_thread_ns();
	return now;
}

/* A thread that never gave up its CPU, and neither had it nor waited for it,
 * had none because the host took it: the kernel's clock of a thread leaves out
 * what it is told was stolen.  The counter in /proc/stat says the same in
 * hundredths of a second, which are longer than our slices. */
static int64_t stolen_ns(const struct bi_timer *timer, int64_t waited,
			 int64_t sleeps)
{
	int64_t rest = timer->elapsed_ns - timer->cpu_ns - waited;

	if (waited < 0)
		return -1;
	return sleeps > 0 || rest < 0 ? 0 : rest;
}

bool bi_session_wants(const struct bi_session *session, const char *name,
		      bool *is_leaf)
{
	size_t len = strlen(name);

	*is_leaf = strcmp(session->leaf, name) == 0;
	return *is_leaf || (strncmp(session->leaf, name, len) == 0 &&
			    session->leaf[len] == '/');
}

static void start_slice(struct bi_session *session, int64_t n)
{
	session->slicing = true;
	session->n = n;
	session->began = read_counters();
}

/* The slice is over and the timer has stopped: report it. */
static void end_slice(struct bi_session *session, struct bi_bench *bench)
{
	struct bi_counters now = read_counters();
	const struct bi_counters *began = &session->began;
	int64_t waited = now.waited_ns < 0 || began->waited_ns < 0
				 ? -1
				 : now.waited_ns - began->waited_ns;
	struct bi_event event = {
		.kind = BI_EVENT_SLICE,
		.name = bench->name,
		.procs = session->procs,
		.text = "",
		.result = bi_bench_result(bench),
		.cost = {
			.cpu_ns = bench->timer.cpu_ns,
			.others_ns = now.others_ns - began->others_ns,
			.waited_ns = waited,
			.stolen_ns = stolen_ns(&bench->timer, waited,
					       now.sleeps - began->sleeps),
			.switches = now.switches - began->switches,
			.faults = now.faults - began->faults,
		},
	};

	event.result.n = session->n;
	event.result.metric_count = 0;
	session->slicing = false;
	bench->run->sink.take(bench->run->sink.ctx, &event);
}

/* How many iterations are wanted next; 0: none any more. */
static int64_t await_slice(struct bi_session *session)
{
	struct bi_order order = {0};
	int64_t n = 0;
	int rc = bi_order_await(session->orders, &order);
	bool sound = rc > 0 && (order.kind == BI_ORDER_CLOSE ||
				(order.kind == BI_ORDER_SLICE && order.n > 0));

	if (sound && order.kind == BI_ORDER_SLICE)
		n = order.n;
	free((void *)order.done);
	free((void *)order.failed);
	/* Nobody is left to measure for. */
	if (!sound)
		_exit(1);
	return n;
}

static void tell_opened(const struct bi_bench *bench, bool is_loop)
{
	bi_bench_emit(bench, BI_EVENT_OPENED, bench->procs, is_loop);
}

/* What a bench_loop() body finds after its loop is the sum of all slices. */
static void add_up(struct bi_session *session, const struct bi_timer *timer)
{
	session->total.elapsed_ns += timer->elapsed_ns;
	session->total.counted.allocs += timer->counted.allocs;
	session->total.counted.bytes += timer->counted.bytes;
}

int64_t bi_session_next(struct bi_session *session, struct bi_bench *bench)
{
	int64_t n;

	bi_timer_stop(&bench->timer);
	if (session->slicing) {
		add_up(session, &bench->timer);
		end_slice(session, bench);
	} else {
		bi_metrics_reset(&bench->metrics);
		tell_opened(bench, true);
	}
	n = await_slice(session);
	if (n == 0) {
		bench->timer.elapsed_ns = session->total.elapsed_ns;
		bench->timer.counted = session->total.counted;
		return 0;
	}
	start_slice(session, n);
	bi_timer_reset(&bench->timer);
	bi_timer_start(&bench->timer);
	return n;
}

/* A "for (i < b->n)" body. */
static void serve_calls(struct bi_session *session, struct bi_bench *bench)
{
	int64_t n;

	tell_opened(bench, false);
	while ((n = await_slice(session)) > 0) {
		start_slice(session, n);
		bi_bench_run_n(bench, n);
		if (bench->skipped || atomic_load(&bench->failed))
			return;
		end_slice(session, bench);
	}
}

void bi_session_serve(struct bi_session *session, struct bi_bench *bench)
{
	bool memory = bench->run->flags->benchmem;

	bench->procs = session->procs;
	/* A bench_loop() body is served in here, all of it; of the other kind
	 * this is the probe that tells. */
	bi_bench_run_n(bench, 1);
	if (bench->loop.state == BI_LOOP_NONE && !bench->skipped &&
	    !bench->has_sub && !atomic_load(&bench->failed))
		serve_calls(session, bench);
	if (atomic_load(&bench->failed))
		bi_bench_emit(bench, BI_EVENT_FAIL, bench->procs, false);
	else if (bench->skipped)
		bi_bench_emit(bench, BI_EVENT_SKIP, bench->procs, false);
	else if (!bench->has_sub)
		bi_bench_emit(bench, BI_EVENT_RESULT, bench->procs, memory);
}
