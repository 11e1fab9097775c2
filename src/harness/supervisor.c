/* The part of the program that plans, watches and prints.
 *
 * One worker a round.  A worker that dies is followed by another, which goes on
 * with the same top-level benchmark and is told what not to run again: what
 * passed in this round, and what failed in any.  So one benchmark is lost. */
#include "harness/supervisor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "harness/guard.h"
#include "harness/sysinfo.h"

/* A benchmark whose children crash this often in one round invents names. */
#define MOST_RESTARTS 1000

struct supervisor {
	struct bi_plan *plan;
	struct bi_report *report;
	char *const *argv;
	struct bi_guard guard; /* the present worker */
	struct bi_nameset done;
	struct bi_nameset failed;
	int workers;    /* started so far */
	bool profiled;  /* one worker runs all rounds */
	bool stop;
	int status; /* of the run, when STOP */
};

/* A guard's sink: every event of the worker. */
static void take_event(void *ctx, const struct bi_event *event)
{
	struct supervisor *s = ctx;

	if (event->kind == BI_EVENT_FAIL && !event->flag)
		bi_nameset_add(&s->failed, event->name);
	if (event->kind == BI_EVENT_LEAVE &&
	    !bi_nameset_has(&s->failed, event->name))
		bi_nameset_add(&s->done, event->name);
	bi_report_take(s->report, event);
}

static void stop(struct supervisor *s, int status)
{
	s->stop = true;
	s->status = status;
}

static bool start_worker(struct supervisor *s)
{
	struct bench_error err = BENCH_ERROR_INIT;

	if (s->profiled)
		bi_profiling_number_worker(++s->workers);
	if (bi_guard_start(&s->guard, s->argv, &err) == 0)
		return true;
	bi_report_note(s->report, err.text);
	stop(s, 1);
	return false;
}

static int order(struct supervisor *s, const char *name)
{
	struct bi_order run = {
		.kind = BI_ORDER_RUN,
		.name = name,
		.leaf = "",
		.done = bi_nameset_list(&s->done),
		.done_count = s->done.size,
		.failed = bi_nameset_list(&s->failed),
		.failed_count = s->failed.size,
	};
	int rc = BENCH_ENOMEM;

	if (run.done != NULL && run.failed != NULL)
		rc = bi_guard_order(&s->guard, &run);
	free((void *)run.done);
	free((void *)run.failed);
	return rc;
}

/* The worker is gone in the middle of TOP.  Charge what ran last, and say
 * whether the rest of TOP can go on. */
static bool charge(struct supervisor *s, const char *top)
{
	struct bi_buf text = BI_BUF_INIT;
	const struct bi_active *guilty = bi_guard_active(&s->guard);
	struct bi_event fail = {
		.kind = BI_EVENT_FAIL,
		.name = guilty ? guilty->name : top,
		.procs = guilty ? guilty->procs : 0,
	};
	bool others = guilty != NULL && strcmp(guilty->name, top) != 0;

	if (bi_guard_reason(&s->guard, &text) < 0)
		bi_buf_reset(&text);
	fail.text = bi_buf_str(&text);
	fail.text_len = text.len;
	take_event(s, &fail);
	bi_buf_release(&text);
	return others;
}

/* Say on stderr how the worker ended. */
static void note_end(struct supervisor *s, const char *when)
{
	struct bi_buf text = BI_BUF_INIT;

	if (bi_buf_addf(&text, "a worker ended %s:\n", when) == 0 &&
	    bi_guard_reason(&s->guard, &text) == 0) {
		text.data[text.len - 1] = '\0'; /* the note adds its own */
		bi_report_note(s->report, text.data);
	}
	bi_buf_release(&text);
	s->report->failed = true;
}

/* The worker is gone before it did what TOP's order says.  True to try again,
 * which the first time is always right: what a benchmark left behind, a thread
 * perhaps, can end the worker later, and the next one has no part in it. */
static bool bury(struct supervisor *s, const char *top, bool first)
{
	if (!bi_guard_said_hello(&s->guard)) {
		/* It would do so again. */
		note_end(s, "before its first benchmark");
		stop(s, 1);
		return false;
	}
	if (!bi_guard_entered(&s->guard) && first) {
		note_end(s, "between two benchmarks");
		return true;
	}
	return charge(s, top);
}

