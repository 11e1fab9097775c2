/* sample_test PROGRAM: flags, and what goes to stdout and what to stderr. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

#define ARGS(...) ((char *[]){program, __VA_ARGS__, NULL})
#define HEADER "goos: linux\ngoarch: "

static char *program;

/* Run ARGV; the exit status must be STATUS. */
static void run_to(struct run *run, char *const *argv, int status)
{
	run_program(run, argv);
	run_drop_cpu(&run->out);
	if (run->status != status)
		fail_msg("%s: status %d, want %d:\n%s\n%s", argv[1],
			 run->status, status, bi_buf_str(&run->out),
			 bi_buf_str(&run->err));
}

/* The record without the two lines of its header. */
static const char *body(const struct run *run)
{
	const char *text = bi_buf_str(&run->out);

	assert_memory_equal(text, HEADER, sizeof(HEADER) - 1);
	text = strchr(text + sizeof(HEADER) - 1, '\n');
	return text + 1;
}

static void check_body(char *const *argv, int status, const char *want)
{
	struct run run;

	run_to(&run, argv, status);
	assert_string_equal(body(&run), want);
	run_release(&run);
}

/* stdout stays empty, and stderr has one line, with WANT in it. */
static void check_usage(char *const *argv, const char *want)
{
	struct run run;

	run_to(&run, argv, 2);
	assert_string_equal(bi_buf_str(&run.out), "");
	if (strstr(bi_buf_str(&run.err), want) == NULL ||
	    strchr(run.err.data, '\n') != run.err.data + run.err.len - 1)
		fail_msg("stderr is '%s', want '%s'", bi_buf_str(&run.err),
			 want);
	run_release(&run);
}

static void check_list(char *arg, const char *want)
{
	struct run run;

	run_to(&run, ARGS(arg), 0);
	assert_string_equal(bi_buf_str(&run.out), want);
	assert_string_equal(bi_buf_str(&run.err), "");
	run_release(&run);
}

static void list_prints_names(void **state)
{
	(void)state;
	check_list("-list=.",
		   "BenchmarkQuick\nBenchmarkFixed\nBenchmarkLog\n"
		   "BenchmarkGroup\nBenchmarkBroken\nBenchmarkShort\n"
		   "BenchmarkPrints\nBenchmarkStdin\nBenchmarkArgs\n"
		   "BenchmarkSlow\nBenchmarkChatty\n"
		   "BenchmarkRegistered\n");
	check_list("-list=S.*t$", "BenchmarkShort\n");
	check_list("-list=nope", "");
}

static void what_is_selected_is_run_in_order(void **state)
{
	(void)state;
	check_body(ARGS("-bench=Fixed|Group|Reg", "-cpu=1", "-benchtime=1x"), 0,
		   "BenchmarkFixed      \t       1\t        12.50 ns/op"
		   "\t         0.2500 x/op\n"
		   "BenchmarkGroup/one  \t       1\t         1.000 ns/op\n"
		   "BenchmarkGroup/two  \t       1\t         2.000 ns/op\n"
		   "BenchmarkRegistered \t       1\t         7.000 ns/op\n"
		   "PASS\n");
	check_body(ARGS("-bench=Group|Reg", "-skip=Group/one|Reg", "-cpu=1",
			"-benchtime=1x"),
		   0,
		   "BenchmarkGroup/two         "
		   "\t       1\t         2.000 ns/op\n"
		   "PASS\n");
}

static void rounds_go_over_all_benchmarks_and_all_p(void **state)
{
	(void)state;
	check_body(ARGS("-bench=Group|Reg", "-skip=Group/two", "-cpu=2,1",
			"-benchtime=1x", "-count=2"),
		   0,
		   "BenchmarkGroup/one-2    \t       1\t         1.000 ns/op\n"
		   "BenchmarkGroup/one      \t       1\t         1.000 ns/op\n"
		   "BenchmarkRegistered-2   \t       1\t         7.000 ns/op\n"
		   "BenchmarkRegistered     \t       1\t         7.000 ns/op\n"
		   "BenchmarkGroup/one-2    \t       1\t         1.000 ns/op\n"
		   "BenchmarkGroup/one      \t       1\t         1.000 ns/op\n"
		   "BenchmarkRegistered-2   \t       1\t         7.000 ns/op\n"
		   "BenchmarkRegistered     \t       1\t         7.000 ns/op\n"
		   "PASS\n");
}

