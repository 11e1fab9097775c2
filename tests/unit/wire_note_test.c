/* src/wire/note.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <benchkit/bench.h>

#include "wire/note.h"
#include "wire/protocol.h"

/* Read PATH; the protocol, or the negative error. */
static int look(const char *path, struct bench_error *err)
{
	int protocol = -1, rc = bi_note_read(path, &protocol, err);

	return rc < 0 ? rc : protocol;
}

static void check(const char *path, int want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	int got = look(path, &err);

	if (got != want)
		fail_msg("%s: %d (%s), want %d", path, got, err.text, want);
	if (want < 0 && strstr(err.text, path) == NULL)
		fail_msg("the error does not name %s: %s", path, err.text);
}

/* The first LEN bytes of this program, with VALUE over the byte at AT. */
static void check_copy(size_t len, size_t at, int value, int want)
{
	char path[] = "/tmp/note.XXXXXX", *bytes = malloc(len);
	FILE *self = fopen("/proc/self/exe", "rb");
	int fd = mkstemp(path);

	assert_true(bytes != NULL && self != NULL && fd >= 0);
	assert_int_equal(fread(bytes, 1, len, self), len);
	if (at < len)
		bytes[at] = (char)value;
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
	fclose(self);
	check(path, want);
	unlink(path);
	free(bytes);
}

static void whoever_includes_the_header_has_one(void **state)
{
	(void)state;
	check("/proc/self/exe", BI_WIRE_VERSION);
}

static void other_programs_have_none(void **state)
{
	(void)state;
	check("/bin/sh", 0);
}

static void what_is_no_program_is_an_error(void **state)
{
	(void)state;
	check("/proc/self/status", BENCH_EINPUT);
	check("/dev/null", BENCH_EINPUT);
	check("/nosuch", BENCH_EIO);
	check_copy(10, 10, 0, BENCH_EINPUT);
	/* A 32-bit file; an object file. */
	check_copy(4096, 4, 1, BENCH_EINPUT);
	check_copy(4096, 16, 1, BENCH_EINPUT);
}

/* Cut off anywhere, the rest is not read. */
static void a_file_that_ends_early_has_none(void **state)
{
	size_t len;

	(void)state;
	for (len = 64; len < 512; len += 7)
		check_copy(len, len, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_includes_the_header_has_one),
		cmocka_unit_test(other_programs_have_none),
		cmocka_unit_test(what_is_no_program_is_an_error),
		cmocka_unit_test(a_file_that_ends_early_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
