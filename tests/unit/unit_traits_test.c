/* src/unit/traits.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "unit/traits.h"

static void check(const char *unit, bool more_is_better, bool time, bool count)
{
	size_t len = strlen(unit);

	if (bi_unit_more_is_better(unit, len) != more_is_better ||
	    bi_unit_is_time(unit, len) != time ||
	    bi_unit_is_count(unit, len) != count)
		fail_msg("'%s'", unit);
}

static void known_units_have_their_traits(void **state)
{
	(void)state;
	check("sec/op", false, true, false);
	check("ns/op", false, true, false);
	check("p99-sec/op", false, true, false);
	check("B/s", true, true, false);
	check("MB/s", true, true, false);
	check("items/s", true, true, false);
	check("ops/s", true, true, false);
	check("IPC", true, false, false);
	check("frames/s", false, true, false);
	check("allocs/op", false, false, true);
	check("B/op", false, false, false);
	check("cycles/op", false, false, false);
	check("s", false, false, false);
	check("", false, false, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_units_have_their_traits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
