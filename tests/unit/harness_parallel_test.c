/* src/harness/parallel.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>
#include <stdatomic.h>
#include <string.h>

#include "harness/child.h"

/* Counted over all runs of a benchmark. */
static atomic_llong iterations, threads;
static atomic_llong wanted; /* the N of all runs */

struct told {
	int fails;
	char log[512];
};

static void take(void *ctx, const struct bi_event *event)
{
	struct told *told = ctx;

	if (event->kind != BI_EVENT_FAIL)
		return;
	told->fails++;
	assert_true(event->text_len < sizeof(told->log));
	memcpy(told->log, event->text, event->text_len + 1);
}

static struct told run(bench_fn *fn, void *arg, const char *text)
{
	char *const argv[] = {"program", NULL};
	struct bi_flags flags;
	struct told told = {0};
	struct bi_run run = {.flags = &flags, .sink = {take, &told}};

	iterations = threads = wanted = 0;
	assert_int_equal(bi_flags_init(&flags), 0);
	assert_int_equal(bi_flags_parse(&flags, text, 1, argv, NULL), 0);
	bi_child_run(&run, NULL, "BenchmarkP", fn, arg);
	bi_flags_release(&flags);
	return told;
}

static void count(bench_pb *pb, void *arg)
{
	(void)arg;
	threads++;
	while (bench_pb_next(pb))
		iterations++;
	/* Asked again, it stays with its answer. */
	if (bench_pb_next(pb) || bench_pb_next(pb))
		iterations += 1000000;
}

static void run_all(bench_b *b, void *arg)
{
	const int *parallelism = arg;

	wanted += b->n;
	if (parallelism != NULL) {
		bench_set_parallelism(b, *parallelism);
		bench_set_parallelism(b, 0);
		bench_set_parallelism(b, -1);
	}
	bench_run_parallel(b, count, NULL);
}

static void check(const char *flags, int *parallelism, long long want_threads)
{
	struct told told = run(run_all, parallelism, flags);

	if (told.fails > 0 || iterations != wanted || threads != want_threads)
		fail_msg("%s: %lld iterations of %lld, %lld threads, want "
			 "%lld; %s",
			 flags, (long long)iterations, (long long)wanted,
			 (long long)threads, want_threads, told.log);
}

static void the_threads_share_n_between_them(void **state)
{
	int three = 3;

	(void)state;
	/* Each benchmark runs twice: with N of 1, and as given. */
	check("-cpu=1 -benchtime=7x", NULL, 2);
	check("-cpu=4 -benchtime=7x", NULL, 8);
	check("-cpu=4 -benchtime=100003x", NULL, 8);
	check("-cpu=2 -benchtime=50000x", &three, 12);
	check("-cpu=1,5 -benchtime=3x", NULL, 12);
}

static void leave_early(bench_pb *pb, void *arg)
{
	(void)arg;
	bench_pb_next(pb);
}

static void run_leaving(bench_b *b, void *arg)
{
	(void)arg;
	bench_run_parallel(b, leave_early, NULL);
}

static void a_body_that_leaves_early_fails(void **state)
{
	struct told told = run(run_leaving, NULL, "-cpu=2 -benchtime=100x");

	(void)state;
	assert_int_equal(told.fails, 1);
	assert_non_null(strstr(told.log, "before bench_pb_next() was false"));
}

static void complain(bench_pb *pb, void *arg)
{
	while (bench_pb_next(pb))
		bench_errorf_at(arg, "f.c", 1, "no");
}

static void run_complaining(bench_b *b, void *arg)
{
	(void)arg;
	bench_run_parallel(b, complain, b);
}

static void threads_may_report_errors(void **state)
{
	struct told told = run(run_complaining, NULL, "-cpu=3 -benchtime=5x");

	(void)state;
	assert_int_equal(told.fails, 1);
	assert_string_equal(told.log, "    f.c:1: no\n");
}

/* As malloc does, and unlike a sanitizer's unless it is told. */
__attribute__((visibility("default"))) const char *
__asan_default_options(void);

const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

/* More than any address space holds. */
static void threads_that_cannot_start_fail(void **state)
{
	int most = INT_MAX;
	struct told told = run(run_all, &most, "-cpu=65536 -benchtime=1x");

	(void)state;
	assert_int_equal(told.fails, 1);
	assert_string_equal(told.log,
			    "    cannot start 140737488289792 threads: "
			    "Cannot allocate memory\n");
	assert_int_equal(iterations, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_threads_share_n_between_them),
		cmocka_unit_test(a_body_that_leaves_early_fails),
		cmocka_unit_test(threads_may_report_errors),
		cmocka_unit_test(threads_that_cannot_start_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
