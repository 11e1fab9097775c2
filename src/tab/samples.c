/* The samples of a table's cells, where the reader left them.  Nothing is
 * copied until a cell is computed. */
#include "tab/samples.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/grow.h"

int bi_samples_add(struct bi_samples *samples, struct bi_portion portion)
{
	struct bi_portion *grown = bi_grow(samples->portion, &samples->cap,
					   samples->count + 1, sizeof(*grown));

	if (grown == NULL)
		return BENCH_ENOMEM;
	samples->portion = grown;
	samples->portion[samples->count++] = portion;
	return 0;
}

static bool before(const struct bi_portion *a, const struct bi_portion *b)
{
	return a->row != b->row ? a->row < b->row : a->column < b->column;
}

/* The end of the run that begins at START: no portion in it stands before its
 * neighbour. */
static size_t run_end(const struct bi_portion *portion, size_t count,
		      size_t start)
{
	while (start + 1 < count &&
	       !before(&portion[start + 1], &portion[start]))
		start++;
	return start + 1;
}

/* Merge FROM[A..B) and FROM[B..C) into TO[A..C); equals stay in order. */
static void merge(const struct bi_portion *from, struct bi_portion *to,
		  size_t a, size_t b, size_t c)
{
	size_t i = a, j = b, k;

	for (k = a; k < c; k++) {
		if (i < b && (j == c || !before(&from[j], &from[i])))
			to[k] = from[i++];
		else
			to[k] = from[j++];
	}
}

/* Merge the runs of FROM in pairs into TO; returns how many are left. */
static size_t merge_runs(const struct bi_portion *from, struct bi_portion *to,
			 size_t count)
{
	size_t start, runs = 0;

	for (start = 0; start < count; runs++) {
		size_t middle = run_end(from, count, start);
		size_t end = middle;

		if (middle < count)
			end = run_end(from, count, middle);
		merge(from, to, start, middle, end);
		start = end;
	}
	return runs;
}

int bi_samples_sort(struct bi_samples *samples)
{
	struct bi_portion *from = samples->portion, *to;
	size_t runs;

	if (run_end(from, samples->count, 0) >= samples->count)
		return 0;
	to = malloc(samples->count * sizeof(*to));
	if (to == NULL)
		return BENCH_ENOMEM;
	samples->cap = samples->count;
	do {
		struct bi_portion *merged = to;

		runs = merge_runs(from, to, samples->count);
		to = from;
		from = merged;
	} while (runs > 1);
	samples->portion = from;
	free(to);
	return 0;
}

size_t bi_portion_count(const struct bi_portion *portion, size_t count)
{
	const struct bi_block *block;
	size_t i, sum = 0;

	for (i = 0; i < count; i++) {
		for (block = portion[i].first; block != NULL;
		     block = block->next)
			sum += block->lines;
	}
	return sum;
}

void bi_portion_load(const struct bi_portion *portion, size_t count,
		     double *out)
{
	const struct bi_block *block;
	size_t i, line;

	for (i = 0; i < count; i++) {
		for (block = portion[i].first; block != NULL;
		     block = block->next) {
			const double *value =
				block->values + portion[i].measure;

			for (line = 0; line < block->lines; line++)
				*out++ = value[line * block->width];
		}
	}
}

void bi_samples_release(struct bi_samples *samples)
{
	free(samples->portion);
	*samples = (struct bi_samples)BI_SAMPLES_INIT;
}
