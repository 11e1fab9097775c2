/* src/harness/flags.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "harness/flags.h"

#define MOST_ARGS 16

/* Parse ENVIRONMENT (BENCH_FLAGS) and ARGS, NULL at the end. */
static int parse(struct bi_flags *flags, const char *environment,
		 char *const *args, struct bench_error *err)
{
	char *argv[MOST_ARGS] = {"program"};
	int argc = 1;

	for (; *args != NULL; args++)
		argv[argc++] = *args;
	assert_int_equal(bi_flags_init(flags), 0);
	return bi_flags_parse(flags, environment, argc, argv, err);
}

static void check_parse(struct bi_flags *flags, const char *environment,
			char *const *args)
{
	struct bench_error err = BENCH_ERROR_INIT;

	if (parse(flags, environment, args, &err) < 0)
		fail_msg("'%s' '%s': %s", environment ? environment : "",
			 args[0] ? args[0] : "", err.text);
}

static void check_error(const char *environment, char *arg, const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	char *const args[] = {arg, NULL};
	struct bi_flags flags;
	int rc = parse(&flags, environment, args, &err);

	bi_flags_release(&flags);
	if (rc != BENCH_EINPUT || strcmp(err.text, want) != 0)
		fail_msg("'%s' '%s': %d '%s', want '%s'",
			 environment ? environment : "", arg ? arg : "", rc,
			 err.text, want);
}

#define ARGS(...) ((char *const[]){__VA_ARGS__, NULL})
#define NO_ARGS ((char *const[]){NULL})

static void defaults_are_those_of_the_help(void **state)
{
	struct bi_flags flags;

	(void)state;
	check_parse(&flags, NULL, NO_ARGS);
	assert_null(flags.bench);
	assert_null(flags.skip);
	assert_null(flags.list);
	assert_int_equal(flags.count, 1);
	assert_int_equal(flags.bench_ns, 1000000000);
	assert_int_equal(flags.bench_n, 0);
	assert_int_equal(flags.cpu_count, 1);
	assert_true(flags.cpus[0] >= 1);
	assert_int_equal(flags.timeout_ns, INT64_C(600000000000));
	assert_int_equal(flags.memlimit_pct, 75);
	assert_int_equal(flags.shuffle, BI_SHUFFLE_OFF);
	assert_true(flags.isolate);
	assert_false(flags.isolate_given || flags.benchmem || flags.short_run ||
		     flags.failfast || flags.verbose || flags.json ||
		     flags.help);
	assert_int_equal(flags.argc, 0);
	bi_flags_release(&flags);
}

static void every_spelling_is_one_flag(void **state)
{
	struct bi_flags flags;

	(void)state;
	check_parse(&flags, NULL,
		    ARGS("-bench=a", "--test.skip", "b", "-test.count=3",
			 "--benchmem", "-short=false", "-v=T"));
	assert_string_equal(flags.bench, "a");
	assert_string_equal(flags.skip, "b");
	assert_int_equal(flags.count, 3);
	assert_true(flags.benchmem && flags.verbose);
	assert_false(flags.short_run);
	bi_flags_release(&flags);
}

static void check_benchmem(char *arg, enum bi_benchmem want)
{
	struct bi_flags flags;

	check_parse(&flags, NULL, ARGS("-benchmem=full", arg));
	if (flags.benchmem != want)
		fail_msg("%s: %d, not %d", arg, (int)flags.benchmem, (int)want);
	bi_flags_release(&flags);
}

static void benchmem_is_off_on_or_full(void **state)
{
	(void)state;
	check_benchmem("-benchmem", BI_BENCHMEM_ON);
	check_benchmem("-benchmem=true", BI_BENCHMEM_ON);
	check_benchmem("-benchmem=0", BI_BENCHMEM_OFF);
	check_benchmem("-benchmem=full", BI_BENCHMEM_FULL);
	check_error(NULL, "-benchmem=half",
		    "invalid value \"half\" for flag -benchmem: not a boolean, "
		    "nor full");
}

