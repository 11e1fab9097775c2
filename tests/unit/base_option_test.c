/* src/base/option.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/option.h"

#define MAX_ARGS 8

/* What the options of the test's table store. */
struct settings {
	char count[32];
	char verbose[32];
};

static int keep(char *to, size_t size, const char *value)
{
	snprintf(to, size, "%s", value);
	return 0;
}

static int set_count(void *target, const char *value, struct bench_error *err)
{
	struct settings *settings = target;

	if (strcmp(value, "many") == 0)
		return bi_error_set(err, BENCH_EINPUT, "not a number");
	if (strcmp(value, "large") == 0)
		return BENCH_ERANGE;
	if (strcmp(value, "odd") == 0)
		return BENCH_EINPUT;
	if (strcmp(value, "memory") == 0)
		return BENCH_ENOMEM;
	return keep(settings->count, sizeof(settings->count), value);
}

static int set_verbose(void *target, const char *value, struct bench_error *err)
{
	struct settings *settings = target;

	(void)err;
	return keep(settings->verbose, sizeof(settings->verbose), value);
}

static int set_nothing(void *target, const char *value, struct bench_error *err)
{
	(void)target;
	(void)value;
	(void)err;
	return 0;
}

static const struct bi_option options[] = {
	{"count", "N", "run N times", set_count},
	{"v", NULL, "say more", set_verbose},
	{"w", "[=all]", "say even more", set_verbose},
	{"a-flag-with-a-long-name", "VALUE", "its text stands below",
	 set_nothing},
	{"rare", "X", "seldom", set_nothing},
	{"rarer", "X", "most seldom", set_nothing},
};

static const struct bi_option_table table = {
	options, sizeof(options) / sizeof(options[0]), "test.", "rare"};

struct outcome {
	int rc;
	struct settings settings;
	struct bi_option_end end;
	struct bench_error err;
};

/* Parse "program" and the words of LINE, separated by one blank each. */
static struct outcome parse(const char *line)
{
	struct outcome outcome = {.err = BENCH_ERROR_INIT};
	char words[256];
	char *argv[MAX_ARGS + 1] = {words};
	int argc = 1;
	char *blank;

	snprintf(words, sizeof(words), "program%s%s", line[0] ? " " : "", line);
	while ((blank = strchr(argv[argc - 1], ' ')) != NULL) {
		*blank = '\0';
		assert_true(argc < MAX_ARGS);
		argv[argc++] = blank + 1;
	}
	outcome.rc = bi_option_parse(&table, argc, argv, &outcome.settings,
				     &outcome.end, &outcome.err);
	return outcome;
}

static void check(const char *line, const char *count, const char *verbose,
		  int next)
{
	struct outcome got = parse(line);

	if (got.rc != 0 || strcmp(got.settings.count, count) != 0 ||
	    strcmp(got.settings.verbose, verbose) != 0 || got.end.next != next)
		fail_msg("'%s': %d, count '%s', v '%s', next %d (%s)", line,
			 got.rc, got.settings.count, got.settings.verbose,
			 got.end.next, got.err.text);
}

static void check_refused(const char *line, const char *text)
{
	struct outcome got = parse(line);

	if (got.rc != BENCH_EINPUT || strcmp(got.err.text, text) != 0)
		fail_msg("'%s': %d, '%s'; wanted '%s'", line, got.rc,
			 got.err.text, text);
}

static void a_value_follows_or_is_attached(void **state)
{
	(void)state;
	check("-count 3", "3", "", 3);
	check("-count=3", "3", "", 2);
	check("--count 3", "3", "", 3);
	check("--count=3", "3", "", 2);
	check("-count=", "", "", 2);
	check("-count=a=b", "a=b", "", 2);
	check("-count -v", "-v", "", 3);
}

static void a_prefix_may_stand_in_front(void **state)
{
	(void)state;
	check("-test.count=3", "3", "", 2);
	check("-test.v", "", "true", 2);
	check_refused("-test.", "flag provided but not defined: -test.");
	check_refused("-rest.v", "flag provided but not defined: -rest.v");
}

static void a_switch_takes_only_an_attached_value(void **state)
{
	(void)state;
	check("-v", "", "true", 2);
	check("-v=T", "", "true", 2);
	check("-v=0", "", "false", 2);
	check("-v false", "", "true", 2);
	check_refused("-v=yes",
		      "invalid value \"yes\" for flag -v: not a boolean");
}

static void a_switch_with_more_values_takes_them_attached(void **state)
{
	(void)state;
	check("-w", "", "true", 2);
	check("-w=all", "", "all", 2);
	check("-w=0", "", "0", 2);
	check("-w all", "", "true", 2);
}

static void the_last_occurrence_wins(void **state)
{
	(void)state;
	check("-count=1 -v -count=2 -v=false", "2", "false", 5);
}

