/* src/harness and src/wire without memory: whichever allocation fails, the call
 * says so, nothing leaks, and the next call works. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "fmt/writer.h"
#include "harness/child.h"
#include "harness/json.h"
#include "harness/metric.h"
#include "harness/plan.h"
#include "harness/report.h"
#include "harness/subname.h"
#include "oom/alloc.h"

/* Run STEP with the first allocation failing, then the second, and so on, until
 * it needs no more of them; there must have been at least MIN. */
static void check_all(int (*step)(void), long min)
{
	long nth;

	for (nth = 1;; nth++) {
		long live = alloc_live();
		int failed, rc;

		alloc_fail_nth(nth);
		rc = step();
		failed = alloc_failed();
		alloc_fail_nth(0);
		if (rc != (failed ? BENCH_ENOMEM : 0))
			fail_msg("allocation %ld: %d", nth, rc);
		if (alloc_live() != live)
			fail_msg("allocation %ld: %ld blocks leak", nth,
				 alloc_live() - live);
		if (!failed)
			break;
	}
	if (nth - 1 < min)
		fail_msg("%ld allocations, want %ld at least", nth - 1, min);
}

static void nothing(bench_b *b, void *arg)
{
	(void)b;
	(void)arg;
}

static int plan(void)
{
	static char *const argv[] = {
		"program", "-bench=a/(b|c)[[:digit:]]|d", "-skip=x/y", "-list=z",
		"-cpu=1,2,3", "-config=a=b", "-pkg=c", "-shuffle=1", NULL};
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_plan plan;
	int rc = bi_plan_make(&plan, 8, argv, &err);

	assert_int_equal(rc == 0, err.code == 0);
	if (rc < 0)
		assert_string_equal(err.text, "out of memory");
	bi_plan_release(&plan);
	return rc;
}

static int flags_of_the_environment(void)
{
	static char *const argv[] = {"program", NULL};
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_flags flags;
	int rc = bi_flags_init(&flags);

	if (rc == 0)
		rc = bi_flags_parse(&flags, "-bench='a b' -config=x=y -pkg z",
				    1, argv, &err);
	bi_flags_release(&flags);
	return rc;
}

static int help(void)
{
	struct bi_buf out = BI_BUF_INIT;
	int rc = bi_flags_help(true, &out);

	bi_buf_release(&out);
	return rc;
}

static int names(void)
{
	static const char *const given[] = {"x",    "x",    "",
					    "x#01", "y#01", "a\x01\xff b"};
	struct bi_nameset taken = {0};
	const char **list;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < 6; i++) {
		struct bi_buf out = BI_BUF_INIT;

		rc = bi_subname_unique(&taken, "P", given[i], &out);
		bi_buf_release(&out);
	}
	if (rc == 0) {
		list = bi_nameset_list(&taken);
		rc = list == NULL ? BENCH_ENOMEM : 0;
		free(list);
	}
	bi_nameset_release(&taken);
	return rc;
}

static int metrics(void)
{
	static const char *const units[] = {"a", "b", "c", "d", "e",
					    "f", "g", "h", "i", "a"};
	struct bi_metrics metrics = {0};
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < 10; i++)
		rc = bi_metrics_set(&metrics, units[i], (double)i);
	bi_metrics_release(&metrics);
	return rc;
}

static struct bench_metric two_metrics[] = {{"u", 1}, {"v", 2}};

static const struct bi_event result = {
	.kind = BI_EVENT_RESULT,
	.name = "BenchmarkA",
	.procs = 2,
	.flag = true,
	.text = "    a\n    b\n",
	.text_len = 12,
	.result = {.n = 10,
		   .elapsed_ns = 1000,
		   .counted = true,
		   .metrics = two_metrics,
		   .metric_count = 2},
};

static int writer(void)
{
	struct bi_buf out = BI_BUF_INIT;
	int rc = bi_writer_config(&out, "key", "value");

	if (rc == 0)
		rc = bi_writer_result(&out, "B", 2, 2000, &result.result, true);
	if (rc == 0)
		rc = bi_writer_log(&out, BI_WRITER_FAIL, "B", 2, result.text);
	bi_buf_release(&out);
	return rc;
}

static int json(void)
{
	struct bi_buf out = BI_BUF_INIT;
	int rc = bi_json_action(&out, "run", "B", 1);

	if (rc == 0)
		rc = bi_json_output(&out, "B", result.text);
	if (rc == 0)
		rc = bi_json_result(&out, &result, 1);
	bi_buf_release(&out);
	return rc;
}

/* A message sent, read, and decoded. */
static int protocol(void)
{
	const char *names[] = {"a", "b"};
	const struct bi_order sent = {.kind = BI_ORDER_RUN,
				      .name = "B",
				      .done = names,
				      .done_count = 2,
				      .failed = names,
				      .failed_count = 1};
	struct bi_buf scratch = BI_BUF_INIT;
	struct bi_frame_stream in = {0};
	struct bi_frame frame;
	struct bi_event event = {0};
	struct bi_order order = {0};
	int ends[2], rc;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	in.fd = ends[1];
	rc = bi_event_send(ends[0], &scratch, &result);
	if (rc == 0)
		rc = bi_order_send(ends[0], &scratch, &sent);
	if (rc == 0)
		rc = bi_frame_fill(&in) > 0 ? 0 : BENCH_ENOMEM;
	if (rc == 0) {
		assert_int_equal(bi_frame_next(&in, &frame), 1);
		rc = bi_event_decode(&frame, &event);
	}
	if (rc == 0) {
		free(event.result.metrics);
		assert_int_equal(bi_frame_next(&in, &frame), 1);
		rc = bi_order_decode(&frame, &order);
	}
	if (rc == 0) {
		free((void *)order.done);
		free((void *)order.failed);
	}
	bi_frame_stream_release(&in);
	bi_buf_release(&scratch);
	close(ends[0]);
	close(ends[1]);
	return rc;
}