static void check_time(char *arg, int64_t ns, int64_t n)
{
	struct bi_flags flags;

	check_parse(&flags, NULL, ARGS(arg));
	if (flags.bench_n != n || (n == 0 && flags.bench_ns != ns))
		fail_msg("%s: %lld ns, %lld x", arg, (long long)flags.bench_ns,
			 (long long)flags.bench_n);
	bi_flags_release(&flags);
}

static void benchtime_is_a_duration_or_a_count(void **state)
{
	struct bi_flags flags;

	(void)state;
	check_time("-benchtime=1.5ms", 1500000, 0);
	check_time("-benchtime=1h1m", INT64_C(3660000000000), 0);
	check_time("-benchtime=1x", 0, 1);
	check_time("-benchtime=+7x", 0, 7);
	/* The last one wins, whatever the kind. */
	check_parse(&flags, NULL, ARGS("-benchtime=5x", "-benchtime=20ms"));
	assert_int_equal(flags.bench_n, 0);
	assert_int_equal(flags.bench_ns, 20000000);
	bi_flags_release(&flags);
}

static void benchtime_refuses_the_rest(void **state)
{
	static char *const durations[] = {"10", "0", "-1s", "5X", "", "0s", "1 s"};
	static char *const counts[] = {"0x", "0.5x", "1e3x", " 5x", "-1x", "x"};
	struct bi_buf want = BI_BUF_INIT, arg = BI_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < 13; i++) {
		const char *value = i < 7 ? durations[i] : counts[i - 7];

		bi_buf_reset(&want);
		bi_buf_reset(&arg);
		assert_int_equal(bi_buf_addf(&arg, "-benchtime=%s", value), 0);
		assert_int_equal(
			bi_buf_addf(&want,
				    "invalid value \"%s\" for flag -benchtime: "
				    "invalid %s",
				    value, i < 7 ? "duration" : "count"),
			0);
		check_error(NULL, arg.data, want.data);
	}
	bi_buf_release(&want);
	bi_buf_release(&arg);
}

static void cpu_is_a_list(void **state)
{
	static const int want[] = {4, 1, 2, 1};
	struct bi_flags flags;
	int own;

	(void)state;
	check_parse(&flags, NULL, NO_ARGS);
	own = flags.cpus[0];
	bi_flags_release(&flags);
	check_parse(&flags, NULL, ARGS("-cpu", " 4,,+1, 2 ,\t1,"));
	assert_int_equal(flags.cpu_count, 4);
	assert_memory_equal(flags.cpus, want, sizeof(want));
	bi_flags_release(&flags);
	/* An empty one is the default again, also behind another. */
	check_parse(&flags, "-cpu=7,8", ARGS("-cpu=,"));
	assert_int_equal(flags.cpu_count, 1);
	assert_int_equal(flags.cpus[0], own);
	bi_flags_release(&flags);
	check_error(NULL, "-cpu=1,0",
		    "invalid value \"1,0\" for flag -cpu: not a number of CPUs: '0'");
	check_error(NULL, "-cpu=two",
		    "invalid value \"two\" for flag -cpu: not a number of CPUs: 'two'");
	check_error(NULL, "-cpu=65537",
		    "invalid value \"65537\" for flag -cpu: not a number of CPUs: '65537'");
}

static void check_limit(char *arg, int64_t bytes, int pct)
{
	struct bi_flags flags;

	check_parse(&flags, NULL, ARGS(arg));
	if (flags.memlimit_pct != pct ||
	    (pct == 0 && flags.memlimit_bytes != bytes))
		fail_msg("%s: %lld bytes, %d %%", arg,
			 (long long)flags.memlimit_bytes, flags.memlimit_pct);
	bi_flags_release(&flags);
}

static void memlimit_is_a_size_or_a_share(void **state)
{
	(void)state;
	check_limit("-memlimit=0", 0, 0);
	check_limit("-memlimit=1000", 1000, 0);
	check_limit("-memlimit=5B", 5, 0);
	check_limit("-memlimit=1K", 1024, 0);
	check_limit("-memlimit=3MB", 3 << 20, 0);
	check_limit("-memlimit=2GiB", INT64_C(2) << 30, 0);
	check_limit("-memlimit=1Ti", INT64_C(1) << 40, 0);
	check_limit("-memlimit=50%", 0, 50);
	check_limit("-memlimit=100%", 0, 100);
}

