/* The part of the program that measures: for a supervisor, or by itself. */
#include "harness/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/error.h"
#include "harness/build.h"
#include "harness/child.h"
#include "harness/counters.h"
#include "harness/session.h"
#include "wire/lastwords.h"

#define SETUP_FAILED "a set-up of bench_on_start failed"

/* Run top-level ENTRY once, as if nothing had run before it but what RUN's done
 * and failed say. */
static void run_entry(struct bi_run *run, const struct bi_entry *entry)
{
	bi_nameset_release(&run->taken);
	bi_child_run(run, NULL, entry->name, entry->fn, entry->arg);
}

/* False, with the reason in ERR, without a profile that is wanted. */
static bool begin_profiles(struct bi_run *run, struct bi_profiling *profiling,
			   struct bench_error *err)
{
	run->profiling = profiling;
	return bi_profiling_begin(profiling, &run->flags->profile, err) == 0;
}

static bool end_profiles(struct bi_run *run, struct bench_error *err)
{
	int rc = bi_profiling_end(run->profiling, err);

	run->profiling = NULL;
	return rc == 0;
}

/* ---- Under a supervisor ---- */

struct wire {
	int socket;
	pid_t owner;
	pthread_mutex_t lock; /* any thread of a benchmark may log */
	struct bi_buf scratch;
};

static void send_event(void *ctx, const struct bi_event *event)
{
	struct wire *wire = ctx;
	int rc;

	/* A child of the benchmark's that came back to us is no worker. */
	if (getpid() != wire->owner)
		_exit(1);
	pthread_mutex_lock(&wire->lock);
	rc = bi_event_send(wire->socket, &wire->scratch, event);
	pthread_mutex_unlock(&wire->lock);
	/* Without a supervisor there is nobody to measure for; without memory
	 * for a message, nothing that could be reported. */
	if (rc == BENCH_EIO)
		_exit(1);
	if (rc < 0) {
		fprintf(stderr, "%s: out of memory for its result\n",
			event->name);
		_exit(1);
	}
}

/* The kernel, should it run out of memory, is to end the worker and not the
 * supervisor.  Where that cannot be said, nothing is lost. */
static void offer_to_oom_killer(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, "1000", 4) < 0)
		errno = 0;
	close(fd);
}

static const struct bi_entry *find_entry(const struct bi_plan *plan,
					 const char *name)
{
	size_t i;

	for (i = 0; i < plan->registry.count; i++) {
		if (strcmp(plan->registry.entries[i].name, name) == 0)
			return &plan->registry.entries[i];
	}
	return NULL;
}

static int learn(struct bi_nameset *set, const char *const *names, size_t count)
{
	size_t i;
	int rc = 0;

	bi_nameset_release(set);
	for (i = 0; rc == 0 && i < count; i++)
		rc = bi_nameset_add(set, names[i]);
	return rc;
}

static int run_whole(const struct bi_plan *plan, struct bi_run *run,
		     const struct bi_order *order)
{
	const struct bi_entry *entry = find_entry(plan, order->name);
	int rc;

	if (entry == NULL)
		return BENCH_EPROTO;
	rc = learn(&run->done, order->done, order->done_count);
	if (rc == 0)
		rc = learn(&run->failed, order->failed, order->failed_count);
	if (rc < 0)
		return rc;
	run_entry(run, entry);
	return 0;
}

static int list_names(const struct bi_plan *plan, struct bi_run *run)
{
	const char *warning = bi_build_warning(bi_registry_built());
	size_t i;

	if (warning != NULL)
		bi_child_note(run, "", warning);
	for (i = 0; i < plan->count; i++) {
		struct bi_event name = {.kind = BI_EVENT_NAME,
					.name = plan->order[i]->name,
					.text = ""};

		run->sink.take(run->sink.ctx, &name);
	}
	return 0;
}

/* A name that we have not got is no error: the other build has it. */
static int serve_slices(const struct bi_plan *plan, struct bi_run *run,
			const struct bi_order *order,
			struct bi_frame_stream *stream)
{
	const struct bi_entry *entry = find_entry(plan, order->name);
	struct bi_session session = {.orders = stream, .procs = order->procs};

	if (entry == NULL)
		return 0;
	session.leaf = strdup(order->leaf);
	if (session.leaf == NULL)
		return BENCH_ENOMEM;
	run->session = &session;
	run_entry(run, entry);
	run->session = NULL;
	free(session.leaf);
	return 0;
}

static int carry_out(const struct bi_plan *plan, struct bi_run *run,
		     const struct bi_order *order,
		     struct bi_frame_stream *stream)
{
	struct bi_event done = {
		.kind = BI_EVENT_DONE, .name = "", .text = ""};
	int rc = BENCH_EPROTO;