static void clockinfo_tells_of_the_clock(void **state)
{
	struct run run;

	(void)state;
	run_to(&run, ARGS("-clockinfo"), 0);
	assert_int_equal(run_count_lines(bi_buf_str(&run.out), "clock: "), 1);
	assert_int_equal(run_count_lines(bi_buf_str(&run.out),
					 "went backwards: 0 times in "),
			 1);
	assert_string_equal(bi_buf_str(&run.err), "");
	run_release(&run);
}

static void envinfo_tells_of_machine_and_program(void **state)
{
	struct run run;
	const char *text;

	(void)state;
	run_to(&run, ARGS("-envinfo", "-bench=Fixed", "-benchtime=1x"), 0);
	text = bi_buf_str(&run.out);
	assert_int_equal(run_count_lines(text, "kernel: "), 1);
	assert_int_equal(run_count_lines(text, "# compiler: "), 1);
	assert_int_equal(run_count_lines(text, "# glibc: "), 1);
	assert_int_equal(run_count_lines(text, "BenchmarkFixed"), 1);
	/* In front of the results. */
	assert_true(strstr(text, "# glibc: ") < strstr(text, "BenchmarkFixed"));
	assert_string_equal(bi_buf_str(&run.err), "");
	run_release(&run);
}

static void check_empty(char *arg, int status, const char *out,
			const char *err)
{
	struct run run;

	run_to(&run, ARGS(arg), status);
	assert_string_equal(bi_buf_str(&run.out), out);
	assert_string_equal(bi_buf_str(&run.err), err);
	run_release(&run);
}

#define LIST "; -list=. prints their names"

static void running_nothing_passes_unless_asked_for(void **state)
{
	(void)state;
	check_empty("-count=0", 0, "PASS\n", "");
	check_empty("-bench=", 0, "PASS\n", "");
	check_empty("-skip=.", 0, "PASS\n",
		    "no benchmark matches -skip .\n");
	check_empty("-bench=nope", 2, "",
		    "no benchmark matches -bench nope" LIST "\n");
	/* A group of that name, with nothing of that name in it. */
	check_empty("-bench=Group/nope", 2, "",
		    "no benchmark matches -bench Group/nope" LIST "\n");
	/* A group that was run, all of it left out. */
	setenv("BENCH_FLAGS", "-bench=Group", 1);
	check_empty("-skip=Group/", 2, "",
		    "no benchmark matches -bench Group -skip Group/" LIST "\n");
	unsetenv("BENCH_FLAGS");
}

static void usage_errors_run_nothing(void **state)
{
	(void)state;
	check_usage(ARGS("-nope"), "flag provided but not defined: -nope");
	check_usage(ARGS("-bench=["), "invalid regexp for element 0 of -bench");
	check_usage(ARGS("-skip=a/("), "invalid regexp for element 1 of -skip");
	check_usage(ARGS("-list=["), "of -list");
	check_usage(ARGS("-benchtime=5"), "invalid duration");
	check_usage(ARGS("-count=x"), "parse error");
	check_usage(ARGS("-cpu=0"), "not a number of CPUs");
	check_usage(ARGS("-shuffle=x"), "must be off, on or an integer");
	check_usage(ARGS("-timeout"), "flag needs an argument");
	check_usage(ARGS("-memlimit=x"), "not a size");
	check_usage(ARGS("-config=X=y"), "must be key=value");
	check_usage(ARGS("stray"), "'stray' is not a flag");
	check_usage(ARGS("-v", "stray"), "'stray' is not a flag");
}

static void help_is_no_error(void **state)
{
	struct run run;

	(void)state;
	run_to(&run, ARGS("-h"), 0);
	assert_non_null(strstr(run.out.data, "usage: "));
	assert_non_null(strstr(run.out.data, "  -shuffle off|on|N"));
	assert_string_equal(bi_buf_str(&run.err), "");
	run_release(&run);
}

static void names_that_make_no_record_are_refused(void **state)
{
	(void)state;
	setenv("SAMPLE_NAME", "Quick", 1);
	check_usage(ARGS("-bench=Fixed"),
		    "two benchmarks are named BenchmarkQuick");
	/* A reader of the format would take it for name and iterations. */
	setenv("SAMPLE_NAME", "Two Words", 1);
	check_usage(ARGS("-bench=Fixed"), "BenchmarkTwo Words");
	unsetenv("SAMPLE_NAME");
}

