/* src/tab/rules.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "tab/rules.h"

#define NO_LIMIT (-1.0)

/* The limit that TEXT sets for UNIT; NO_LIMIT for none. */
static void check(const char *text, const char *unit, bool relative,
		  double want)
{
	struct bi_rules rules = BI_RULES_INIT;
	struct bench_error error = BENCH_ERROR_INIT;
	struct bi_slice slice = {unit, strlen(unit)};
	const struct bi_rule *rule;
	struct bi_limit limit;
	double got;

	if (bi_rules_parse(&rules, text, strlen(text), &error) < 0)
		fail_msg("'%s': %s", text, error.text);
	assert_int_equal(bi_rules_find(&rules, slice, &rule, &limit), 0);
	got = limit.set ? limit.value : NO_LIMIT;
	if (!(fabs(got - want) <= 1e-15 * fabs(want)))
		fail_msg("'%s' for %s: %g, want %g", text, unit, got, want);
	assert_int_equal(limit.set, rule != NULL);
	if (limit.set)
		assert_int_equal(limit.relative, relative);
	bi_rules_release(&rules);
}

static void check_error(const char *text, int column, const char *want)
{
	struct bi_rules rules = BI_RULES_INIT;
	struct bench_error error = BENCH_ERROR_INIT;

	assert_int_equal(bi_rules_parse(&rules, text, strlen(text), &error),
			 BENCH_EINPUT);
	if (error.column != column || strstr(error.text, want) == NULL)
		fail_msg("'%s': column %d, %s; want %d, %s", text, error.column,
			 error.text, column, want);
	bi_rules_release(&rules);
}

static void a_percentage_is_a_fraction(void **state)
{
	(void)state;
	check("sec/op>3%", "sec/op", true, 0.03);
	check("sec/op>0%", "sec/op", true, 0);
	check(" sec/op > 2.5 % ; ", "sec/op", true, 0.025);
}

static void a_number_is_in_the_unit_as_written(void **state)
{
	(void)state;
	check("ns/op>3", "sec/op", false, 3e-9);
	check("sec/op>3e-9", "sec/op", false, 3e-9);
	check("MB/s>2", "B/s", false, 2e6);
	check("allocs/op>0", "allocs/op", false, 0);
}

static void tidy_and_written_units_meet(void **state)
{
	(void)state;
	check("ns/op>3%", "sec/op", true, 0.03);
	check("sec/op>3%", "ns/op", true, 0.03);
	/* Values that tidying leaves alone keep the unit they came in. */
	check("ns/op>3", "ns/op", false, 3);
}

static void a_unit_without_a_rule_has_no_limit(void **state)
{
	(void)state;
	check("sec/op>3%", "B/op", true, NO_LIMIT);
	check("", "B/op", true, NO_LIMIT);
}

static void a_star_is_for_all_others(void **state)
{
	(void)state;
	check("*>10%;sec/op>3%", "sec/op", true, 0.03);
	check("sec/op>3%;*>10%", "sec/op", true, 0.03);
	check("*>10%;sec/op>3%", "B/op", true, 0.1);
}

static void errors_name_the_place(void **state)
{
	(void)state;
	check_error("sec/op>>3%", 8, "expected a limit");
	check_error(">3%", 1, "expected a unit");
	check_error("sec/op>-1%", 8, "not negative");
	check_error("sec/op>3%%", 10, "nothing may follow");
	check_error("sec/op>3% more", 10, "nothing may follow");
	check_error("sec/op", 7, "expected '>'");
	check_error("sec/op>", 8, "expected a limit");
	check_error("sec/op>%", 8, "expected a number");
	check_error("sec/op>3x", 8, "expected a number");
	check_error("sec/op>inf", 8, "expected a number");
	check_error("sec/op>nan%", 8, "expected a number");
	check_error("sec/op>1e999", 8, "expected a number");
	check_error("MB/s>1e305", 6, "expected a number");
	check_error("sec op>3%", 4, "blanks");
	check_error("sec/op>3%; ns/op>4%", 12, "second rule");
	check_error("*>3%;*>4%", 6, "second rule");
	check_error("a>1; sec/op<3%", 15, "expected '>'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_percentage_is_a_fraction),
		cmocka_unit_test(a_number_is_in_the_unit_as_written),
		cmocka_unit_test(tidy_and_written_units_meet),
		cmocka_unit_test(a_unit_without_a_rule_has_no_limit),
		cmocka_unit_test(a_star_is_for_all_others),
		cmocka_unit_test(errors_name_the_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
