/* src/fmt/folder.c: folders as Criterion.rs leaves them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fmt/folder.h"
#include "fmt/stream.h"

#define SAMPLE "{\"iters\": [1], \"times\": [1e9]}"

/* Where the test at hand is. */
static char top[] = "/tmp/fmt_folder_test.XXXXXX";

static int set_up(void **state)
{
	(void)state;
	memcpy(top + sizeof(top) - 7, "XXXXXX", 6);
	return mkdtemp(top) == NULL || chdir(top) < 0 ? -1 : 0;
}

static int tear_down(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", top);
	return chdir("/") < 0 || system(command) != 0 ? -1 : 0;
}

/* Write TEXT to PATH, in folders that are made for it. */
static void write_file(const char *path, const char *text)
{
	char folder[256];
	const char *slash = path;
	FILE *file;

	while ((slash = strchr(slash, '/')) != NULL) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path),
			 path);
		mkdir(folder, 0777);
		slash++;
	}
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* What the input PATH becomes. */
static void check(const char *path, const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_stream stream;
	struct bi_buf got = BI_BUF_INIT;
	char piece[64];
	size_t len = 1;
	int rc = bi_stream_open(&stream, path, &err);

	while (rc == 0 && len > 0) {
		rc = bi_stream_read(&stream, piece, sizeof(piece), &len, &err);
		if (rc == 0)
			assert_int_equal(bi_buf_add(&got, piece, len), 0);
	}
	bi_stream_close(&stream);
	if (rc < 0)
		bi_buf_addf(&got, "%d: %s", err.line, err.text);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("%s becomes:\n%s\nwant:\n%s", path, bi_buf_str(&got),
			 want);
	bi_buf_release(&got);
}

static void a_sample_in_the_folder_is_all(void **state)
{
	(void)state;
	write_file("fib/new/sample.json", SAMPLE);
	write_file("fib/new/new/sample.json", "wrong");
	check("fib/new", "Benchmarkfib 1 1 sec/op\n");
	check("fib/new//", "Benchmarkfib 1 1 sec/op\n");
	write_file("new/base/sample.json", SAMPLE);
	check("new/base", "Benchmarknew 1 1 sec/op\n");
}

static void the_latest_of_each_benchmark_is_found(void **state)
{
	(void)state;
	write_file("c/fib/new/sample.json", SAMPLE);
	write_file("c/fib/base/sample.json", "wrong");
	write_file("c/fib/main/sample.json", "wrong");
	write_file("c/fib/change/estimates.json", "wrong");
	write_file("c/group/f/20/new/sample.json", SAMPLE);
	write_file("c/group/f/3/new/sample.json", SAMPLE);
	write_file("c/group/f/3/new/benchmark.json",
		   "{\"full_id\": \"g/f/three\"}");
	write_file("c/report/index.html", "");
	check("c", "Benchmarkfib 1 1 sec/op\n"
		   "Benchmarkgroup/f/20 1 1 sec/op\n"
		   "Benchmarkg/f/three 1 1 sec/op\n");
	check("c/group", "Benchmarkf/20 1 1 sec/op\n"
			 "Benchmarkg/f/three 1 1 sec/op\n");
}

static void the_file_itself_is_its_folder(void **state)
{
	(void)state;
	write_file("fib/new/sample.json", SAMPLE);
	check("fib/new/sample.json", "Benchmarkfib 1 1 sec/op\n");
	write_file("fib/new/benchmark.json", "{\"full_id\": \"x\"}");
	check("fib/new/sample.json", "Benchmarkx 1 1 sec/op\n");
	/* Another tool's may be called so, too. */
	write_file("sample.json", "{\"results\": []}");
	check("sample.json", "");
}

static void links_and_hidden_folders_are_not_followed(void **state)
{
	(void)state;
	write_file("c/fib/new/sample.json", SAMPLE);
	write_file("c/.old/new/sample.json", "wrong");
	assert_int_equal(symlink("..", "c/loop"), 0);
	check("c", "Benchmarkfib 1 1 sec/op\n");
}

static void depth_has_an_end(void **state)
{
	(void)state;
	write_file("c/1/2/3/4/new/sample.json", SAMPLE);
	write_file("c/1/2/3/4/5/new/sample.json", "wrong");
	check("c", "Benchmark1/2/3/4 1 1 sec/op\n");
}

static void an_error_names_the_file(void **state)
{
	(void)state;
	write_file("c/f/1/new/sample.json", SAMPLE);
	write_file("c/f/2/new/sample.json", "\n");
	check("c", "2: f/2/new/sample.json: invalid JSON: '[' or '{' expected "
		   "near end of file");
	write_file("c/f/2/new/sample.json", SAMPLE);
	write_file("c/f/2/new/benchmark.json", "[");
	check("c", "1: f/2/new/benchmark.json: invalid JSON: ']' expected near "
		   "end of file");
}

static void a_folder_without_samples_is_none(void **state)
{
	(void)state;
	write_file("c/f/new/estimates.json", "{}");
	check("c", "0: read c: is a directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
		IN_A_FOLDER(a_sample_in_the_folder_is_all),
		IN_A_FOLDER(the_latest_of_each_benchmark_is_found),
		IN_A_FOLDER(the_file_itself_is_its_folder),
		IN_A_FOLDER(links_and_hidden_folders_are_not_followed),
		IN_A_FOLDER(depth_has_an_end),
		IN_A_FOLDER(an_error_names_the_file),
		IN_A_FOLDER(a_folder_without_samples_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