static void one_seed_gives_one_order(void **state)
{
	struct run run, again, other;

	(void)state;
	run_to(&run, ARGS("-shuffle=3", "-benchtime=1x", "-count=3", "-cpu=1",
			  "-bench=Fixed|Group|Reg|Short|Prints|Stdin"), 0);
	run_to(&again, ARGS("-shuffle=3", "-benchtime=1x", "-count=3", "-cpu=1",
			    "-bench=Fixed|Group|Reg|Short|Prints|Stdin"), 0);
	run_to(&other, ARGS("-shuffle=on", "-benchtime=1x", "-count=3",
			    "-cpu=1",
			    "-bench=Fixed|Group|Reg|Short|Prints|Stdin"), 0);
	assert_string_equal(run.out.data, again.out.data);
	assert_int_equal(run_count_lines(run.err.data, "-shuffle=3\n"), 1);
	assert_int_equal(run_count_lines(other.err.data, "-shuffle="), 1);
	assert_int_equal(run.out.len, other.out.len);
	run_release(&run);
	run_release(&again);
	run_release(&other);
}

static void a_failure_is_reported_once_and_counts(void **state)
{
	struct run run;
	char *block;

	(void)state;
	run_to(&run, ARGS("-bench=Fixed|Broken|Reg", "-benchtime=1x", "-cpu=1",
			  "-count=3"), 1);
	assert_int_equal(run_count_lines(run.out.data, "BenchmarkFixed "), 3);
	assert_int_equal(
		run_count_lines(run.out.data, "BenchmarkRegistered "), 3);
	assert_int_equal(run_count_lines(run.out.data, "--- FAIL: "), 1);
	block = strstr(run.out.data, "--- FAIL: BenchmarkBroken\n    sample.c:");
	assert_non_null(block);
	assert_non_null(strstr(block, ": broken\n"));
	run_release(&run);
	run_to(&run, ARGS("-bench=Fixed|Broken|Reg", "-benchtime=1x", "-cpu=1",
			  "-count=3", "-failfast"), 1);
	assert_int_equal(run_count_lines(run.out.data, "Benchmark"), 1);
	assert_int_equal(run_count_lines(run.out.data, "FAIL\n"), 1);
	run_release(&run);
}

static void short_is_for_the_benchmarks(void **state)
{
	struct run run;

	(void)state;
	check_body(ARGS("-bench=Short", "-benchtime=1x", "-cpu=1"), 0,
		   "BenchmarkShort \t       1\t         1.000 ns/op\nPASS\n");
	run_to(&run, ARGS("-bench=Short", "-short"), 0);
	assert_string_equal(run.out.data, "PASS\n");
	assert_string_equal(bi_buf_str(&run.err), "");
	run_release(&run);
	/* A skip is told with -v. */
	run_to(&run, ARGS("-bench=Short", "-short", "-v"), 0);
	assert_string_equal(run.out.data, "PASS\n");
	assert_non_null(strstr(run.err.data, "--- SKIP: BenchmarkShort\n"));
	run_release(&run);
}

static void configuration_has_its_places(void **state)
{
	struct run run;
	const char *text;

	(void)state;
	run_program(&run, ARGS("-bench=Fixed", "-benchtime=1x", "-cpu=1",
			       "-config=note=a b", "-pkg=x/y", "-config=n=2"));
	text = run.out.data;
	assert_memory_equal(text, HEADER, sizeof(HEADER) - 1);
	text = strchr(text + sizeof(HEADER) - 1, '\n');
	assert_memory_equal(text, "\npkg: x/y\n", 10);
	run_drop_cpu(&run.out);
	assert_non_null(strstr(run.out.data,
			       "\npkg: x/y\nnote: a b\nn: 2\nBenchmarkFixed"));
	run_release(&run);
}

/* A key has one line: what the user says of it last. */
static void configuration_replaces_what_is_there(void **state)
{
	struct run run;

	(void)state;
	run_program(&run, ARGS("-bench=Fixed", "-benchtime=1x", "-cpu=1",
			       "-config=k=1", "-config=goos=x", "-pkg=p",
			       "-config=l=0", "-config=k=2", "-config=cpu=y",
			       "-config=pkg=q", "-config=goarch=z"));
	assert_memory_equal(run.out.data,
			    "goos: x\ngoarch: z\npkg: q\ncpu: y\nl: 0\nk: 2\n"
			    "BenchmarkFixed",
			    56);
	run_release(&run);
}

static void the_version_is_told(void **state)
{
	struct run run;

	(void)state;
	run_to(&run, ARGS("-version"), 0);
	assert_string_equal(run.out.data, "benchkit " BENCH_VERSION "\n");
	run_release(&run);
	setenv("BENCH_FLAGS", "-version", 1);
	run_to(&run, ARGS("-v"), 0);
	assert_string_equal(run.out.data, "benchkit " BENCH_VERSION "\n");
	run_release(&run);
	unsetenv("BENCH_FLAGS");
}

