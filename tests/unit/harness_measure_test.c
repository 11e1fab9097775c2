/* src/harness/measure.c, and with it child.c, loop.c and bench.c: one second of
 * a clock that the test drives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include <benchkit/bench.h>

#include "fake.h"

#define SEC INT64_C(1000000000)
#define MS INT64_C(1000000)
#define US INT64_C(1000)

/* What a body does, and what it saw of N. */
struct work {
	int64_t iteration_ns;
	int64_t setup_ns;  /* before the loop, timed unless RESET */
	int64_t paused_ns; /* in every iteration, with the timer stopped */
	bool reset;
	uint64_t allocs; /* an iteration */
	int64_t seen[64];
	size_t runs;
};

static void check_seen(const struct work *work, const int64_t *want,
		       size_t count)
{
	size_t i;

	for (i = 0; i < work->runs && i < count; i++) {
		if (work->seen[i] != want[i])
			fail_msg("run %zu had N %lld, want %lld", i,
				 (long long)work->seen[i], (long long)want[i]);
	}
	if (work->runs != count)
		fail_msg("%zu runs, want %zu; the last had N %lld", work->runs,
			 count, (long long)work->seen[work->runs - 1]);
}

static void iterate(bench_b *b, struct work *work)
{
	pass(work->iteration_ns, work->allocs);
	if (work->paused_ns > 0) {
		bench_stop_timer(b);
		pass(work->paused_ns, 1);
		bench_start_timer(b);
	}
}

static void count_to_n(bench_b *b, void *arg)
{
	struct work *work = arg;
	int64_t i;

	assert_true(work->runs < 64);
	work->seen[work->runs++] = b->n;
	pass(work->setup_ns, 1);
	if (work->reset)
		bench_reset_timer(b);
	/* Nobody waits for a billion. */
	if (work->paused_ns == 0)
		pass(b->n * work->iteration_ns, (uint64_t)b->n * work->allocs);
	for (i = 0; work->paused_ns > 0 && i < b->n; i++)
		iterate(b, work);
}

static struct bench_result measure(bench_fn *fn, void *arg)
{
	struct bench_result result;

	assert_int_equal(bench_measure(fn, arg, &result), 0);
	return result;
}

/* 11.37 us an iteration: with a goal of 20 ms, N would be 1, 100, 2110. */
static void n_grows_until_the_time_is_filled(void **state)
{
	static const int64_t want[] = {1, 100, 10000, 105540};
	struct work work = {.iteration_ns = 11370};
	struct bench_result result = measure(count_to_n, &work);

	(void)state;
	check_seen(&work, want, 4);
	assert_int_equal(result.n, 105540);
	assert_int_equal(result.elapsed_ns, 105540 * 11370);
	assert_true(bench_result_ns_per_op(&result) == 11370);
	bench_result_release(&result);
}

static void a_slow_function_is_run_once(void **state)
{
	static const int64_t want[] = {1};
	struct work work = {.iteration_ns = 2 * SEC};
	struct bench_result result = measure(count_to_n, &work);

	(void)state;
	check_seen(&work, want, 1);
	assert_int_equal(result.n, 1);
	assert_int_equal(result.elapsed_ns, 2 * SEC);
	bench_result_release(&result);
}

static void a_function_that_takes_no_time_ends_at_a_billion(void **state)
{
	static const int64_t want[] = {1,       100,       10000,
				       1000000, 100000000, 1000000000};
	struct work work = {.iteration_ns = 0};
	struct bench_result result = measure(count_to_n, &work);

	(void)state;
	check_seen(&work, want, 6);
	assert_int_equal(result.n, 1000000000);
	assert_true(bench_result_ns_per_op(&result) == 0);
	bench_result_release(&result);
}

