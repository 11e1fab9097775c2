/* Running a benchmark: probe it, then measure it or leave it to its children.
 *
 * Every benchmark is first run with one iteration.  That tells whether it is a
 * group of sub-benchmarks, was skipped or failed; if it is none of these it is
 * measured, at every P of -cpu. */
#include "harness/child.h"

#include <stdio.h>
#include <string.h>

#include "harness/balance.h"
#include "harness/counters.h"
#include "harness/doubt.h"
#include "harness/session.h"
#include "harness/subname.h"

static bool is_over(const struct bi_bench *bench)
{
	return bench->skipped || atomic_load(&bench->failed);
}

void bi_child_note(const struct bi_run *run, const char *name, const char *text)
{
	struct bi_event event = {
		.kind = BI_EVENT_NOTE,
		.name = name,
		.text = text,
		.text_len = strlen(text),
	};

	run->sink.take(run->sink.ctx, &event);
}

void bi_child_remark(const struct bi_bench *bench, const char *text)
{
	struct bi_event event = {
		.kind = BI_EVENT_NOTE,
		.name = bench->name,
		.flag = true,
		.text = text,
		.text_len = strlen(text),
	};

	bench->run->sink.take(bench->run->sink.ctx, &event);
}

/* A probe is a poor result; say how it came to be one. */
static void note_single(const struct bi_bench *bench)
{
	char text[512];

	snprintf(text, sizeof(text),
		 "%s: one iteration only, what is not measured takes too long; "
		 "bench_loop() sets up once, a longer -benchtime leaves more "
		 "room",
		 bench->name);
	bi_child_note(bench->run, "", text);
}

/* Run with growing N until the measured time fills the goal.  The last run
 * counts. */
static void ramp(struct bi_bench *bench)
{
	int64_t goal = bench->run->flags->bench_ns, last = 1, n;
	struct bi_instant began = bi_clock_now();
	__int128 limit = (__int128)goal * BI_PREDICT_WALL;

	while (!is_over(bench) && bench->timer.elapsed_ns < goal &&
	       last < BI_PREDICT_MOST) {
		struct bi_run_cost cost =
			bi_timer_cost(&bench->timer, last, bench->began);
		__int128 left = limit - bi_clock_since(began);
		int64_t left_ns = left > INT64_MAX ? INT64_MAX : (int64_t)left;

		n = bi_predict(goal, last, bench->timer.elapsed_ns, last);
		/* When set-up takes what another step would need, go the whole
		 * way at once. */
		if (bi_predict_is_last(n, &cost, left_ns))
			n = bi_predict_freely(goal, last,
					      bench->timer.elapsed_ns, last);
		n = bi_predict_within(n, &cost, left_ns);
		if (n == 0)
			break;
		bi_bench_run_n(bench, n);
		last = n;
	}
	if (last == 1 && bench->timer.elapsed_ns < goal && !is_over(bench))
		note_single(bench);
}

/* Measure BENCH, whose probe has run.  A bench_loop() body was measured by its
 * probe already. */
static void measure(struct bi_bench *bench)
{
	int64_t fixed = bench->run->flags->bench_n;

	if (is_over(bench) || bench->loop.state != BI_LOOP_NONE)
		return;
	if (fixed == 0)
		ramp(bench);
	else if (fixed > 1)
		bi_bench_run_n(bench, fixed);
}

static void note_uncounted(const struct bi_run *run)
{
	const char *reason = bi_counting_unavailable_reason();
	char text[256];

	if (reason == NULL)
		return;
	snprintf(text, sizeof(text), "B/op and allocs/op are left out: %s",
		 reason);
	bi_child_note(run, "", text);
}

static void report(const struct bi_bench *bench, int procs)
{
	bool memory = bench->report_allocs ||
		      bench->run->flags->benchmem != BI_BENCHMEM_OFF;

	if (atomic_load(&bench->failed))
		bi_bench_emit(bench, BI_EVENT_FAIL, procs, bench->has_sub);
	else if (bench->skipped)
		bi_bench_emit(bench, BI_EVENT_SKIP, procs, false);
	else
		bi_bench_emit(bench, BI_EVENT_RESULT, procs, memory);
	if (memory)
		note_uncounted(bench->run);
}

/* A fresh object for another P of the same benchmark: its own log, its own
 * probe. */
static void renew(struct bi_bench *bench)
{
	struct bi_bench old = *bench;

	bi_bench_release(bench);
	bi_bench_init(bench, old.run, old.parent, old.name);
	bench->fn = old.fn;
	bench->arg = old.arg;
}

