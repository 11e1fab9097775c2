/* src/fmt/name.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "fmt/name.h"

/* BASE|PART|PART|PROCS of NAME. */
static void check(const char *text, const char *want)
{
	struct bi_name name = bi_name_split(text, strlen(text));
	struct bi_slice piece = bi_name_base(&name);
	struct bi_buf got = BI_BUF_INIT;

	bi_buf_add(&got, piece.text, piece.len);
	while (bi_name_next(&name, &piece))
		bi_buf_addf(&got, "|%.*s", (int)piece.len, piece.text);
	if (bi_name_procs(&name, &piece))
		bi_buf_addf(&got, "|-%.*s", (int)piece.len, piece.text);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s': '%s', want '%s'", text, bi_buf_str(&got), want);
	bi_buf_release(&got);
}

static void names_fall_into_parts(void **state)
{
	(void)state;
	check("", "");
	check("A", "A");
	check("A-8", "A|-8");
	check("A/x=1/y-08", "A|/x=1|/y|-08");
	check("A-8/x", "A-8|/x");
	check("A-", "A-");
	check("8", "8");
	check("-8", "|-8");
	check("/x/", "|/x|/");
	check("A//-2", "A|/|/|-2");
	check("A-1-2", "A-1|-2");
}

static void check_value(const char *text, const char *key, const char *want)
{
	struct bi_name name = bi_name_split(text, strlen(text));
	struct bi_slice value = {"none", 4};

	bi_name_value(&name, key, strlen(key), &value);
	if (value.len != strlen(want) ||
	    memcmp(value.text, want, value.len) != 0)
		fail_msg("%s of '%s': '%.*s', want '%s'", key, text,
			 (int)value.len, value.text, want);
}

static void the_first_part_with_a_key_has_its_value(void **state)
{
	(void)state;
	check_value("A/x=1/x=2-8", "x", "1");
	check_value("A/x=1-8", "x", "1");
	check_value("A/xy=1/x=", "x", "");
	check_value("A/x", "x", "none");
	check_value("A/=v", "", "v");
	check_value("x=1", "x", "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_fall_into_parts),
		cmocka_unit_test(the_first_part_with_a_key_has_its_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
