/* src/tab/grid.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/error.h"
#include "tab/grid.h"

static int add_to_buf(void *arg, const char *data, size_t len)
{
	return bi_buf_add(arg, data, len);
}

static void cell(struct bi_grid *grid, size_t column, size_t span,
		 enum bi_grid_align align, const char *text)
{
	struct bi_grid_cell one = {.column = column,
				   .span = span,
				   .align = align,
				   .text = {text, strlen(text)}};

	assert_int_equal(bi_grid_add(grid, &one), 0);
}

static void check(struct bi_grid *grid, const char *want)
{
	struct bi_buf got = BI_BUF_INIT;
	struct bi_sink sink = {add_to_buf, &got};

	assert_int_equal(bi_grid_write(grid, &sink), 0);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("\n%s\nwant:\n%s", bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_grid_release(grid);
}

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
	struct bi_grid grid = {0};

	(void)state;
	cell(&grid, 0, 1, BI_GRID_LEFT, "a");
	cell(&grid, 1, 1, BI_GRID_RIGHT, "1");
	cell(&grid, 2, 1, BI_GRID_LEFT, "x");
	bi_grid_end_row(&grid);
	cell(&grid, 0, 1, BI_GRID_LEFT, "abc");
	cell(&grid, 1, 1, BI_GRID_RIGHT, "µ00");
	cell(&grid, 2, 1, BI_GRID_LEFT, "");
	bi_grid_end_row(&grid);
	check(&grid, "a     1 x\nabc µ00\n");
}

static void a_spanning_cell_widens_what_may_grow(void **state)
{
	struct bi_grid grid = {0};

	(void)state;
	bi_grid_shrink(&grid, 2);
	cell(&grid, 1, 2, BI_GRID_CENTER, "123456789");
	cell(&grid, 3, 1, BI_GRID_LEFT, "|");
	bi_grid_end_row(&grid);
	cell(&grid, 1, 1, BI_GRID_LEFT, "a");
	cell(&grid, 2, 1, BI_GRID_LEFT, "b");
	cell(&grid, 3, 1, BI_GRID_LEFT, "c");
	bi_grid_end_row(&grid);
	check(&grid, " 123456789 |\n a       b c\n");
}

static void growth_is_shared(void **state)
{
	struct bi_grid grid = {0};

	(void)state;
	cell(&grid, 0, 3, BI_GRID_LEFT, "0123456789");
	cell(&grid, 3, 1, BI_GRID_LEFT, "|");
	bi_grid_end_row(&grid);
	cell(&grid, 0, 1, BI_GRID_LEFT, "aaaaaa");
	cell(&grid, 1, 1, BI_GRID_LEFT, "b");
	cell(&grid, 2, 1, BI_GRID_LEFT, "c");
	cell(&grid, 3, 1, BI_GRID_LEFT, "d");
	bi_grid_end_row(&grid);
	check(&grid, "0123456789 |\naaaaaa b c d\n");
}

static void margins_line_up(void **state)
{
	struct bi_grid grid = {0};
	struct bi_grid_cell bar = {.column = 1, .margin = " | ",
				   .text = {"x", 1}};

	(void)state;
	bi_grid_add(&grid, &bar);
	bi_grid_end_row(&grid);
	cell(&grid, 1, 1, BI_GRID_LEFT, "y");
	bi_grid_end_row(&grid);
	bar.text.len = 0;
	bi_grid_add(&grid, &bar);
	bi_grid_end_row(&grid);
	check(&grid, " | x\n   y\n | \n");
}

static void an_empty_row_is_an_empty_line(void **state)
{
	struct bi_grid grid = {0};

	(void)state;
	cell(&grid, 0, 1, BI_GRID_LEFT, "a");
	bi_grid_end_row(&grid);
	cell(&grid, 2, 1, BI_GRID_LEFT, "  ");
	bi_grid_end_row(&grid);
	cell(&grid, 0, 1, BI_GRID_LEFT, "b");
	bi_grid_end_row(&grid);
	check(&grid, "a\n\nb\n");
}

static int refuse(void *arg, const char *data, size_t len)
{
	(void)arg;
	(void)data;
	(void)len;
	return BENCH_EIO;
}

static void a_failing_sink_ends_it(void **state)
{
	struct bi_sink sink = {refuse, NULL};
	struct bi_grid grid = {0};

	(void)state;
	cell(&grid, 0, 1, BI_GRID_LEFT, "a");
	bi_grid_end_row(&grid);
	assert_int_equal(bi_grid_write(&grid, &sink), BENCH_EIO);
	bi_grid_release(&grid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_as_wide_as_their_widest_cell),
		cmocka_unit_test(a_spanning_cell_widens_what_may_grow),
		cmocka_unit_test(growth_is_shared),
		cmocka_unit_test(margins_line_up),
		cmocka_unit_test(an_empty_row_is_an_empty_line),
		cmocka_unit_test(a_failing_sink_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