	switch (order->kind) {
	case BI_ORDER_RUN:
		rc = run_whole(plan, run, order);
		break;
	case BI_ORDER_LIST:
		rc = list_names(plan, run);
		break;
	case BI_ORDER_OPEN:
		rc = serve_slices(plan, run, order, stream);
		break;
	case BI_ORDER_SLICE:
	case BI_ORDER_CLOSE:
		break; /* nothing is open */
	case BI_ORDER_QUIT:
		return 0;
	}
	if (rc == 0)
		run->sink.take(run->sink.ctx, &done);
	return rc;
}

static int serve_orders(const struct bi_plan *plan, struct bi_run *run,
			struct bi_frame_stream *stream)
{
	bool quit = false;
	int rc = 1;

	while (rc > 0 && !quit) {
		struct bi_order order = {0};

		rc = bi_order_await(stream, &order);
		if (rc <= 0)
			break;
		quit = order.kind == BI_ORDER_QUIT;
		if (carry_out(plan, run, &order, stream) < 0)
			rc = BENCH_EPROTO;
		free((void *)order.done);
		free((void *)order.failed);
	}
	return rc;
}

int bi_worker_serve(const struct bi_plan *plan, int socket, int last_words)
{
	struct wire wire = {socket, getpid(), PTHREAD_MUTEX_INITIALIZER,
			    BI_BUF_INIT};
	struct bi_frame_stream stream = {.fd = socket};
	struct bi_run run = {
		.flags = &plan->flags,
		.bench = plan->bench,
		.skip = plan->skip,
		.sink = {send_event, &wire},
	};
	struct bi_profiling profiling;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_event hello = {.kind = BI_EVENT_HELLO,
				 .name = "",
				 .procs = BI_WIRE_VERSION,
				 .text = ""};
	int rc = BENCH_EFAILED;
	bool ready, profiled = true;

	/* What the benchmarks start must not keep these open. */
	fcntl(socket, F_SETFD, FD_CLOEXEC);
	fcntl(last_words, F_SETFD, FD_CLOEXEC);
	offer_to_oom_killer();
	/* Started through /proc/self/exe, we would be called "exe". */
	prctl(PR_SET_NAME, program_invocation_short_name);
	bi_lastwords_install(last_words);
	ready = bi_registry_set_up() == 0;
	if (ready) {
		send_event(&wire, &hello);
		profiled = begin_profiles(&run, &profiling, &err);
		bi_counters_begin(&run);
		rc = serve_orders(plan, &run, &stream);
		bi_counters_end(&run);
		profiled = end_profiles(&run, &err) && profiled;
	}
	bi_registry_tear_down();
	/* Last, so that it does not stand amid what the teardowns print. */
	if (!ready)
		bi_child_note(&run, "", SETUP_FAILED);
	if (!profiled)
		bi_child_note(&run, "", err.text);
	bi_nameset_release(&run.taken);
	bi_nameset_release(&run.done);
	bi_nameset_release(&run.failed);
	bi_frame_stream_release(&stream);
	bi_buf_release(&wire.scratch);
	close(socket);
	return rc < 0 || !profiled ? 1 : 0;
}

/* ---- By itself ---- */

struct here {
	struct bi_run *run;
	struct bi_report *report;
	pthread_mutex_t lock; /* any thread of a benchmark may log */
};

static void take_here(void *ctx, const struct bi_event *event)
{
	struct here *here = ctx;

	pthread_mutex_lock(&here->lock);
	/* Not run again, as under a supervisor. */
	if (event->kind == BI_EVENT_FAIL && !event->flag)
		bi_nameset_add(&here->run->failed, event->name);
	bi_report_take(here->report, event);
	pthread_mutex_unlock(&here->lock);
}

int bi_worker_run_here(struct bi_plan *plan, struct bi_report *report)
{
	struct here here = {.report = report,
			    .lock = PTHREAD_MUTEX_INITIALIZER};
	struct bi_run run = {
		.flags = &plan->flags,
		.bench = plan->bench,
		.skip = plan->skip,
		.sink = {take_here, &here},
	};
	struct bi_profiling profiling;
	struct bench_error err = BENCH_ERROR_INIT;
	bool profiled;
	int64_t round;
	size_t i;

	here.run = &run;
	if (bi_registry_set_up() != 0) {
		bi_registry_tear_down();
		bi_report_note(report, SETUP_FAILED);
		return 1;
	}
	profiled = begin_profiles(&run, &profiling, &err);
	bi_counters_begin(&run);
	for (round = 0; round < plan->flags.count; round++) {
		bi_plan_order(plan, round);
		report->round = round + 1;
		bi_progress_round(&report->progress, round + 1,
				  (int64_t)plan->count);
		for (i = 0; i < plan->count && !run.stop && report->error == 0;
		     i++) {
			bi_progress_start(&report->progress);
			run_entry(&run, plan->order[i]);
		}
	}
	bi_counters_end(&run);
	profiled = end_profiles(&run, &err) && profiled;
	bi_registry_tear_down();
	if (!profiled)
		bi_report_note(report, err.text);
	bi_nameset_release(&run.taken);
	bi_nameset_release(&run.failed);
	return profiled ? 0 : 1;
}