static void memlimit_refuses_the_rest(void **state)
{
	(void)state;
	check_error(NULL, "-memlimit=0%",
		    "invalid value \"0%\" for flag -memlimit: not a share of 1% to 100%");
	check_error(NULL, "-memlimit=101%",
		    "invalid value \"101%\" for flag -memlimit: not a share of 1% to 100%");
	check_error(NULL, "-memlimit=-1",
		    "invalid value \"-1\" for flag -memlimit: not a size such as 512M, 2G or 75%");
	check_error(NULL, "-memlimit=2g",
		    "invalid value \"2g\" for flag -memlimit: not a size such as 512M, 2G or 75%");
	check_error(NULL, "-memlimit=2iB",
		    "invalid value \"2iB\" for flag -memlimit: not a size such as 512M, 2G or 75%");
	check_error(NULL, "-memlimit=9000000T",
		    "invalid value \"9000000T\" for flag -memlimit: not a size such as 512M, 2G or 75%");
	check_error(NULL, "-memlimit=",
		    "invalid value \"\" for flag -memlimit: not a size such as 512M, 2G or 75%");
}

static void the_other_flags_are_checked(void **state)
{
	struct bi_flags flags;

	(void)state;
	check_error(NULL, "-count=-1",
		    "invalid value \"-1\" for flag -count: value out of range");
	check_error(NULL, "-count=1.5",
		    "invalid value \"1.5\" for flag -count: parse error");
	check_error(NULL, "-timeout=-1s",
		    "invalid value \"-1s\" for flag -timeout: invalid duration");
	check_error(NULL, "-shuffle=maybe",
		    "invalid value \"maybe\" for flag -shuffle: must be off, on or an integer");
	check_error(NULL, "-isolate=1",
		    "invalid value \"1\" for flag -isolate: must be on or off");
	check_error(NULL, "-short=2",
		    "invalid value \"2\" for flag -short: not a boolean");
	check_error(NULL, "-nope", "flag provided but not defined: -nope");
	check_error(NULL, "-count", "flag needs an argument: -count");
	check_error(NULL, "x",
		    "'x' is not a flag; arguments for the benchmarks follow --");
	check_parse(&flags, NULL,
		    ARGS("-shuffle=-5", "-isolate=off", "-timeout=0",
			 "-count=0"));
	assert_int_equal(flags.shuffle, BI_SHUFFLE_SEED);
	assert_true(flags.seed == (uint64_t)-5);
	assert_true(flags.isolate_given && !flags.isolate);
	assert_int_equal(flags.timeout_ns, 0);
	assert_int_equal(flags.count, 0);
	bi_flags_release(&flags);
}

static void configuration_is_kept_in_order(void **state)
{
	struct bi_flags flags;

	(void)state;
	check_parse(&flags, "-config=a=1",
		    ARGS("-pkg", "x/y", "-config=note=b=c d", "-config=a=2"));
	assert_int_equal(flags.config_count, 4);
	assert_string_equal(flags.config[0].key, "a");
	assert_string_equal(flags.config[1].key, "pkg");
	assert_string_equal(flags.config[1].value, "x/y");
	assert_string_equal(flags.config[2].key, "note");
	assert_string_equal(flags.config[2].value, "b=c d");
	assert_string_equal(flags.config[3].value, "2");
	bi_flags_release(&flags);
}

static void configuration_that_a_reader_would_miss_is_refused(void **state)
{
	static char *const bad[] = {"a", "=b", "a=", "A=b", "aB=c", "a b=c",
				    "a:b=c", "1=a"};
	struct bi_buf want = BI_BUF_INIT, arg = BI_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < 8; i++) {
		bi_buf_reset(&want);
		bi_buf_reset(&arg);
		assert_int_equal(bi_buf_addf(&arg, "-config=%s", bad[i]), 0);
		assert_int_equal(
			bi_buf_addf(&want,
				    "invalid value \"%s\" for flag -config: "
				    "must be key=value, the key in lower case",
				    bad[i]),
			0);
		check_error(NULL, arg.data, want.data);
	}
	bi_buf_release(&want);
	bi_buf_release(&arg);
	check_error(NULL, "-config=a=b\nc",
		    "invalid value \"a=b\nc\" for flag -config: not a value of one line");
	check_error(NULL, "-pkg=",
		    "invalid value \"\" for flag -pkg: not a value of one line");
}