/* Set-up of 0.4 s a run, not timed: three seconds hold seven of them. */
static void work_outside_the_timer_has_an_end_too(void **state)
{
	struct work work = {
		.iteration_ns = 1, .setup_ns = 400 * MS, .reset = true};
	int64_t began = fake.now_ns;
	struct bench_result result = measure(count_to_n, &work);

	(void)state;
	assert_true(fake.now_ns - began <= 4 * SEC);
	assert_true(work.runs >= 2 && work.runs <= 8);
	assert_int_equal(result.n, work.seen[work.runs - 1]);
	/* And the last run used the room there was. */
	assert_true(result.n >= 500000000);
	bench_result_release(&result);
}

/* 1 us timed and 999 us paused an iteration: a second of measured time would
 * take 1000 seconds. */
static void pauses_in_the_loop_make_n_smaller(void **state)
{
	struct work work = {.iteration_ns = 1 * US, .paused_ns = 999 * US};
	int64_t began = fake.now_ns;
	struct bench_result result = measure(count_to_n, &work);

	(void)state;
	assert_true(fake.now_ns - began <= 3 * SEC + 2 * MS);
	assert_true(result.n >= 2000 && result.n <= 3000);
	assert_true(bench_result_ns_per_op(&result) == 1000);
	bench_result_release(&result);
}

static void allocations_are_counted_while_the_timer_runs(void **state)
{
	struct work work = {.iteration_ns = 100 * MS,
			    .paused_ns = 1,
			    .reset = true,
			    .allocs = 3};
	struct bench_result result = measure(count_to_n, &work);

	(void)state;
	assert_true(result.counted);
	assert_int_equal(result.mallocs, 3 * result.n);
	assert_int_equal(result.malloc_bytes, 24 * result.n);
	assert_int_equal(bench_result_allocs_per_op(&result), 3);
	assert_int_equal(bench_result_bytes_per_op(&result), 24);
	bench_result_release(&result);
	fake.no_counts = "a test";
	work = (struct work){.iteration_ns = SEC};
	result = measure(count_to_n, &work);
	assert_false(result.counted);
	bench_result_release(&result);
	fake.no_counts = NULL;
}

/* ---- bench_loop ---- */

static void loop(bench_b *b, void *arg)
{
	struct work *work = arg;

	pass(work->setup_ns, 1);
	work->runs++;
	while (bench_loop(b)) {
		assert_int_equal(b->n, 0);
		work->seen[0]++;
		iterate(b, work);
	}
	assert_int_equal(b->n, work->seen[0]);
	pass(5 * SEC, 1); /* clean-up */
}

static void a_loop_runs_its_function_once(void **state)
{
	struct work work = {
		.iteration_ns = 10 * MS, .setup_ns = 10 * SEC, .allocs = 2};
	struct bench_result result = measure(loop, &work);

	(void)state;
	assert_int_equal(work.runs, 1);
	/* Iterations up to 1, then 100, which fill the second; all count. */
	assert_int_equal(result.n, 100);
	assert_int_equal(work.seen[0], 100);
	assert_int_equal(result.elapsed_ns, SEC);
	assert_int_equal(result.mallocs, 200);
	bench_result_release(&result);
}

static void a_loop_grows_as_n_does(void **state)
{
	struct work work = {.iteration_ns = 11370};
	struct bench_result result = measure(loop, &work);

	(void)state;
	/* 1, 100, 10000, then a fifth more than a second holds. */
	assert_int_equal(result.n, 105540);
	assert_int_equal(result.elapsed_ns, 105540 * 11370);
	bench_result_release(&result);
}

static void pauses_in_a_bench_loop_make_it_end_too(void **state)
{
	struct work work = {.iteration_ns = 1 * US, .paused_ns = 999 * US};
	struct bench_result result = measure(loop, &work);

	(void)state;
	assert_int_equal(result.n, 3000);
	assert_int_equal(result.elapsed_ns, 3000 * US);
	bench_result_release(&result);
}

static void leave_loop(bench_b *b, void *arg)
{
	int *left = arg;

	while (bench_loop(b)) {
		if (--*left == 0)
			break;
		pass(MS, 0);
	}
}