static void flags_end_at_the_first_other_argument(void **state)
{
	(void)state;
	check("", "", "", 1);
	check("file -v", "", "", 1);
	check("-v - -count=1", "", "true", 2);
	check("-v -- -count=1", "", "true", 3);
	assert_true(parse("-v -- x").end.dashes);
	assert_false(parse("-v x").end.dashes);
	assert_false(parse("-v - x").end.dashes);
}

static void help_stops_the_parse(void **state)
{
	struct outcome got = parse("-count=1 -h -count=2");

	(void)state;
	assert_int_equal(got.rc, 0);
	assert_true(got.end.help);
	assert_string_equal(got.settings.count, "1");
	assert_true(parse("--help").end.help);
	assert_false(parse("-v").end.help);
	assert_false(got.end.all);
	assert_true(parse("-h=all").end.help);
	assert_true(parse("-h=all").end.all);
	assert_false(parse("-h=true").end.all);
}

static void so_does_the_version(void **state)
{
	struct outcome got = parse("-count=1 -version -count=2");

	(void)state;
	assert_int_equal(got.rc, 0);
	assert_true(got.end.version);
	assert_false(got.end.help);
	assert_string_equal(got.settings.count, "1");
	assert_false(parse("-v").end.version);
}

static void what_is_wrong_is_said(void **state)
{
	(void)state;
	check_refused("-x", "flag provided but not defined: -x");
	check_refused("-x=1", "flag provided but not defined: -x");
	check_refused("-coun=1", "flag provided but not defined: -coun");
	check_refused("-counts=1", "flag provided but not defined: -counts");
	check_refused("-count", "flag needs an argument: -count");
	check_refused("---v", "bad flag syntax: ---v");
	check_refused("-=1", "bad flag syntax: -=1");
	check_refused("--=1", "bad flag syntax: --=1");
	check_refused("-count=many",
		      "invalid value \"many\" for flag -count: not a number");
	check_refused("-count=large", "invalid value \"large\" for flag "
				      "-count: value out of range");
	check_refused("-count=odd",
		      "invalid value \"odd\" for flag -count: parse error");
}

static void no_memory_stays_no_memory(void **state)
{
	struct outcome got = parse("-count=memory");

	(void)state;
	assert_int_equal(got.err.code, BENCH_ENOMEM);
	assert_true(got.rc < 0);
}

static void booleans_are_those_of_the_table(void **state)
{
	static const char *const yes[] = {"1",	  "t",	  "T",
					  "true", "TRUE", "True"};
	static const char *const no[] = {"0",	  "f",	   "F",
					 "false", "FALSE", "False"};
	static const char *const neither[] = {"",    "2",  "tRUE",
					      "yes", "on", "t "};
	size_t i;
	bool on;

	(void)state;
	for (i = 0; i < 6; i++) {
		assert_int_equal(bi_option_bool(yes[i], &on), 0);
		assert_true(on);
		assert_int_equal(bi_option_bool(no[i], &on), 0);
		assert_false(on);
		assert_int_equal(bi_option_bool(neither[i], &on), BENCH_EINPUT);
	}
}

static void the_help_has_two_columns(void **state)
{
	struct bi_buf buf = BI_BUF_INIT;

	(void)state;
	assert_int_equal(bi_option_help(&table, false, &buf), 0);
	assert_string_equal(bi_buf_str(&buf),
			    "  -count N              run N times\n"
			    "  -v                    say more\n"
			    "  -w[=all]              say even more\n"
			    "  -a-flag-with-a-long-name VALUE\n"
			    "                        its text stands below\n");
	bi_buf_release(&buf);
}

static void the_help_of_all_has_more(void **state)
{
	static const char more[] =
		"  -rare X               seldom\n"
		"  -rarer X              most seldom\n"
		"  -h[=all]              print the usual flags, or all, and exit\n"
		"  -version              print the version and exit\n";
	struct bi_buf some = BI_BUF_INIT, all = BI_BUF_INIT;

	(void)state;
	assert_int_equal(bi_option_help(&table, false, &some), 0);
	assert_int_equal(bi_option_help(&table, true, &all), 0);
	assert_memory_equal(all.data, some.data, some.len);
	assert_string_equal(all.data + some.len, more);
	bi_buf_release(&some);
	bi_buf_release(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_follows_or_is_attached),
		cmocka_unit_test(a_prefix_may_stand_in_front),
		cmocka_unit_test(a_switch_takes_only_an_attached_value),
		cmocka_unit_test(a_switch_with_more_values_takes_them_attached),
		cmocka_unit_test(the_last_occurrence_wins),
		cmocka_unit_test(flags_end_at_the_first_other_argument),
		cmocka_unit_test(help_stops_the_parse),
		cmocka_unit_test(so_does_the_version),
		cmocka_unit_test(what_is_wrong_is_said),
		cmocka_unit_test(no_memory_stays_no_memory),
		cmocka_unit_test(booleans_are_those_of_the_table),
		cmocka_unit_test(the_help_has_two_columns),
		cmocka_unit_test(the_help_of_all_has_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
