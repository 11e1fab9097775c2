/* src/stacks/path.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "stacks/path.h"

static void check(const char *path, const char *want)
{
	char got[64];

	snprintf(got, sizeof(got), "%s", path);
	bi_path_clean(got);
	if (strcmp(got, want) != 0)
		fail_msg("'%s': got '%s', wanted '%s'", path, got, want);
}

static void a_path_gets_its_shortest_form(void **state)
{
	(void)state;
	check("", "");
	check("a", "a");
	check("/", "/");
	check("//a///b/", "/a/b");
	check("./nptl/./x.c", "nptl/x.c");
	check("a/..", ".");
	check("a/b/../../..", "..");
	check("../../a", "../../a");
	check("../a/../b", "../b");
	check("/../a", "/a");
	check("/a/../..", "/");
	check("/a/..b/...", "/a/..b/...");
	check(".", ".");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_gets_its_shortest_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