static void stop_in_loop(bench_b *b, void *arg)
{
	(void)arg;
	while (bench_loop(b)) {
		bench_stop_timer(b);
		pass(MS, 0);
	}
}

static void loop_stopped(bench_b *b, void *arg)
{
	(void)arg;
	bench_stop_timer(b);
	while (bench_loop(b))
		pass(MS, 0);
}

static void loop_twice(bench_b *b, void *arg)
{
	(void)arg;
	while (bench_loop(b))
		pass(SEC, 0);
	while (bench_loop(b))
		pass(SEC, 0);
}

static void check_failure(bench_fn *fn, void *arg)
{
	struct bench_result result = {.n = 7, .metric_count = 1};

	assert_int_equal(bench_measure(fn, arg, &result), BENCH_EFAILED);
	assert_int_equal(result.n, 0);
	assert_int_equal(result.metric_count, 0);
	assert_null(result.metrics);
	bench_result_release(&result);
}

static void a_loop_that_is_misused_fails(void **state)
{
	int first = 1, second = 2;

	(void)state;
	check_failure(leave_loop, &first);
	check_failure(leave_loop, &second);
	check_failure(stop_in_loop, NULL);
	check_failure(loop_stopped, NULL);
	check_failure(loop_twice, NULL);
}

/* ---- Outcomes ---- */

static void fail_at(bench_b *b, void *arg)
{
	const int64_t *n = arg;

	pass(b->n * MS, 0);
	if (b->n >= *n)
		bench_errorf(b, "not %lld", (long long)b->n);
}

static void skip_at(bench_b *b, void *arg)
{
	const int64_t *n = arg;

	pass(b->n * MS, 0);
	if (b->n >= *n)
		bench_skipf(b, "not today");
}

static void fatal(bench_b *b, void *arg)
{
	(void)arg;
	bench_fatalf(b, "the end");
}

static void bad_metric(bench_b *b, void *arg)
{
	bench_report_metric(b, 1, arg);
}

static void failures_and_skips_have_no_result(void **state)
{
	int64_t first = 1, later = 50;

	(void)state;
	check_failure(fail_at, &first);
	check_failure(fail_at, &later);
	check_failure(skip_at, &first);
	check_failure(skip_at, &later);
	check_failure(fatal, NULL);
	check_failure(bad_metric, (void *)(uintptr_t) "");
	check_failure(bad_metric, (void *)(uintptr_t) "two words");
}

static void report(bench_b *b, void *arg)
{
	(void)arg;
	bench_report_metric(b, 1, "lost");
	bench_reset_timer(b);
	bench_report_metric(b, 5, "zeta");
	bench_report_metric(b, 42, "ns/op");
	bench_report_metric(b, 7, "zeta");
	bench_report_metric(b, 2.9, "allocs/op");
	bench_set_bytes(b, 64);
	pass(b->n * SEC, 0);
}

static void metrics_come_with_the_result(void **state)
{
	struct bench_result result = measure(report, NULL);

	(void)state;
	assert_int_equal(result.bytes, 64);
	assert_int_equal(result.metric_count, 3);
	assert_string_equal(result.metrics[0].unit, "allocs/op");
	assert_string_equal(result.metrics[1].unit, "ns/op");
	assert_string_equal(result.metrics[2].unit, "zeta");
	assert_true(result.metrics[2].value == 7);
	assert_true(bench_result_ns_per_op(&result) == 42);
	assert_int_equal(bench_result_allocs_per_op(&result), 2);
	bench_result_release(&result);
	assert_int_equal(result.metric_count, 0);
	bench_result_release(&result);
}

static void an_empty_result_has_figures_of_zero(void **state)
{
	struct bench_result result = {0};

	(void)state;
	assert_true(bench_result_ns_per_op(&result) == 0);
	assert_int_equal(bench_result_allocs_per_op(&result), 0);
	assert_int_equal(bench_result_bytes_per_op(&result), 0);
}

