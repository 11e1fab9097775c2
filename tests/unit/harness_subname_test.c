/* src/harness/subname.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "harness/subname.h"

static void check_clean(const char *name, const char *want)
{
	struct bi_buf out = BI_BUF_INIT;

	assert_int_equal(bi_subname_clean(name, &out), 0);
	assert_string_equal(bi_buf_str(&out), want);
	bi_buf_release(&out);
}

/* Hand out NAMES below one parent, in order; NULL ends both lists. */
static void check_unique(const char *const *names, const char *const *want)
{
	struct bi_nameset taken = {0};
	size_t i;

	for (i = 0; names[i] != NULL; i++) {
		struct bi_buf out = BI_BUF_INIT;

		assert_int_equal(
			bi_subname_unique(&taken, "P", names[i], &out), 0);
		if (strncmp(out.data, "P/", 2) != 0 ||
		    strcmp(out.data + 2, want[i]) != 0)
			fail_msg("name %zu, '%s', became '%s', want 'P/%s'", i,
				 names[i], out.data, want[i]);
		bi_buf_release(&out);
	}
	assert_null(want[i]);
	bi_nameset_release(&taken);
}

static void what_prints_stays(void **state)
{
	(void)state;
	check_clean("", "");
	check_clean("size=64,kind=\"x\"", "size=64,kind=\"x\"");
	check_clean("x/y", "x/y");
	check_clean("\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80",
		    "\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80");
}

static void white_space_becomes_an_underscore(void **state)
{
	(void)state;
	check_clean("a b\tc\nd\re\vf\fg", "a_b_c_d_e_f_g");
	/* U+0085, U+00A0, U+2003, U+3000 */
	check_clean("a\xc2\x85"
		    "b\xc2\xa0"
		    "c\xe2\x80\x83"
		    "d\xe3\x80\x80"
		    "e",
		    "a_b_c_d_e");
}

static void what_does_not_print_is_escaped(void **state)
{
	(void)state;
	check_clean("a b\tc/d\x01\xc3\xa9\xe2\x80\x8b",
		    "a_b_c/d\\x01\xc3\xa9\\u200b");
	check_clean("\a\b\x1b\x7f", "\\a\\b\\x1b\\x7f");
	check_clean("\xc2\x80", "\\u0080");
	check_clean("\xf3\xa0\x80\x81", "\\U000e0001");
}

static void an_invalid_byte_becomes_the_replacement_character(void **state)
{
	(void)state;
	check_clean("a\xff"
		    "b",
		    "a\xef\xbf\xbd"
		    "b");
	check_clean("\xc3", "\xef\xbf\xbd");
}

static void repeated_names_are_numbered(void **state)
{
	static const char *const names[] = {"x", "x", "y", "x", "y", NULL};
	static const char *const want[] = {"x",    "x#01", "y",
					   "x#02", "y#01", NULL};

	(void)state;
	check_unique(names, want);
}

static void empty_names_are_numbered_from_zero(void **state)
{
	static const char *const names[] = {"", "", "#00", NULL};
	static const char *const want[] = {"#00", "#01", "#00#01", NULL};

	(void)state;
	check_unique(names, want);
}

/* The sequence that Go's documentation of the algorithm was checked with. */
static void a_name_that_looks_numbered_meets_no_number(void **state)
{
	static const char *const names[] = {"x",    "x", "", "",
					    "x#01", "x", NULL};
	static const char *const want[] = {"x",       "x#01", "#00", "#01",
					   "x#01#01", "x#02", NULL};

	(void)state;
	check_unique(names, want);
}

static void a_number_that_is_taken_is_passed_over(void **state)
{
	static const char *const names[] = {"x#01", "x", "x", "x#1", "x#007",
					    "x",    NULL};
	static const char *const want[] = {"x#01", "x",     "x#02", "x#1",
					   "x#007", "x#03", NULL};

	(void)state;
	check_unique(names, want);
}

static void names_are_compared_cleaned(void **state)
{
	static const char *const names[] = {"a b", "a_b", "a\tb", NULL};
	static const char *const want[] = {"a_b", "a_b#01", "a_b#02", NULL};

	(void)state;
	check_unique(names, want);
}

static void numbers_past_99_have_more_digits(void **state)
{
	struct bi_nameset taken = {0};
	struct bi_buf out = BI_BUF_INIT;
	int i;

	(void)state;
	for (i = 0; i <= 100; i++) {
		bi_buf_reset(&out);
		assert_int_equal(bi_subname_unique(&taken, "P", "x", &out), 0);
	}
	assert_string_equal(out.data, "P/x#100");
	bi_buf_reset(&out);
	assert_int_equal(bi_subname_unique(&taken, "P", "x#100", &out), 0);
	assert_string_equal(out.data, "P/x#100#01");
	bi_buf_release(&out);
	bi_nameset_release(&taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_prints_stays),
		cmocka_unit_test(white_space_becomes_an_underscore),
		cmocka_unit_test(what_does_not_print_is_escaped),
		cmocka_unit_test(
			an_invalid_byte_becomes_the_replacement_character),
		cmocka_unit_test(repeated_names_are_numbered),
		cmocka_unit_test(empty_names_are_numbered_from_zero),
		cmocka_unit_test(a_name_that_looks_numbered_meets_no_number),
		cmocka_unit_test(a_number_that_is_taken_is_passed_over),
		cmocka_unit_test(names_are_compared_cleaned),
		cmocka_unit_test(numbers_past_99_have_more_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