/* A worker writes its profiles at its end, and this one has not come to it. */
static void note_lost_profiles(struct supervisor *s)
{
	struct bi_buf text = BI_BUF_INIT;

	if (s->profiled &&
	    bi_buf_addf(&text,
			"the profiles of a worker that ended early are lost; "
			"those of the next have '.%d' behind their names",
			s->workers + 1) == 0)
		bi_report_note(s->report, bi_buf_str(&text));
	bi_buf_release(&text);
}

/* Run top-level benchmark NAME until it is done or cannot go on. */
static void run_top(struct supervisor *s, const char *name)
{
	int restarts = 0;
	bool again = true;

	while (again && !s->stop && restarts++ < MOST_RESTARTS) {
		again = false;
		if (!bi_guard_is_running(&s->guard) && !start_worker(s))
			return;
		/* A worker that is gone already is noticed while waiting. */
		if (order(s, name) == BENCH_ENOMEM) {
			bi_report_note(s->report, "out of memory");
			stop(s, 1);
			return;
		}
		switch (bi_guard_wait(&s->guard)) {
		case BI_GUARD_DONE:
			break;
		case BI_GUARD_DIED:
			note_lost_profiles(s);
			again = bury(s, name, restarts == 1);
			break;
		case BI_GUARD_SIGNALLED:
			stop(s, 128 + s->guard.signo);
			break;
		}
		if (s->report->error != 0 ||
		    (s->report->failed && s->plan->flags.failfast))
			stop(s, 0);
		if (s->stop)
			again = false;
	}
}

/* Let the worker end by itself: a failure then (a leak checker's) counts. */
static void end_round(struct supervisor *s)
{
	bool clean;

	if (!bi_guard_is_running(&s->guard))
		return;
	if (s->stop && s->status != 0) {
		bi_guard_kill(&s->guard);
		return;
	}
	switch (bi_guard_quit(&s->guard, &clean)) {
	case BI_GUARD_SIGNALLED:
		stop(s, 128 + s->guard.signo);
		return;
	case BI_GUARD_DONE:
	case BI_GUARD_DIED:
		break;
	}
	if (!clean)
		note_end(s, "badly after its benchmarks were done");
}

static void run_round(struct supervisor *s, int64_t round)
{
	struct bi_plan *plan = s->plan;
	size_t i;

	bi_plan_order(plan, round);
	s->report->round = round + 1;
	bi_progress_round(&s->report->progress, round + 1,
			  (int64_t)plan->count);
	for (i = 0; i < plan->count && !s->stop; i++) {
		bi_progress_start(&s->report->progress);
		if (!bi_nameset_has(&s->failed, plan->order[i]->name))
			run_top(s, plan->order[i]->name);
		bi_nameset_release(&s->done);
	}
	/* A profile is of one process. */
	if (!s->profiled || s->stop || round + 1 == plan->flags.count)
		end_round(s);
}

/* What cannot be watched is said, once: the user counts on it. */
static struct bi_guard_limits limits(struct bi_report *report)
{
	const struct bi_flags *flags = report->flags;
	struct bi_guard_limits limits = {
		.timeout_ns = flags->timeout_ns,
		.memory_bytes = flags->memlimit_bytes,
	};
	int64_t available = bi_sysinfo_available();

	if (flags->memlimit_pct > 0 && available >= 0)
		limits.memory_bytes = available / 100 * flags->memlimit_pct;
	if ((flags->memlimit_pct > 0 && available < 0) ||
	    (limits.memory_bytes > 0 && bi_process_rss(getpid()) < 0))
		bi_report_note(report, "memory is not watched: no /proc");
	return limits;
}

int bi_supervisor_run(struct bi_plan *plan, struct bi_report *report,
		      char *const *argv)
{
	struct supervisor s = {
		.plan = plan,
		.report = report,
		.argv = argv,
		.profiled = bi_profiling_wanted(&plan->flags.profile),
	};
	struct bench_error err = BENCH_ERROR_INIT;
	int64_t round;

	if (s.profiled && plan->flags.count > 1)
		bi_report_note(report, "one process runs all rounds, because "
				       "a profile is of one process");
	if (bi_guard_init(&s.guard, limits(report),
			  (struct bi_event_sink){take_event, &s},
			  &report->progress, &err) < 0) {
		bi_report_note(report, err.text);
		return 1;
	}
	for (round = 0; round < plan->flags.count && !s.stop; round++)
		run_round(&s, round);
	bi_guard_release(&s.guard);
	bi_nameset_release(&s.done);
	bi_nameset_release(&s.failed);
	return s.status;
}
