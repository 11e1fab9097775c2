/* src/harness/json.c: every line is read back by a JSON library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "harness/json.h"

/* The next line of *TEXT as an object, which the caller releases. */
static json_t *next_line(const char **text)
{
	const char *newline = strchr(*text, '\n');
	json_error_t err;
	json_t *object;

	assert_non_null(newline);
	object = json_loadb(*text, (size_t)(newline - *text),
			    JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &err);
	if (object == NULL)
		fail_msg("%s at %d of %s", err.text, err.position, *text);
	assert_true(json_is_object(object));
	*text = newline + 1;
	return object;
}

static void assert_text(const json_t *object, const char *key, const char *want)
{
	const char *got = json_string_value(json_object_get(object, key));

	if (got == NULL || strcmp(got, want) != 0)
		fail_msg("%s is '%s', want '%s'", key, got ? got : "(none)",
			 want);
}

static void assert_integer(const json_t *object, const char *key, int64_t want)
{
	const json_t *got = json_object_get(object, key);

	assert_true(json_is_integer(got));
	assert_true(json_integer_value(got) == want);
}

static void an_action_has_a_time(void **state)
{
	struct bi_buf out = BI_BUF_INIT;
	const char *text;
	const char *time;
	json_t *object;

	(void)state;
	assert_int_equal(bi_json_action(&out, "run", "BenchmarkA", 2), 0);
	assert_int_equal(bi_json_action(&out, "pass", "", 0), 0);
	text = out.data;
	object = next_line(&text);
	assert_text(object, "Action", "run");
	assert_text(object, "Benchmark", "BenchmarkA");
	assert_integer(object, "Round", 2);
	time = json_string_value(json_object_get(object, "Time"));
	/* RFC 3339 with nanoseconds: 2006-01-02T15:04:05.000000000Z */
	assert_int_equal(strlen(time), 30);
	assert_true(time[4] == '-' && time[10] == 'T' && time[19] == '.' &&
		    time[29] == 'Z');
	json_decref(object);
	object = next_line(&text);
	assert_int_equal(json_object_size(object), 2);
	json_decref(object);
	assert_string_equal(text, "");
	bi_buf_release(&out);
}

static void check_output(const char *given, const char *const *want)
{
	struct bi_buf out = BI_BUF_INIT;
	const char *text;

	assert_int_equal(bi_json_output(&out, "B\"\\\t\x01", given), 0);
	text = bi_buf_str(&out);
	for (; *want != NULL; want++) {
		json_t *object = next_line(&text);

		assert_text(object, "Action", "output");
		assert_text(object, "Benchmark", "B\"\\\t\x01");
		assert_text(object, "Output", *want);
		json_decref(object);
	}
	assert_string_equal(text, "");
	bi_buf_release(&out);
}

static void output_is_an_object_a_line(void **state)
{
	(void)state;
	check_output("", (const char *const[]){NULL});
	check_output("a\n", (const char *const[]){"a\n", NULL});
	check_output("a\n\n\tb \"c\"\n",
		     (const char *const[]){"a\n", "\n", "\tb \"c\"\n", NULL});
	check_output("no newline", (const char *const[]){"no newline", NULL});
	check_output("\x1f\x7f\r\n\xc3\xbc\xf0\x9f\x98\x80",
		     (const char *const[]){"\x1f\x7f\r\n",
					   "\xc3\xbc\xf0\x9f\x98\x80", NULL});
	/* What is no UTF-8 becomes U+FFFD, a byte each. */
	check_output("a\xff\xc3z\n",
		     (const char *const[]){"a\xef\xbf\xbd\xef\xbf\xbdz\n",
					   NULL});
}

static void a_result_has_its_figures(void **state)
{
	struct bench_metric metrics[] = {{"a\"b", 0.1}, {"nan", NAN}, {"zz", 0}};
	struct bi_event event = {
		.kind = BI_EVENT_RESULT,
		.name = "BenchmarkA/x",
		.procs = 4,
		.flag = true,
		.result = {.n = 3,
			   .elapsed_ns = 10,
			   .bytes = 5,
			   .counted = true,
			   .mallocs = 7,
			   .malloc_bytes = 100,
			   .metrics = metrics,
			   .metric_count = 3},
	};
	struct bi_buf out = BI_BUF_INIT;
	const char *text;
	json_t *object, *got;

	(void)state;
	assert_int_equal(bi_json_result(&out, &event, 2), 0);
	text = out.data;
	object = next_line(&text);
	assert_text(object, "Action", "bench");
	assert_text(object, "Benchmark", "BenchmarkA/x");
	assert_integer(object, "Round", 2);
	assert_integer(object, "Procs", 4);
	assert_integer(object, "N", 3);
	assert_integer(object, "ElapsedNs", 10);
	got = json_object_get(object, "Metrics");
	assert_int_equal(json_object_size(got), 7);
	/* In full precision. */
	assert_true(json_number_value(json_object_get(got, "ns/op")) ==
		    10.0 / 3);
	assert_true(json_number_value(json_object_get(got, "MB/s")) ==
		    15 / 1e6 / 1e-8);
	assert_true(json_number_value(json_object_get(got, "a\"b")) == 0.1);
	assert_true(json_is_null(json_object_get(got, "nan")));
	assert_true(json_number_value(json_object_get(got, "zz")) == 0);
	assert_true(json_number_value(json_object_get(got, "B/op")) == 33);
	assert_true(json_number_value(json_object_get(got, "allocs/op")) == 2);
	json_decref(object);
	assert_string_equal(text, "");
	bi_buf_release(&out);
}

static void what_the_line_leaves_out_is_left_out(void **state)
{
	struct bench_metric metrics[] = {{"B/op", 7}, {"ns/op", 0}};
	struct bi_event event = {
		.kind = BI_EVENT_RESULT,
		.name = "B",
		.result = {.n = 1, .metrics = metrics, .metric_count = 2},
	};
	struct bi_buf out = BI_BUF_INIT;
	const char *text;
	json_t *object;

	(void)state;
	assert_int_equal(bi_json_result(&out, &event, 1), 0);
	text = out.data;
	object = next_line(&text);
	assert_int_equal(
		json_object_size(json_object_get(object, "Metrics")), 0);
	json_decref(object);
	bi_buf_release(&out);
}

static void a_note_says_whose_it_is(void **state)
{
	struct bi_buf out = BI_BUF_INIT;
	const char *text;
	json_t *object;

	(void)state;
	assert_int_equal(bi_json_note(&out, "B/x", "a \"note\""), 0);
	text = out.data;
	object = next_line(&text);
	assert_string_equal(
		json_string_value(json_object_get(object, "Action")), "note");
	assert_string_equal(
		json_string_value(json_object_get(object, "Benchmark")), "B/x");
	assert_string_equal(json_string_value(json_object_get(object, "Note")),
			    "a \"note\"");
	json_decref(object);
	bi_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_action_has_a_time),
		cmocka_unit_test(output_is_an_object_a_line),
		cmocka_unit_test(a_result_has_its_figures),
		cmocka_unit_test(what_the_line_leaves_out_is_left_out),
		cmocka_unit_test(a_note_says_whose_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