static void measure_all(struct bi_bench *bench)
{
	const struct bi_flags *flags = bench->run->flags;
	size_t i;

	for (i = 0; i < flags->cpu_count; i++) {
		int procs = flags->cpus[i];

		if (i > 0)
			renew(bench);
		bench->procs = procs;
		bi_bench_emit(bench, BI_EVENT_MEASURE, procs, false);
		if (i > 0)
			bi_bench_run_n(bench, 1);
		measure(bench);
		/* Of this run, before anything else runs. */
		bi_counters_take(bench);
		if (!is_over(bench)) {
			bi_usage_report(bench);
			bi_doubt_take(bench);
		}
		if (flags->benchmem == BI_BENCHMEM_FULL && !is_over(bench))
			bi_balance_take(bench);
		report(bench, procs);
		if (is_over(bench))
			break;
	}
}

/* Under a session BENCH is the leaf that it measures, or above it. */
static void take_part(struct bi_bench *bench, bool is_leaf)
{
	if (is_leaf)
		bi_session_serve(bench->run->session, bench);
	else
		bi_bench_run_n(bench, 1);
}

static void probe_and_measure(struct bi_bench *bench, bool partly)
{
	bi_bench_emit(bench, BI_EVENT_ENTER, 0, partly);
	bench->has_sub = partly;
	bi_bench_run_n(bench, 1);
	if (is_over(bench))
		report(bench, 0);
	else if (bench->has_sub)
		bi_bench_emit(bench, BI_EVENT_GROUP, 0, false);
	else
		measure_all(bench);
	bi_bench_emit(bench, BI_EVENT_LEAVE, 0, false);
}

/* NAME is not run because it ran already: did it pass? */
static bool was_run(struct bi_run *run, const char *name, bool *passed)
{
	*passed = !bi_nameset_has(&run->failed, name);
	return !*passed || bi_nameset_has(&run->done, name);
}

bool bi_child_run(struct bi_run *run, struct bi_bench *parent, const char *name,
		  bench_fn *fn, void *arg)
{
	struct bi_bench bench;
	enum bi_matched matched = bi_pattern_match(run->bench, name);
	bool passed, is_leaf = false;

	if (matched == BI_MATCH_NO || run->stop ||
	    (run->skip != NULL &&
	     bi_pattern_match(run->skip, name) == BI_MATCH_YES))
		return true;
	if (run->session != NULL &&
	    !bi_session_wants(run->session, name, &is_leaf))
		return true;
	if (was_run(run, name, &passed)) {
		if (!passed)
			bi_bench_fail(parent);
		return passed;
	}
	bi_bench_init(&bench, run, parent, name);
	bench.fn = fn;
	bench.arg = arg;
	if (run->session != NULL)
		take_part(&bench, is_leaf);
	else
		probe_and_measure(&bench, matched == BI_MATCH_PARTLY);
	passed = !atomic_load(&bench.failed);
	if (!passed && run->flags->failfast)
		run->stop = true;
	bi_bench_release(&bench);
	return passed;
}

bool bench_run(bench_b *b, const char *name, bench_fn *fn, void *arg)
{
	struct bi_bench *parent = bi_bench_of(b);
	struct bi_buf full = BI_BUF_INIT;
	bool on = bi_timer_hold(&parent->timer), passed;

	parent->has_sub = true;
	if (bi_subname_unique(&parent->run->taken, parent->name, name, &full) <
	    0) {
		bi_buf_release(&full);
		bi_bench_complain(parent, "out of memory");
		bi_bench_leave(parent);
	}
	passed = bi_child_run(parent->run, parent, full.data, fn, arg);
	bi_buf_release(&full);
	bi_timer_release(&parent->timer, on);
	return passed;
}

bool bench_runf(bench_b *b, bench_fn *fn, void *arg, const char *fmt, ...)
{
	struct bi_bench *parent = bi_bench_of(b);
	struct bi_buf name = BI_BUF_INIT;
	va_list ap;
	bool passed;
	int rc;

	va_start(ap, fmt);
	rc = bi_buf_vaddf(&name, fmt, ap);
	va_end(ap);
	if (rc < 0) {
		bi_buf_release(&name);
		bi_bench_complain(parent, "out of memory");
		bi_bench_leave(parent);
	}
	passed = bench_run(b, bi_buf_str(&name), fn, arg);
	bi_buf_release(&name);
	return passed;
}
