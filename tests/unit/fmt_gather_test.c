/* src/fmt/gather.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fmt/gather.h"

#define FILES 9

static char paths[FILES][32];

static int write_files(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < FILES; i++) {
		FILE *f;
		int fd;

		strcpy(paths[i], "/tmp/bench_gather_XXXXXX");
		fd = mkstemp(paths[i]);
		f = fd < 0 ? NULL : fdopen(fd, "w");
		if (f == NULL)
			return -1;
		fprintf(f, "BenchmarkF%zu 1 1 x\n", i);
		fclose(f);
	}
	return 0;
}

static int remove_files(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < FILES; i++)
		unlink(paths[i]);
	return 0;
}

struct taken {
	size_t count;
	size_t stop_at;
};

static int take(void *arg, struct bi_gathered *gathered)
{
	struct taken *taken = arg;
	char want[8];

	snprintf(want, sizeof(want), "F%zu", taken->count);
	if (gathered->error.code != 0)
		return gathered->error.code;
	assert_ptr_equal(gathered->input->path, paths[taken->count]);
	assert_int_equal(gathered->collection.count, 1);
	assert_string_equal(gathered->collection.groups[0]->record.name->text,
			    want);
	taken->count++;
	return taken->count == taken->stop_at ? BENCH_EINPUT : 0;
}

static void inputs_come_in_order_on_any_number_of_threads(void **state)
{
	struct bi_input inputs[FILES];
	unsigned threads;
	size_t i;

	(void)state;
	for (i = 0; i < FILES; i++)
		inputs[i] = (struct bi_input){"l", paths[i]};
	for (threads = 0; threads < 12; threads++) {
		struct taken taken = {0, 0};

		assert_int_equal(bi_gather(inputs, FILES, threads, take,
					   &taken),
				 0);
		assert_int_equal(taken.count, FILES);
	}
}

static void a_failed_input_ends_it(void **state)
{
	struct bi_input inputs[] = {{"l", paths[0]},
				    {"l", "/nonexistent/x"},
				    {"l", paths[1]}};
	struct taken taken = {0, 0};

	(void)state;
	assert_int_equal(bi_gather(inputs, 3, 3, take, &taken), BENCH_EIO);
	assert_int_equal(taken.count, 1);
}

static void taking_can_end_it(void **state)
{
	struct bi_input inputs[] = {{"l", paths[0]}, {"l", paths[1]},
				    {"l", paths[2]}};
	struct taken taken = {0, 2};

	(void)state;
	assert_int_equal(bi_gather(inputs, 3, 2, take, &taken), BENCH_EINPUT);
	assert_int_equal(taken.count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inputs_come_in_order_on_any_number_of_threads),
		cmocka_unit_test(a_failed_input_ends_it),
		cmocka_unit_test(taking_can_end_it),
	};

	return cmocka_run_group_tests(tests, write_files, remove_files);
}
