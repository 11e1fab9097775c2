/* json_test PROGRAM: -json prints nothing but JSON lines, which hold the text
 * record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

#define ARGS(...) ((char *[]){program, __VA_ARGS__, NULL})

static char *program;

/* What the lines of a run add up to. */
struct sums {
	struct bi_buf output;  /* all Output fields */
	struct bi_buf actions; /* "ACTION NAME ROUND", but those of output */
};

static void take_line(struct sums *sums, const char *line, size_t len)
{
	json_error_t err;
	json_t *object = json_loadb(line, len, JSON_REJECT_DUPLICATES, &err);
	const char *action, *name;

	if (object == NULL)
		fail_msg("%s in '%.*s'", err.text, (int)len, line);
	assert_true(json_is_string(json_object_get(object, "Time")));
	action = json_string_value(json_object_get(object, "Action"));
	assert_non_null(action);
	name = json_string_value(json_object_get(object, "Benchmark"));
	if (strcmp(action, "output") == 0)
		assert_int_equal(
			bi_buf_adds(&sums->output,
				    json_string_value(json_object_get(
					    object, "Output"))),
			0);
	else
		assert_int_equal(
			bi_buf_addf(&sums->actions, "%s %s %d\n", action,
				    name ? name : "-",
				    (int)json_integer_value(json_object_get(
					    object, "Round"))),
			0);
	json_decref(object);
}

static void add_up(struct sums *sums, const char *text)
{
	*sums = (struct sums){0};
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		assert_int_equal(text[len], '\n');
		take_line(sums, text, len);
		text += len + 1;
	}
}

static void check(char *bench, int status, const char *actions)
{
	struct run text, json;
	struct sums sums;

	run_program(&text, ARGS(bench, "-benchtime=1x", "-cpu=1", "-count=2",
				"-benchmem"));
	run_program(&json, ARGS(bench, "-benchtime=1x", "-cpu=1", "-count=2",
				"-benchmem", "-json"));
	assert_int_equal(text.status, status);
	assert_int_equal(json.status, status);
	add_up(&sums, bi_buf_str(&json.out));
	assert_string_equal(bi_buf_str(&sums.output), text.out.data);
	assert_string_equal(bi_buf_str(&sums.actions), actions);
	bi_buf_release(&sums.output);
	bi_buf_release(&sums.actions);
	run_release(&text);
	run_release(&json);
}

static void the_output_is_the_text_record(void **state)
{
	(void)state;
	check("-bench=Log|Group", 0,
	      "run BenchmarkLog 1\nbench BenchmarkLog 1\n"
	      "run BenchmarkGroup 1\n"
	      "run BenchmarkGroup/one 1\nbench BenchmarkGroup/one 1\n"
	      "run BenchmarkGroup/two 1\nbench BenchmarkGroup/two 1\n"
	      "run BenchmarkLog 2\nbench BenchmarkLog 2\n"
	      "run BenchmarkGroup 2\n"
	      "run BenchmarkGroup/one 2\nbench BenchmarkGroup/one 2\n"
	      "run BenchmarkGroup/two 2\nbench BenchmarkGroup/two 2\n"
	      "pass - 0\n");
	check("-bench=Fixed|Broken", 1,
	      "run BenchmarkFixed 1\nbench BenchmarkFixed 1\n"
	      "run BenchmarkBroken 1\nfail BenchmarkBroken 1\n"
	      "run BenchmarkFixed 2\nbench BenchmarkFixed 2\n"
	      "fail - 0\n");
}

static void a_skip_is_an_action(void **state)
{
	struct run run;
	struct sums sums;

	(void)state;
	run_program(&run, ARGS("-bench=Short", "-short", "-json"));
	add_up(&sums, bi_buf_str(&run.out));
	assert_string_equal(bi_buf_str(&sums.actions),
			    "run BenchmarkShort 1\nskip BenchmarkShort 1\n"
			    "pass - 0\n");
	assert_string_equal(bi_buf_str(&sums.output), "PASS\n");
	bi_buf_release(&sums.output);
	bi_buf_release(&sums.actions);
	run_release(&run);
}

static void nothing_matched_is_nothing_printed(void **state)
{
	struct run run;

	(void)state;
	run_program(&run, ARGS("-bench=nope", "-json"));
	assert_int_equal(run.status, 2);
	assert_string_equal(bi_buf_str(&run.out), "");
	run_release(&run);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_output_is_the_text_record),
		cmocka_unit_test(a_skip_is_an_action),
		cmocka_unit_test(nothing_matched_is_nothing_printed),
	};

	if (argc != 2)
		return 2;
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
