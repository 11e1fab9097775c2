/* src/harness/child.c: what is run, in which order, and what is told of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "harness/child.h"

#include "fake.h"

#define MS INT64_C(1000000)

/* A run whose events are written down, a line each. */
struct notes {
	struct bi_flags flags;
	struct bi_run run;
	struct bi_buf text;
};

static void take(void *ctx, const struct bi_event *event)
{
	static const char *const words[] = {
		"hello", "enter", "measure", "result", "fail", "skip",
		"group", "leave", "log",     "note",   "temp", "done"};
	struct notes *notes = ctx;

	assert_int_equal(bi_buf_addf(&notes->text, "%s %s", words[event->kind],
				     event->name),
			 0);
	if (event->procs > 0)
		assert_int_equal(
			bi_buf_addf(&notes->text, "-%d", event->procs), 0);
	if (event->kind == BI_EVENT_RESULT)
		assert_int_equal(bi_buf_addf(&notes->text, " %lld",
					     (long long)event->result.n),
				 0);
	if (event->flag)
		assert_int_equal(bi_buf_adds(&notes->text, " flag"), 0);
	assert_int_equal(bi_buf_addc(&notes->text, '\n'), 0);
}

/* FLAGS as in BENCH_FLAGS. */
static void begin(struct notes *notes, const char *flags)
{
	char *const argv[] = {"program", NULL};
	struct bench_error err = BENCH_ERROR_INIT;

	*notes = (struct notes){.run = {.flags = &notes->flags,
					.sink = {take, notes}}};
	assert_int_equal(bi_flags_init(&notes->flags), 0);
	if (bi_flags_parse(&notes->flags, flags, 1, argv, &err) < 0)
		fail_msg("%s: %s", flags, err.text);
	if (notes->flags.bench != NULL)
		assert_int_equal(
			bi_pattern_new("-bench", notes->flags.bench,
				     (struct bi_pattern **)(uintptr_t)
					     &notes->run.bench,
				     &err),
			0);
	if (notes->flags.skip != NULL)
		assert_int_equal(
			bi_pattern_new("-skip", notes->flags.skip,
				     (struct bi_pattern **)(uintptr_t)
					     &notes->run.skip,
				     &err),
			0);
}

static void end(struct notes *notes)
{
	bi_pattern_free((struct bi_pattern *)(uintptr_t)notes->run.bench);
	bi_pattern_free((struct bi_pattern *)(uintptr_t)notes->run.skip);
	bi_nameset_release(&notes->run.taken);
	bi_nameset_release(&notes->run.done);
	bi_nameset_release(&notes->run.failed);
	bi_flags_release(&notes->flags);
	bi_buf_release(&notes->text);
}

static void check_notes(struct notes *notes, const char *want)
{
	if (strcmp(bi_buf_str(&notes->text), want) != 0)
		fail_msg("it told:\n%swant:\n%s", bi_buf_str(&notes->text),
			 want);
}

static void check(const char *flags, bench_fn *fn, void *arg, bool passed,
		  const char *want)
{
	struct notes notes;

	begin(&notes, flags);
	assert_int_equal(bi_child_run(&notes.run, NULL, "B", fn, arg), passed);
	check_notes(&notes, want);
	end(&notes);
}

/* ---- What the benchmarks do ---- */

/* The values of N that were seen, 0 behind the last. */
static int64_t seen[32];

static void work(bench_b *b, void *arg)
{
	const int64_t *ns = arg;
	size_t i;

	for (i = 0; seen[i] != 0; i++)
		assert_true(i + 1 < sizeof(seen) / sizeof(seen[0]));
	seen[i] = b->n;
	pass(b->n * (ns ? *ns : MS), 0);
}

static void fail_with_n(bench_b *b, void *arg)
{
	const int64_t *n = arg;

	work(b, NULL);
	if (b->n == *n)
		bench_fail_now(b);
}

static void skip_it(bench_b *b, void *arg)
{
	(void)arg;
	bench_skip_now(b);
}

static void group(bench_b *b, void *arg)
{
	bool *passed = arg;

	passed[0] = bench_run(b, "x", work, NULL);
	passed[1] = bench_run(b, "x", work, NULL);
}