/* A report's failure is found at its end: the record is not whole. */
static int report_with(char *flag)
{
	char *const argv[] = {"program", flag, "-cpu=1", NULL};
	struct bi_event event = result;
	struct bi_report report;
	struct bi_plan plan;
	int rc = bi_plan_make(&plan, 3, argv, NULL), status;

	if (rc < 0) {
		bi_plan_release(&plan);
		return rc;
	}
	bi_report_init(&report, &plan);
	event.kind = BI_EVENT_ENTER;
	bi_report_take(&report, &event);
	bi_report_take(&report, &result);
	event.kind = BI_EVENT_FAIL;
	bi_report_take(&report, &event);
	status = bi_report_finish(&report);
	assert_true(status == 1 || status == 2);
	bi_report_release(&report);
	bi_plan_release(&plan);
	return status == 2 ? BENCH_ENOMEM : 0;
}

static int text_report(void)
{
	return report_with("-v=false");
}

static int json_report(void)
{
	return report_with("-json");
}

/* ---- A benchmark ---- */

static enum bi_event_kind last;

static void note_last(void *ctx, const struct bi_event *event)
{
	(void)ctx;
	if (event->kind == BI_EVENT_RESULT || event->kind == BI_EVENT_FAIL)
		last = event->kind;
}

static void forget(void *arg)
{
	(void)arg;
}

static void ask_for_much(bench_b *b, void *arg)
{
	bench_temp_dir(b);
	bench_temp_dir(b);
	bench_setenv(b, "BENCHKIT_OOM", "1");
	bench_report_metric(b, 1, "x/op");
	bench_cleanup(b, forget, NULL);
	bench_logf(b, "a message that may get lost");
	*(bool *)arg = true;
}

/* It fails, or has all it asked for; a lost message fails nothing.  Returns
 * whether the NTH allocation was asked for. */
static bool check_benchmark(long nth)
{
	struct bi_flags flags;
	struct bi_run run = {.flags = &flags, .sink = {note_last, NULL}};
	long live = alloc_live();
	bool through = false, reached;

	assert_int_equal(bi_flags_init(&flags), 0);
	flags.bench_n = 1;
	alloc_fail_nth(nth);
	bi_child_run(&run, NULL, "BenchmarkA", ask_for_much, &through);
	reached = alloc_failed();
	alloc_fail_nth(0);
	bi_flags_release(&flags);
	assert_int_equal(last, through ? BI_EVENT_RESULT : BI_EVENT_FAIL);
	assert_null(getenv("BENCHKIT_OOM"));
	if (alloc_live() != live)
		fail_msg("allocation %ld: %ld blocks leak", nth,
			 alloc_live() - live);
	return reached;
}

static void a_benchmark_fails_or_not(void **state)
{
	char dir[] = "/tmp/benchkit-oom.XXXXXX";
	long nth = 1;

	(void)state;
	assert_non_null(mkdtemp(dir));
	setenv("TMPDIR", dir, 1);
	/* The first asks whether allocations are counted, and makes some. */
	bi_counting_unavailable_reason();
	while (check_benchmark(nth))
		nth++;
	assert_true(nth > 10);
	unsetenv("TMPDIR");
	/* Every directory is gone again. */
	assert_int_equal(rmdir(dir), 0);
}

static void a_plan_is_made_or_not(void **state)
{
	(void)state;
	check_all(plan, 20);
}

static void flags_are_read_or_not(void **state)
{
	(void)state;
	check_all(flags_of_the_environment, 6);
	check_all(help, 2);
}

static void names_are_unique_or_not(void **state)
{
	(void)state;
	check_all(names, 10);
	check_all(metrics, 10);
}

static void text_is_whole_or_not(void **state)
{
	(void)state;
	check_all(writer, 2);
	check_all(json, 2);
}

static void messages_come_through_or_not(void **state)
{
	(void)state;
	check_all(protocol, 5);
}

/* The record goes to stdout: out of the test's way for a while. */
static void with_output_to_null(void (*check)(void))
{
	int saved[2], fd;
	FILE *null = fopen("/dev/null", "w");

	assert_non_null(null);
	fflush(stdout);
	for (fd = 1; fd <= 2; fd++) {
		saved[fd - 1] = dup(fd);
		dup2(fileno(null), fd);
	}
	check();
	fflush(stdout);
	for (fd = 1; fd <= 2; fd++) {
		dup2(saved[fd - 1], fd);
		close(saved[fd - 1]);
	}
	fclose(null);
}

static void check_reports(void)
{
	check_all(text_report, 10);
	check_all(json_report, 10);
}

static void a_report_is_whole_or_not(void **state)
{
	(void)state;
	with_output_to_null(check_reports);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_is_made_or_not),
		cmocka_unit_test(flags_are_read_or_not),
		cmocka_unit_test(names_are_unique_or_not),
		cmocka_unit_test(text_is_whole_or_not),
		cmocka_unit_test(messages_come_through_or_not),
		cmocka_unit_test(a_report_is_whole_or_not),
		cmocka_unit_test(a_benchmark_fails_or_not),
	};

	if (bench_register("Zebra", nothing, NULL) < 0 ||
	    bench_register("Ant", nothing, NULL) < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