/* ---- Sub-benchmarks ---- */

struct child {
	int64_t ns;
	int64_t bytes;
	uint64_t allocs;
	bool fails;
	bool skips;
};

static void run_child(bench_b *b, void *arg)
{
	const struct child *child = arg;

	if (child->skips)
		bench_skip_now(b);
	if (child->fails)
		bench_fail_now(b);
	bench_set_bytes(b, child->bytes);
	while (bench_loop(b))
		pass(child->ns, child->allocs);
	/* What is not whole is dropped, an operation at a time. */
	pass(1, 0);
}

static void run_children(bench_b *b, void *arg)
{
	struct child *child = arg;

	for (; child->ns > 0; child++)
		bench_run(b, "child", run_child, child);
}

static void run_nested(bench_b *b, void *arg)
{
	struct child *child = arg;

	bench_run(b, "nest", run_children, child + 1);
	bench_runf(b, run_child, child, "n=%d", 1);
}

static void children_are_summed(void **state)
{
	struct child children[] = {{.ns = 3 * SEC, .bytes = 10, .allocs = 4},
				   {.ns = 2 * SEC, .bytes = 5, .allocs = 1},
				   {0}};
	struct bench_result result = measure(run_children, children);

	(void)state;
	assert_int_equal(result.n, 1);
	assert_int_equal(result.elapsed_ns, 5 * SEC);
	assert_int_equal(result.bytes, 15);
	assert_int_equal(result.mallocs, 5);
	assert_int_equal(result.malloc_bytes, 40);
	assert_true(result.counted);
	bench_result_release(&result);
	result = measure(run_nested, children);
	assert_int_equal(result.elapsed_ns, 5 * SEC);
	bench_result_release(&result);
}

static void bytes_are_summed_if_all_have_them(void **state)
{
	struct child children[] = {{.ns = SEC, .bytes = 10},
				   {.ns = SEC},
				   {.ns = SEC, .bytes = 5},
				   {0}};
	struct bench_result result = measure(run_children, children);

	(void)state;
	assert_int_equal(result.bytes, 0);
	assert_int_equal(result.elapsed_ns, 3 * SEC);
	bench_result_release(&result);
}

static void a_failed_child_fails_all(void **state)
{
	struct child children[] = {
		{.ns = SEC}, {.ns = SEC, .fails = true}, {0}};

	(void)state;
	check_failure(run_children, children);
}

/* A skipped child once made the whole fail. */
static void a_skipped_child_adds_nothing(void **state)
{
	struct child children[] = {
		{.ns = SEC}, {.ns = SEC, .skips = true}, {0}};
	struct bench_result result = measure(run_children, children);

	(void)state;
	assert_int_equal(result.elapsed_ns, SEC);
	bench_result_release(&result);
	check_failure(run_children, children + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(n_grows_until_the_time_is_filled),
		cmocka_unit_test(a_slow_function_is_run_once),
		cmocka_unit_test(
			a_function_that_takes_no_time_ends_at_a_billion),
		cmocka_unit_test(work_outside_the_timer_has_an_end_too),
		cmocka_unit_test(pauses_in_the_loop_make_n_smaller),
		cmocka_unit_test(allocations_are_counted_while_the_timer_runs),
		cmocka_unit_test(a_loop_runs_its_function_once),
		cmocka_unit_test(a_loop_grows_as_n_does),
		cmocka_unit_test(pauses_in_a_bench_loop_make_it_end_too),
		cmocka_unit_test(a_loop_that_is_misused_fails),
		cmocka_unit_test(failures_and_skips_have_no_result),
		cmocka_unit_test(metrics_come_with_the_result),
		cmocka_unit_test(an_empty_result_has_figures_of_zero),
		cmocka_unit_test(children_are_summed),
		cmocka_unit_test(bytes_are_summed_if_all_have_them),
		cmocka_unit_test(a_failed_child_fails_all),
		cmocka_unit_test(a_skipped_child_adds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
