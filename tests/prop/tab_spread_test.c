/* How often a table warns of a trend that is none, and what it finds.
 *
 *	prop_tab_spread_test [TABLES]	2000: as the documentation quotes it
 *
 * A table has 50 rows and two columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "prop/noise.h"
#include "tab/spread.h"

#define ROWS	 50
#define COLUMNS	 2
#define CELLS	 (ROWS * COLUMNS)
#define RUNS_MAX 40

/* The cell that drifts. */
#define DRIFTING 17

static int tables = 100; /* enough for a test, not for a quotation */

/* What the values of a table are. */
struct source {
	size_t runs;
	double sd; /* independent noise of this size; 0: the scenario's */
	double grain; /* to which values are rounded; 0: none */
	double drift; /* of one cell, from the first run to the last */
	const struct noise_scenario *scenario;
	bool rounds;
	uint64_t seed;
};

static double values[CELLS][RUNS_MAX];

static void draw_independent(const struct source *source, struct random *r)
{
	size_t cell, run;

	for (cell = 0; cell < CELLS; cell++) {
		for (run = 0; run < source->runs; run++) {
			double x = exp(source->sd * noise_normal(r));

			if (source->grain > 0)
				x = round(x / source->grain) * source->grain;
			values[cell][run] = x;
		}
	}
	for (run = 0; run < source->runs; run++)
		values[DRIFTING][run] *= 1 + source->drift * (double)run /
						     (double)(source->runs - 1);
}

/* One column after the other, over all rows in rounds or all runs of a row
 * together: a process and a second for each value. */
static void draw_machine(const struct source *source, struct random *r)
{
	struct noise noise = noise_start(source->scenario, random_bits(r));
	size_t column, i;

	for (column = 0; column < COLUMNS; column++) {
		for (i = 0; i < ROWS * source->runs; i++) {
			size_t row = source->rounds ? i % ROWS
						    : i / source->runs;
			size_t run = source->rounds ? i / ROWS
						    : i % source->runs;

			noise_exec(&noise);
			values[row * COLUMNS + column][run] =
				noise_measure(&noise, 1);
		}
	}
}

/* The cells of the table that are warned of; whether DRIFTING is one. */
static size_t warned(struct bi_spread_memory *memory, size_t runs, bool *found)
{
	static struct bi_spread spread[CELLS];
	struct bi_cell cell[CELLS] = {{0}};
	size_t row_start[ROWS + 1], count = 0, i;
	struct bi_table table = {.row_count = ROWS,
				 .row_start = row_start,
				 .cell = cell,
				 .spread = spread};

	for (i = 0; i <= ROWS; i++)
		row_start[i] = i * COLUMNS;
	for (i = 0; i < CELLS; i++)
		assert_int_equal(bi_spread_compute(memory, values[i], runs,
						   true, &spread[i]), 0);
	assert_int_equal(bi_spread_finish(&table), 0);
	for (i = 0; i < CELLS; i++)
		count += cell[i].warnings != 0;
	*found = cell[DRIFTING].warnings != 0;
	return count;
}

/* The share of tables from SOURCE with a warning that is none of DRIFTING; the
 * share in which that is found. */
static double simulate(const char *name, struct source source, double *finds)
{
	struct bi_spread_memory *memory = bi_spread_memory_new();
	struct random r = {source.seed};
	int i, alarms = 0, found_count = 0;
	bool found;

	assert_non_null(memory);
	for (i = 0; i < tables; i++) {
		size_t count;

		if (source.sd > 0)
			draw_independent(&source, &r);
		else
			draw_machine(&source, &r);
		count = warned(memory, source.runs, &found);
		found_count += found;
		alarms += count > (source.drift != 0 && found);
	}
	bi_spread_memory_free(memory);
	*finds = found_count / (double)tables;
	printf("%-34s %6.2f %% of %d tables warn", name,
	       100.0 * alarms / tables, tables);
	if (source.drift != 0)
		printf("; the drift is told in %6.2f %%", 100 * *finds);
	printf("\n");
	return alarms / (double)tables;
}

static void clean_tables_warn_as_seldom_as_promised(void **state)
{
	static const struct {
		const char *name;
		struct source source;
	} table[] = {
		{"10 runs", {10, 0.02, 0, 0, NULL, false, 1}},
		{"6 runs", {6, 0.02, 0, 0, NULL, false, 2}},
		{"20 runs", {20, 0.02, 0, 0, NULL, false, 3}},
		{"40 runs", {40, 0.02, 0, 0, NULL, false, 4}},
		{"10 runs, four values or so", {10, 0.02, 0.02, 0, NULL, false, 5}},
		{"40 runs, four values or so", {40, 0.02, 0.02, 0, NULL, false, 6}},
	};
	double bound = 0.05 + 3 * sqrt(0.05 * 0.95 / tables), finds;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_true(simulate(table[i].name, table[i].source, &finds) <=
			    bound);
}

static void a_cell_that_drifts_is_found(void **state)
{
	static const struct {
		const char *name;
		struct source source;
		double least;
	} table[] = {
		{"10 runs, 2 % noise, +10 %",
		 {10, 0.02, 0, 0.10, NULL, false, 11}, 0.1},
		{"10 runs, 2 % noise, +20 %",
		 {10, 0.02, 0, 0.20, NULL, false, 12}, 0.6},
		{"20 runs, 2 % noise, +5 %",
		 {20, 0.02, 0, 0.05, NULL, false, 13}, 0.05},
		{"20 runs, 2 % noise, -10 %",
		 {20, 0.02, 0, -0.10, NULL, false, 14}, 0.5},
	};
	double finds;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		simulate(table[i].name, table[i].source, &finds);
		assert_true(finds >= table[i].least);
	}
}

/* Without a bound: how often a machine drifts is for the model to say.  But
 * where it does so slowly, compared to the runs of a row, that must be seen. */
static void machines_that_drift_are_told(void **state)
{
	double alarms[2 * NOISE_SCENARIOS], finds;
	size_t i;

	(void)state;
	for (i = 0; i < 2 * NOISE_SCENARIOS; i++) {
		const struct noise_scenario *scenario = &noise_scenario[i / 2];
		struct source source = {20, 0, 0, 0, scenario, i % 2 == 0,
					20 + i};
		char name[64];

		snprintf(name, sizeof(name), "20 runs, %s, %s machine",
			 source.rounds ? "rounds" : "row by row",
			 scenario->name);
		alarms[i] = simulate(name, source, &finds);
	}
	/* Row by row: cloud, bad. */
	assert_true(alarms[3] > 0.2 && alarms[5] > 0.2);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_tables_warn_as_seldom_as_promised),
		cmocka_unit_test(a_cell_that_drifts_is_found),
		cmocka_unit_test(machines_that_drift_are_told),
	};

	if (argc > 1)
		tables = (int)strtol(argv[1], NULL, 10);
	if (tables < 1)
		return 2;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
