/* src/fmt/import.c without memory: whichever allocation fails, in our code or
 * in jansson's, the call says so and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "fmt/import.h"
#include "oom/alloc.h"

static const char *const inputs[] = {
	"{\"context\": {\"k\": \"v\"}, \"benchmarks\": [{\"name\": \"a/n:1\", "
	"\"real_time\": 1, \"cpu_time\": 2, \"time_unit\": \"ns\", "
	"\"x y\": 3}]}",
	"{\"results\": [{\"command\": \"a b\", \"times\": [1, 2], "
	"\"parameters\": {\"p\": \"1\"}}]}",
	/* In strings of 16 bytes and more jansson 2.14 loses a byte when it has
	 * no memory for them, and does not say so. */
	"{\"Action\": \"output\", \"Output\": \"pkg: p\"}",
	"{\"tables\": [{\"configuration\": [{\"key\": \"k\", \"value\": \"v\"}], "
	"\"unit\": \"x\", \"columns\": [{\"header\": [\"a\", \"b\"]}, {}], "
	"\"rows\": [{\"name\": \"A\", \"cells\": [{\"column\": 0, "
	"\"samples\": [1, \"NaN\"]}, {\"column\": 1, \"center\": 2}]}]}]}",
	"name,iterations,real_time,cpu_time,time_unit,bytes_per_second,"
	"items_per_second,label,error_occurred,error_message,\"c\"\n"
	"\"a\",1,2,3,ns,4,5,,,,6\n\"a_mean\",1,2,3,ns,4,5,,,,6\n",
	"k: v\n,a,,b,,,\n,x,CI,x,CI,vs base,P\nA,1,,2\ngeomean,1,,2\n",
};

static int import(char *data, size_t len, struct bi_buf *out,
		  struct bench_error *err)
{
	return bi_import(bi_import_recognize(data, len), data, len, out, err);
}

static int import_folder(char *data, size_t len, struct bi_buf *out,
			 struct bench_error *err)
{
	struct bi_criterion folder = {.name = {"x", 1},
				      .sample = {data, len, len + 1},
				      .benchmark = {data, len, len + 1}};

	return bi_import_criterion(&folder, out, err);
}

/* Do IMPORT with the NTH allocation failing.  Returns whether it did. */
static int check(const char *input,
		 int (*call)(char *, size_t, struct bi_buf *,
			     struct bench_error *),
		 long nth)
{
	struct bench_error err = BENCH_ERROR_INIT;
	size_t len = strlen(input);
	struct bi_buf out = BI_BUF_INIT;
	char *data = malloc(len + 1);
	long live;
	int reached, rc;

	assert_non_null(data);
	memcpy(data, input, len + 1);
	live = alloc_live();
	alloc_fail_nth(nth);
	rc = call(data, len, &out, &err);
	reached = alloc_failed();
	alloc_fail_nth(0);
	bi_buf_release(&out);
	/* jansson takes a string that it has no memory for for a bad one. */
	if (reached && rc == BENCH_EINPUT &&
	    strstr(err.text, "invalid JSON") != NULL)
		rc = err.code = BENCH_ENOMEM;
	if (rc != (reached ? BENCH_ENOMEM : 0) || err.code != rc)
		fail_msg("%s, allocation %ld: %d, error %d %s", input, nth, rc,
			 err.code, err.text);
	if (alloc_live() != live)
		fail_msg("%s, allocation %ld: %ld blocks left", input, nth,
			 alloc_live() - live);
	free(data);
	return reached;
}

static void no_failure_is_missed(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
		long nth = 1;

		while (check(inputs[i], import, nth))
			nth++;
		assert_true(nth > 2);
	}
}

static void nor_in_a_folder(void **state)
{
	const char *text = "{\"iters\": [1], \"times\": [1], "
			   "\"full_id\": \"a b\", "
			   "\"throughput\": {\"Bytes\": 1}}";
	long nth = 1;

	(void)state;
	while (check(text, import_folder, nth))
		nth++;
	assert_true(nth > 20);
}

/* jansson calls the malloc that was linked with itself; ask it for ours. */
static void *our_malloc(size_t size)
{
	return malloc(size);
}

static void our_free(void *block)
{
	free(block);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_failure_is_missed),
		cmocka_unit_test(nor_in_a_folder),
	};

	json_set_alloc_funcs(our_malloc, our_free);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