static void the_environment_adds_flags(void **state)
{
	(void)state;
	setenv("BENCH_FLAGS", "-bench='Fixed|Short' -cpu 1 -benchtime=2x", 1);
	check_body(ARGS("-skip=Short", "-benchtime=1x"), 0,
		   "BenchmarkFixed \t       1\t        12.50 ns/op"
		   "\t         0.2500 x/op\nPASS\n");
	setenv("BENCH_FLAGS", "-bench='", 1);
	check_usage(ARGS("-v"), "BENCH_FLAGS: missing end quote");
	setenv("BENCH_FLAGS", "-nope", 1);
	check_usage(ARGS("-v"), "BENCH_FLAGS: flag provided but not defined");
	unsetenv("BENCH_FLAGS");
}

static void arguments_behind_the_dashes_arrive(void **state)
{
	struct run run;

	(void)state;
	run_to(&run, ARGS("-bench=Args", "-benchtime=1x", "--", "-x", "", "--"),
	       0);
	assert_non_null(strstr(run.out.data, ": 0: -x\n"));
	assert_non_null(strstr(run.out.data, ": 1: \n"));
	assert_non_null(strstr(run.out.data, ": 2: --\n"));
	assert_null(strstr(run.out.data, ": 3: "));
	run_release(&run);
}

static void one_process_says_what_it_does_not_watch(void **state)
{
	struct run run;

	(void)state;
	run_to(&run, ARGS("-isolate=off", "-timeout=1h", "-bench=Prints",
			  "-benchtime=1x"), 0);
	assert_non_null(strstr(run.err.data, "nothing watches -timeout"));
	run_release(&run);
	run_to(&run, ARGS("-isolate=off", "-bench=Prints", "-benchtime=1x"), 0);
	assert_null(strstr(run.err.data, "nothing watches"));
	run_release(&run);
}

static void the_record_has_stdout_for_itself(void **state)
{
	static char on[] = "-isolate=on", off[] = "-isolate=off";
	char *const modes[] = {on, off};
	struct run run;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		run_to(&run, ARGS(modes[i], "-bench=Prints", "-benchtime=1x",
				  "-cpu=1"), 0);
		assert_string_equal(
			body(&run),
			"BenchmarkPrints \t       1\t         1.000 ns/op\n"
			"PASS\n");
		assert_non_null(
			strstr(run.err.data, "printed by a benchmark\n"));
		run_release(&run);
	}
}

static void verbose_says_more_on_stderr_only(void **state)
{
	struct run plain, verbose;

	(void)state;
	run_to(&plain, ARGS("-bench=Fixed|Log|Group", "-benchtime=1x", "-cpu=1"),
	       0);
	run_to(&verbose, ARGS("-bench=Fixed|Log|Group", "-benchtime=1x",
			      "-cpu=1", "-v"), 0);
	assert_string_equal(plain.out.data, verbose.out.data);
	assert_string_equal(bi_buf_str(&plain.err), "");
	assert_non_null(strstr(verbose.err.data, "BenchmarkGroup/one\n"));
	assert_non_null(strstr(verbose.err.data,
			       ": a \"quoted\" line\n        and\tanother\n"));
	run_release(&plain);
	run_release(&verbose);
}

static void stdin_is_not_touched(void **state)
{
	char path[] = "/tmp/benchkit-stdin.XXXXXX";
	struct run_io io = {.in = path};
	int fd = mkstemp(path);
	struct run run;

	(void)state;
	assert_int_equal(write(fd, "text\n", 5), 5);
	close(fd);
	run_start(&run, &io, ARGS("-bench=Stdin", "-benchtime=1x"));
	run_finish(&run);
	unlink(path);
	assert_int_equal(run.status, 0);
	run_release(&run);
}

static void setups_surround_every_round(void **state)
{
	struct run run;

	(void)state;
	setenv("SAMPLE_SETUP", "1", 1);
	run_to(&run, ARGS("-bench=Fixed|Reg", "-benchtime=1x", "-count=2"), 0);
	assert_string_equal(run.err.data,
			    "up first\nup second\ndown second\ndown first\n"
			    "up first\nup second\ndown second\ndown first\n");
	run_release(&run);
	run_to(&run, ARGS("-bench=Fixed|Reg", "-benchtime=1x", "-count=2",
			  "-isolate=off"), 0);
	assert_string_equal(run.err.data,
			    "up first\nup second\ndown second\ndown first\n");
	run_release(&run);
	/* One that fails: the run fails, and what was set up is torn down. */
	setenv("SAMPLE_BAD_SETUP", "1", 1);
	run_to(&run, ARGS("-bench=Fixed", "-benchtime=1x", "-count=2"), 1);
	assert_string_equal(run.out.data, "FAIL\n");
	assert_memory_equal(run.err.data, "up first\nup second\nup bad\n", 26);
	assert_non_null(strstr(run.err.data, "down second\ndown first\n"));
	assert_non_null(
		strstr(run.err.data, "a set-up of bench_on_start failed\n"));
	run_release(&run);
	run_to(&run, ARGS("-bench=Fixed", "-isolate=off"), 1);
	assert_string_equal(run.out.data, "FAIL\n");
	run_release(&run);
	unsetenv("SAMPLE_SETUP");
	unsetenv("SAMPLE_BAD_SETUP");
}

