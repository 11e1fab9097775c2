/* golden_test PROGRAM CASE: run PROGRAM as folder CASE says and compare.
 *
 * CASE holds args, a line each, and stdout and rc as Go's runner left them, with
 * FILE:LINE for the places of messages and without the cpu line.  Where benchkit
 * differs on purpose, CASE/ours has its stdout and rc, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

#define MOST_ARGS 16

static char *program;
static const char *folder;

static void slurp(const char *name, struct bi_buf *out)
{
	char path[1024], chunk[4096];
	FILE *file;
	size_t n;

	snprintf(path, sizeof(path), "%s/ours/%s", folder, name);
	if (access(path, R_OK) != 0)
		snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "r");
	if (file == NULL)
		fail_msg("no file %s", path);
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		assert_int_equal(bi_buf_add(out, chunk, n), 0);
	fclose(file);
}

/* The recording machine had two processors. */
static void build_argv(char *args, char **argv)
{
	static char benchtime[] = "-benchtime=10x", cpu[] = "-cpu=2";
	size_t n = 0;

	argv[n++] = program;
	argv[n++] = benchtime;
	argv[n++] = cpu;
	for (; *args != '\0'; args += strlen(args) + 1) {
		assert_true(n + 1 < MOST_ARGS);
		args[strcspn(args, "\n")] = '\0';
		argv[n++] = args;
	}
	argv[n] = NULL;
}

/* "    golden_program.c:123: text" becomes "    FILE:LINE: text". */
static void replace_places(struct bi_buf *text)
{
	static const char file[] = "    golden_program.c:";
	struct bi_buf out = BI_BUF_INIT;
	const char *at = bi_buf_str(text), *found;

	while ((found = strstr(at, file)) != NULL) {
		assert_int_equal(bi_buf_add(&out, at, (size_t)(found - at)), 0);
		assert_int_equal(bi_buf_adds(&out, "    FILE:LINE"), 0);
		at = found + strlen(file);
		at += strspn(at, "0123456789");
	}
	assert_int_equal(bi_buf_adds(&out, at), 0);
	bi_buf_release(text);
	*text = out;
}

static void it_prints_what_is_recorded(void **state)
{
	struct bi_buf args = BI_BUF_INIT, want = BI_BUF_INIT, rc = BI_BUF_INIT;
	char *argv[MOST_ARGS];
	struct run run;

	(void)state;
	slurp("args", &args);
	slurp("stdout", &want);
	slurp("rc", &rc);
	build_argv(args.data, argv);
	run_program(&run, argv);
	run_drop_cpu(&run.out);
	replace_places(&run.out);
	if (strcmp(bi_buf_str(&run.out), bi_buf_str(&want)) != 0)
		fail_msg("stdout is:\n%s", bi_buf_str(&run.out));
	assert_int_equal(run.status, strtol(rc.data, NULL, 10));
	run_release(&run);
	bi_buf_release(&args);
	bi_buf_release(&want);
	bi_buf_release(&rc);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_prints_what_is_recorded),
	};

	if (argc != 3)
		return 2;
	program = argv[1];
	folder = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