static void failing_group(bench_b *b, void *arg)
{
	int64_t one = 1;

	(void)arg;
	assert_true(bench_run(b, "ok", work, NULL));
	assert_false(bench_failed(b));
	assert_false(bench_run(b, "bad", fail_with_n, &one));
	assert_true(bench_failed(b));
	assert_true(bench_run(b, "skip", skip_it, NULL));
}

static void check_seen(const int64_t *want)
{
	size_t i;

	for (i = 0; want[i] != 0 || seen[i] != 0; i++) {
		if (want[i] != seen[i])
			fail_msg("run %zu had N %lld, want %lld", i,
				 (long long)seen[i], (long long)want[i]);
	}
	memset(seen, 0, sizeof(seen));
}

static int forget_seen(void **state)
{
	(void)state;
	memset(seen, 0, sizeof(seen));
	return 0;
}

/* ---- Tests ---- */

/* What Go's runner did with a body of some 11 us. */
static void n_grows_as_go_s_does(void **state)
{
	int64_t ns = 11370;

	(void)state;
	check("-cpu=1 -benchtime=20ms", work, &ns, true,
	      "enter B\nmeasure B-1\nresult B-1 2110\nleave B\n");
	check_seen((int64_t[]){1, 100, 2110, 0});
}

static void a_fixed_n_is_run_behind_the_probe(void **state)
{
	(void)state;
	check("-cpu=1 -benchtime=5x", work, NULL, true,
	      "enter B\nmeasure B-1\nresult B-1 5\nleave B\n");
	check_seen((int64_t[]){1, 5, 0});
	/* For one, the probe is the result. */
	check("-cpu=1 -benchtime=1x -benchmem", work, NULL, true,
	      "enter B\nmeasure B-1\nresult B-1 1 flag\nleave B\n");
	check_seen((int64_t[]){1, 0});
}

static void every_p_is_probed_and_measured(void **state)
{
	(void)state;
	check("-cpu=1,4,1 -benchtime=3x", work, NULL, true,
	      "enter B\nmeasure B-1\nresult B-1 3\nmeasure B-4\nresult B-4 3\n"
	      "measure B-1\nresult B-1 3\nleave B\n");
	check_seen((int64_t[]){1, 3, 1, 3, 1, 3, 0});
}

static void a_failure_ends_a_benchmark(void **state)
{
	int64_t one = 1, three = 3;

	(void)state;
	check("-cpu=1,2 -benchtime=3x", fail_with_n, &one, false,
	      "enter B\nfail B\nleave B\n");
	check_seen((int64_t[]){1, 0});
	/* And its other P. */
	check("-cpu=2,1 -benchtime=3x", fail_with_n, &three, false,
	      "enter B\nmeasure B-2\nfail B-2\nleave B\n");
	check_seen((int64_t[]){1, 3, 0});
}

static void a_skip_is_told_and_passes(void **state)
{
	(void)state;
	check("-cpu=1,2", skip_it, NULL, true, "enter B\nskip B\nleave B\n");
}

static void a_group_is_probed_only(void **state)
{
	bool passed[2] = {false, false};

	(void)state;
	check("-cpu=1 -benchtime=1x", group, passed, true,
	      "enter B\nenter B/x\nmeasure B/x-1\nresult B/x-1 1\nleave B/x\n"
	      "enter B/x#01\nmeasure B/x#01-1\nresult B/x#01-1 1\n"
	      "leave B/x#01\ngroup B\nleave B\n");
	assert_true(passed[0] && passed[1]);
}

static void a_child_s_failure_is_its_parents(void **state)
{
	(void)state;
	check("-cpu=1 -benchtime=1x", failing_group, NULL, false,
	      "enter B\nenter B/ok\nmeasure B/ok-1\nresult B/ok-1 1\n"
	      "leave B/ok\nenter B/bad\nfail B/bad\nleave B/bad\n"
	      "enter B/skip\nskip B/skip\nleave B/skip\nfail B flag\n"
	      "leave B\n");
}

