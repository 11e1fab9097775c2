/* Properties of benchstat's figures on random results: they do not depend on
 * the order of lines or on how results are parted into files, and they scale
 * with the values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "prop/figures.h"
#include "prop/results.h"
#include "prop/seeds.h"

static size_t seeds;

/* The text of a run, labels and all. */
struct texts {
	struct bi_buf text[2 * FILES];
	const char *list[2 * FILES + 1];
	char labels[2 * FILES + 1];
	size_t count;
};

static const struct scaling unscaled = {0, 0};

static void add_text(struct texts *texts, const struct results *results,
		     size_t from, size_t to, struct scaling scaling, char label)
{
	struct bi_buf *text = &texts->text[texts->count];

	write_results(text, results, from, to, scaling);
	texts->list[texts->count] = bi_buf_str(text);
	texts->labels[texts->count++] = label;
}

static void add_whole(struct texts *texts, const struct results *results,
		      struct scaling scaling)
{
	add_text(texts, results, 0, results->count, scaling,
		 (char)('a' + texts->count));
}

static void release_texts(struct texts *texts)
{
	size_t i;

	for (i = 0; i < texts->count; i++)
		bi_buf_release(&texts->text[i]);
}

/* Settings whose first column does not depend on the order of lines. */
static struct tables_config random_config(struct random *r)
{
	static const struct tables_config configs[] = {
		{.threads = 1},
		{.threads = 2},
		{.row = ".name", .column = "/n@alpha"},
		{.row = ".fullname@num", .column = ".file /fmt@alpha"},
		{.table = "pkg", .row = "/gomaxprocs .name"},
		{.table = "", .column = "/n@(10 1)", .compat = true},
		{.column = ".file@(b a)", .filter = "-.unit:x"},
	};

	return configs[random_below(r, LENGTH(configs))];
}

/* The figures of AFTER must be those of BEFORE, times FACTOR. */
static void check(struct random *r, struct texts *before, struct texts *after,
		  double factor, double tolerance)
{
	struct tables_config config = random_config(r);
	struct figures want, got;
	const char *difference;
	size_t i;

	config.labels = before->labels;
	assert_int_equal(figures_read(&config, before->list, &want), 0);
	config.labels = after->labels;
	assert_int_equal(figures_read(&config, after->list, &got), 0);
	difference = figures_difference(&want, &got, factor, tolerance);
	if (difference != NULL) {
		for (i = 0; i < before->count; i++)
			print_error("before, %c:\n%s", before->labels[i],
				    before->list[i]);
		for (i = 0; i < after->count; i++)
			print_error("after, %c:\n%s", after->labels[i],
				    after->list[i]);
		fail_msg("differ in %s", difference);
	}
	figures_release(&want);
	figures_release(&got);
	release_texts(before);
	release_texts(after);
}

static void the_order_of_lines_does_not_matter(void **state)
{
	static struct results results;
	size_t seed, i;

	(void)state;
	for (seed = 1; seed <= seeds; seed++) {
		struct random r = {seed};
		struct texts before = {.count = 0}, after = {.count = 0};
		size_t files = 1 + random_below(&r, FILES);

		for (i = 0; i < files; i++) {
			random_results(&r, &results);
			add_whole(&before, &results, unscaled);
			shuffle_results(&r, &results);
			add_whole(&after, &results, unscaled);
		}
		check(&r, &before, &after, 1, 0);
	}
}

static void a_file_in_two_parts_equals_the_whole(void **state)
{
	static struct results results;
	size_t seed, i;

	(void)state;
	for (seed = 1; seed <= seeds; seed++) {
		struct random r = {seed};
		struct texts before = {.count = 0}, after = {.count = 0};
		size_t files = 1 + random_below(&r, FILES);

		for (i = 0; i < files; i++) {
			char label = (char)('a' + i);
			size_t part;

			random_results(&r, &results);
			part = random_below(&r, results.count + 1);
			add_text(&before, &results, 0, results.count, unscaled,
				 label);
			add_text(&after, &results, 0, part, unscaled, label);
			add_text(&after, &results, part, results.count,
				 unscaled, label);
		}
		check(&r, &before, &after, 1, 0);
	}
}

/* Powers of two up to the last bit, of ten up to the rounding of the input. */
static void figures_scale_with_the_values(void **state)
{
	static struct results results;
	size_t seed, i;

	(void)state;
	for (seed = 1; seed <= seeds; seed++) {
		struct random r = {seed};
		struct texts before = {.count = 0}, after = {.count = 0};
		size_t files = 1 + random_below(&r, FILES);
		int power = (int)random_below(&r, 41) - 20;
		bool ten = random_below(&r, 2) == 0;
		struct scaling scaling = {ten ? power : 0, ten ? 0 : power};

		for (i = 0; i < files; i++) {
			random_results(&r, &results);
			add_whole(&before, &results, unscaled);
			add_whole(&after, &results, scaling);
		}
		check(&r, &before, &after,
		      ten ? pow(10, power) : ldexp(1, power),
		      ten ? 1e-12 : 0);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_order_of_lines_does_not_matter),
		cmocka_unit_test(a_file_in_two_parts_equals_the_whole),
		cmocka_unit_test(figures_scale_with_the_values),
	};

	seeds = seeds_from(argc, argv, 300);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
