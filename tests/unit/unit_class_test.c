/* src/unit/class.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "unit/class.h"

static void check(const char *unit, enum bi_unit_class want)
{
	if (bi_unit_class(unit, strlen(unit)) != want)
		fail_msg("'%s' is not %s", unit,
			 want == BI_UNIT_BINARY ? "binary" : "decimal");
}

static void bytes_of_the_numerator_are_binary(void **state)
{
	(void)state;
	check("B/op", BI_UNIT_BINARY);
	check("B/s", BI_UNIT_BINARY);
	check("MB", BI_UNIT_BINARY);
	check("peak-bytes", BI_UNIT_BINARY);
	check("allocs/op", BI_UNIT_DECIMAL);
	check("op/B", BI_UNIT_DECIMAL);
	check("KB", BI_UNIT_DECIMAL);
	check("", BI_UNIT_DECIMAL);
	check("x/y*B", BI_UNIT_BINARY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_of_the_numerator_are_binary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