static void only_what_matches_is_run(void **state)
{
	bool passed[2] = {false, false};

	(void)state;
	check("-bench=C", work, NULL, true, "");
	check("-skip=B", work, NULL, true, "");
	check("-cpu=1 -benchtime=1x -bench=B/x#01", group, passed, true,
	      "enter B flag\nenter B/x#01\nmeasure B/x#01-1\n"
	      "result B/x#01-1 1\nleave B/x#01\ngroup B\nleave B\n");
	/* What is left out has not failed. */
	assert_true(passed[0] && passed[1]);
	check("-cpu=1 -benchtime=1x -skip=B/x$", group, passed, true,
	      "enter B\nenter B/x#01\nmeasure B/x#01-1\n"
	      "result B/x#01-1 1\nleave B/x#01\ngroup B\nleave B\n");
}

/* The pattern goes deeper than the name: it might be a group. */
static void what_matches_in_part_is_probed_only(void **state)
{
	(void)state;
	check("-cpu=1 -bench=B/x/y", work, NULL, true,
	      "enter B flag\ngroup B\nleave B\n");
	check_seen((int64_t[]){1, 0});
}

static void what_was_run_is_not_run_again(void **state)
{
	bool passed[2] = {true, true};
	struct notes notes;

	(void)state;
	begin(&notes, "-cpu=1 -benchtime=1x");
	assert_int_equal(bi_nameset_add(&notes.run.failed, "B/x"), 0);
	assert_int_equal(bi_nameset_add(&notes.run.done, "B/x#01"), 0);
	assert_false(bi_child_run(&notes.run, NULL, "B", group, passed));
	assert_false(passed[0]);
	assert_true(passed[1]);
	/* The group has a failed child still. */
	check_notes(&notes, "enter B\nfail B flag\nleave B\n");
	end(&notes);
}

static void failfast_stops_the_rest(void **state)
{
	struct notes notes;

	(void)state;
	begin(&notes, "-cpu=1 -benchtime=1x -failfast");
	assert_false(bi_child_run(&notes.run, NULL, "B", failing_group, NULL));
	assert_true(notes.run.stop);
	assert_true(bi_child_run(&notes.run, NULL, "C", work, NULL));
	check_notes(&notes,
		    "enter B\nenter B/ok\nmeasure B/ok-1\nresult B/ok-1 1\n"
		    "leave B/ok\nenter B/bad\nfail B/bad\nleave B/bad\n"
		    "fail B flag\nleave B\n");
	end(&notes);
}

/* 2 s of set-up in each run: there is no room for a second one. */
static void set_up_only(bench_b *b, void *arg)
{
	(void)arg;
	pass(2000 * MS, 0);
	bench_reset_timer(b);
	pass(b->n, 0);
}

static void a_probe_that_is_the_result_is_noted(void **state)
{
	(void)state;
	check("-cpu=1 -benchtime=1s", set_up_only, NULL, true,
	      "enter B\nmeasure B-1\nresult B-1 1000000000\nleave B\n");
	check("-cpu=1 -benchtime=100ms", set_up_only, NULL, true,
	      "enter B\nmeasure B-1\nnote \nresult B-1 1\nleave B\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(n_grows_as_go_s_does, forget_seen),
		cmocka_unit_test_setup(a_fixed_n_is_run_behind_the_probe,
				       forget_seen),
		cmocka_unit_test_setup(every_p_is_probed_and_measured,
				       forget_seen),
		cmocka_unit_test_setup(a_failure_ends_a_benchmark,
				       forget_seen),
		cmocka_unit_test(a_skip_is_told_and_passes),
		cmocka_unit_test(a_group_is_probed_only),
		cmocka_unit_test(a_child_s_failure_is_its_parents),
		cmocka_unit_test(only_what_matches_is_run),
		cmocka_unit_test_setup(what_matches_in_part_is_probed_only,
				       forget_seen),
		cmocka_unit_test(what_was_run_is_not_run_again),
		cmocka_unit_test(failfast_stops_the_rest),
		cmocka_unit_test(a_probe_that_is_the_result_is_noted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