static void one_process_prints_the_same_record(void **state)
{
	struct run apart, here;

	(void)state;
	run_to(&apart, ARGS("-bench=Fixed|Log|Group|Broken", "-benchtime=1x",
			    "-count=2", "-cpu=1,3"), 1);
	run_to(&here, ARGS("-bench=Fixed|Log|Group|Broken", "-benchtime=1x",
			   "-count=2", "-cpu=1,3", "-isolate=off"), 1);
	assert_string_equal(apart.out.data, here.out.data);
	run_release(&apart);
	run_release(&here);
}

/* Messages of two threads once got into each other on their way. */
static void threads_may_log_at_any_time(void **state)
{
	static char on[] = "-isolate=on", off[] = "-isolate=off";
	char *const modes[] = {on, off};
	struct run run;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		run_to(&run, ARGS(modes[i], "-bench=Chatty", "-benchtime=1x",
				  "-cpu=1", "-v"), 0);
		assert_int_equal(run_count_lines(run.err.data,
						 "    sample.c:"),
				 2000);
		run_release(&run);
	}
}

/* A main that calls setlocale() once got decimal commas into its record. */
static void the_record_has_no_locale(void **state)
{
	char dir[] = "/tmp/benchkit-locale.XXXXXX", command[256];
	struct run run;
	bool made;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(command, sizeof(command),
		 "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 >%s/log 2>&1", dir,
		 dir);
	made = system(command) == 0;
	setenv("LOCPATH", dir, 1);
	setenv("LC_ALL", "de_DE.UTF-8", 1);
	setenv("SAMPLE_LOCALE", "1", 1);
	if (made) {
		check_body(ARGS("-bench=Fixed", "-benchtime=1x", "-cpu=1"), 0,
			   "BenchmarkFixed \t       1\t        12.50 ns/op"
			   "\t         0.2500 x/op\nPASS\n");
		run_to(&run, ARGS("-bench=Fixed", "-benchtime=1x", "-json"), 0);
		assert_non_null(strstr(
			run.out.data, "{\"ns/op\":12.5,\"x/op\":0.25}"));
		run_release(&run);
	}
	unsetenv("LOCPATH");
	unsetenv("LC_ALL");
	unsetenv("SAMPLE_LOCALE");
	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
	if (!made)
		skip();
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_prints_names),
		cmocka_unit_test(envinfo_tells_of_machine_and_program),
		cmocka_unit_test(clockinfo_tells_of_the_clock),
		cmocka_unit_test(what_is_selected_is_run_in_order),
		cmocka_unit_test(rounds_go_over_all_benchmarks_and_all_p),
		cmocka_unit_test(running_nothing_passes_unless_asked_for),
		cmocka_unit_test(usage_errors_run_nothing),
		cmocka_unit_test(help_is_no_error),
		cmocka_unit_test(names_that_make_no_record_are_refused),
		cmocka_unit_test(one_seed_gives_one_order),
		cmocka_unit_test(a_failure_is_reported_once_and_counts),
		cmocka_unit_test(short_is_for_the_benchmarks),
		cmocka_unit_test(configuration_has_its_places),
		cmocka_unit_test(configuration_replaces_what_is_there),
		cmocka_unit_test(the_version_is_told),
		cmocka_unit_test(the_environment_adds_flags),
		cmocka_unit_test(arguments_behind_the_dashes_arrive),
		cmocka_unit_test(one_process_says_what_it_does_not_watch),
		cmocka_unit_test(the_record_has_stdout_for_itself),
		cmocka_unit_test(verbose_says_more_on_stderr_only),
		cmocka_unit_test(stdin_is_not_touched),
		cmocka_unit_test(setups_surround_every_round),
		cmocka_unit_test(one_process_prints_the_same_record),
		cmocka_unit_test(threads_may_log_at_any_time),
		cmocka_unit_test(the_record_has_no_locale),
	};

	if (argc != 2)
		return 2;
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
