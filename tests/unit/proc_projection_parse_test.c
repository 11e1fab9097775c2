/* src/proc/projection_parse.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "proc/projection_parse.h"

/* The fields of TEXT, or "ERROR@OFFSET TEXT". */
static void check(const char *text, const char *want)
{
	struct bi_arena memory = BI_ARENA_INIT;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf got = BI_BUF_INIT;
	struct bi_field_text *field;
	const struct bi_choice *choice;
	int rc = bi_projection_parse(text, &memory, &field, &err);

	if (rc < 0)
		bi_buf_addf(&got, "ERROR@%d %s", err.column - 1, err.text);
	for (; rc == 0 && field != NULL; field = field->next) {
		bi_buf_addf(&got, "<%s", field->key.text);
		if (field->order.text != NULL)
			bi_buf_addf(&got, "@%s", field->order.text);
		for (choice = field->choices; choice != NULL;
		     choice = choice->next)
			bi_buf_addf(&got, "|%s", choice->value.text);
		bi_buf_adds(&got, ">");
	}
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s': '%s', want '%s'", text, bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_arena_release(&memory);
}

static void fields_stand_one_after_the_other(void **state)
{
	(void)state;
	check("", "");
	check("a", "<a>");
	check("a,b c , d", "<a><b><c><d>");
	check("a@num,/b@(x y \"\")", "<a@num></b|x|y|>");
}

static void errors_say_where(void **state)
{
	(void)state;
	check(",a", "ERROR@0 expected key");
	check("a,,b", "ERROR@2 expected key");
	check("a,", "ERROR@2 expected key");
	check("a@", "ERROR@2 expected named sort order or parenthesized list");
	check("a@()", "ERROR@3 nothing to match");
	check("a@(b", "ERROR@4 missing )");
	check("a@(b,c)", "ERROR@4 missing )");
	check("AND", "ERROR@0 expected key");
	check("a \"", "ERROR@2 missing end quote");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_stand_one_after_the_other),
		cmocka_unit_test(errors_say_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