static void the_environment_is_read_first(void **state)
{
	struct bi_flags flags;

	(void)state;
	check_parse(&flags, "-count=2 -bench='a b' -pkg \"it's\"\n\t-v",
		    ARGS("-count=5"));
	assert_int_equal(flags.count, 5);
	assert_string_equal(flags.bench, "a b");
	assert_string_equal(flags.config[0].value, "it's");
	assert_true(flags.verbose);
	bi_flags_release(&flags);
	check_parse(&flags, "", NO_ARGS);
	bi_flags_release(&flags);
	check_parse(&flags, "  \n", NO_ARGS);
	bi_flags_release(&flags);
	check_parse(&flags, "-bench '' -skip \"\"'x'y", NO_ARGS);
	assert_string_equal(flags.bench, "");
	assert_string_equal(flags.skip, "xy");
	bi_flags_release(&flags);
}

static void the_environment_s_errors_say_so(void **state)
{
	(void)state;
	check_error("-nope", NULL,
		    "BENCH_FLAGS: flag provided but not defined: -nope");
	check_error("-count=x", NULL,
		    "BENCH_FLAGS: invalid value \"x\" for flag -count: parse error");
	check_error("-count=1 x", NULL, "BENCH_FLAGS: 'x' is not a flag");
	check_error("-bench='x", NULL, "BENCH_FLAGS: missing end quote");
	check_error("-count", "-v", "BENCH_FLAGS: flag needs an argument: -count");
}

static void what_follows_the_dashes_is_the_benchmarks(void **state)
{
	char *const args[] = {"-count=2", "--", "-count=3", "x", NULL};
	struct bi_flags flags;

	(void)state;
	check_parse(&flags, NULL, args);
	assert_int_equal(flags.count, 2);
	assert_int_equal(flags.argc, 2);
	assert_string_equal(flags.argv[0], "-count=3");
	assert_string_equal(flags.argv[1], "x");
	assert_null(flags.argv[2]);
	bi_flags_release(&flags);
}

static void help_is_asked_for_anywhere(void **state)
{
	struct bi_flags flags;
	struct bi_buf help = BI_BUF_INIT;

	(void)state;
	check_parse(&flags, "-h", ARGS("-count=2"));
	assert_true(flags.help);
	bi_flags_release(&flags);
	check_parse(&flags, NULL, ARGS("-v", "--help", "-nope"));
	assert_true(flags.help);
	bi_flags_release(&flags);
	assert_int_equal(bi_flags_help(true, &help), 0);
	assert_non_null(strstr(help.data, "  -bench REGEXP"));
	assert_non_null(strstr(help.data, "  -config KEY=VALUE"));
	bi_buf_release(&help);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_are_those_of_the_help),
		cmocka_unit_test(every_spelling_is_one_flag),
		cmocka_unit_test(benchmem_is_off_on_or_full),
		cmocka_unit_test(benchtime_is_a_duration_or_a_count),
		cmocka_unit_test(benchtime_refuses_the_rest),
		cmocka_unit_test(cpu_is_a_list),
		cmocka_unit_test(memlimit_is_a_size_or_a_share),
		cmocka_unit_test(memlimit_refuses_the_rest),
		cmocka_unit_test(the_other_flags_are_checked),
		cmocka_unit_test(configuration_is_kept_in_order),
		cmocka_unit_test(
			configuration_that_a_reader_would_miss_is_refused),
		cmocka_unit_test(the_environment_is_read_first),
		cmocka_unit_test(the_environment_s_errors_say_so),
		cmocka_unit_test(what_follows_the_dashes_is_the_benchmarks),
		cmocka_unit_test(help_is_asked_for_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
