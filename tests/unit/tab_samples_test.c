/* src/tab/samples.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "tab/samples.h"

static void add(struct bi_samples *samples, uint32_t row, uint32_t column,
		uint32_t residue)
{
	struct bi_portion portion = {row, column, residue, 0, NULL};

	assert_int_equal(bi_samples_add(samples, portion), 0);
}

/* Sorted, and equal cells in the order of their residues. */
static void check(const struct bi_samples *samples, size_t count)
{
	size_t i;

	assert_int_equal(samples->count, count);
	for (i = 1; i < count; i++) {
		const struct bi_portion *a = &samples->portion[i - 1];
		const struct bi_portion *b = &samples->portion[i];

		assert_true(a->row < b->row ||
			    (a->row == b->row &&
			     (a->column < b->column ||
			      (a->column == b->column &&
			       a->residue < b->residue))));
	}
}

static void portions_of_a_cell_come_together(void **state)
{
	struct bi_samples samples = BI_SAMPLES_INIT;
	uint32_t i, x = 1;

	(void)state;
	assert_int_equal(bi_samples_sort(&samples), 0);
	for (i = 0; i < 3000; i++) {
		x = x * 1664525u + 1013904223u;
		add(&samples, x >> 28, x >> 20 & 3, i);
	}
	assert_int_equal(bi_samples_sort(&samples), 0);
	check(&samples, 3000);
	assert_int_equal(bi_samples_sort(&samples), 0);
	check(&samples, 3000);
	bi_samples_release(&samples);
}

static void runs_of_several_inputs_are_merged(void **state)
{
	struct bi_samples samples = BI_SAMPLES_INIT;
	uint32_t file, row;

	(void)state;
	for (file = 0; file < 5; file++) {
		for (row = 0; row < 100; row++)
			add(&samples, row, file % 2, file);
	}
	assert_int_equal(bi_samples_sort(&samples), 0);
	check(&samples, 500);
	bi_samples_release(&samples);
}

static void values_are_read_across_blocks(void **state)
{
	struct bi_block *first = malloc(sizeof(*first) + 4 * sizeof(double));
	struct bi_block *last = malloc(sizeof(*last) + 4 * sizeof(double));
	struct bi_portion portion = {0, 0, 0, 1, first};
	double got[3];

	(void)state;
	*first = (struct bi_block){last, 2, 2, 2};
	*last = (struct bi_block){NULL, 1, 2, 2};
	first->values[0] = first->values[2] = last->values[0] = -1;
	first->values[1] = 10;
	first->values[3] = 20;
	last->values[1] = 30;
	assert_int_equal(bi_portion_count(&portion, 1), 3);
	bi_portion_load(&portion, 1, got);
	assert_true(got[0] == 10 && got[1] == 20 && got[2] == 30);
	free(first);
	free(last);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(portions_of_a_cell_come_together),
		cmocka_unit_test(runs_of_several_inputs_are_merged),
		cmocka_unit_test(values_are_read_across_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
