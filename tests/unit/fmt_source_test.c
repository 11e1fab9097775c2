/* src/fmt/source.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "fmt/source.h"

/* "LABEL<PATH ..." of ARGS, which end with NULL. */
static void check(char *const *args, const char *want)
{
	struct bi_arena memory = BI_ARENA_INIT;
	struct bi_buf got = BI_BUF_INIT;
	struct bi_input *inputs;
	size_t i, count = 0;

	while (args[count] != NULL)
		count++;
	assert_int_equal(bi_inputs(&memory, args, count, &inputs), 0);
	for (i = 0; i < count; i++)
		bi_buf_addf(&got, "%s%s<%s", i > 0 ? " " : "", inputs[i].label,
			    inputs[i].path);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s', want '%s'", bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_arena_release(&memory);
}

static void labels_stand_before_the_first_equals_sign(void **state)
{
	char *args[] = {"a", "l=b", "=c", "x=y=z", "-", "in=-", NULL};

	(void)state;
	check(args, "a<a l<b <c x<y=z -<- in<-");
}

static void repeated_paths_are_numbered(void **state)
{
	char *args[] = {"a", "b", "a", "l=a", "a", "c", NULL};

	(void)state;
	check(args, "a#0<a b<b a#1<a l<a a#2<a c<c");
}

static void what_cannot_be_opened_says_why(void **state)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_source source;

	(void)state;
	assert_int_equal(bi_source_open(&source, "/nonexistent/x", &err),
			 BENCH_EIO);
	assert_string_equal(err.text,
			    "open /nonexistent/x: no such file or directory");
}

static void a_folder_opens_but_cannot_be_read(void **state)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_source source;
	char buf[16];
	size_t len;

	(void)state;
	assert_int_equal(bi_source_open(&source, "/", &err), 0);
	assert_int_equal(bi_source_read(&source, buf, sizeof(buf), &len, &err),
			 BENCH_EIO);
	assert_string_equal(err.text, "read /: is a directory");
	bi_source_close(&source);
}

static void bytes_come_until_the_end(void **state)
{
	char path[] = "/tmp/bench_source_XXXXXX";
	int fd = mkstemp(path);
	struct bi_source source;
	char buf[16];
	size_t len;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "abc", 3), 3);
	close(fd);
	assert_int_equal(bi_source_open(&source, path, NULL), 0);
	assert_int_equal(bi_source_read(&source, buf, 16, &len, NULL), 0);
	assert_int_equal(len, 3);
	assert_memory_equal(buf, "abc", 3);
	assert_int_equal(bi_source_read(&source, buf, 16, &len, NULL), 0);
	assert_int_equal(len, 0);
	bi_source_close(&source);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_stand_before_the_first_equals_sign),
		cmocka_unit_test(repeated_paths_are_numbered),
		cmocka_unit_test(what_cannot_be_opened_says_why),
		cmocka_unit_test(a_folder_opens_but_cannot_be_read),
		cmocka_unit_test(bytes_come_until_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
