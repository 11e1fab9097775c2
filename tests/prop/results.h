/* Random benchmark results, and the files that hold them.
 *
 * A result carries its whole configuration, so that results can be shuffled,
 * parted and left out; the writer puts a line where it changes. */
#ifndef TESTS_PROP_RESULTS_H
#define TESTS_PROP_RESULTS_H

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/buf.h"
#include "prop/random.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { CONFIGS = 3, VALUES = 4, RESULTS = 90, FILES = 3 };

/* Indices of 0 stand for "not there". */
static const char *const config_keys[CONFIGS] = {"goos", "pkg", "note"};
static const char *const config_values[] = {"", "linux", "a, b \"c\"", "p/q"};
static const char *const bases[] = {"A", "Sort", "Sort2", "Z_\u00e4"};
static const char *const sizes[] = {"", "1", "2", "10", "1k"};
static const char *const formats[] = {"", "json", "xml"};
static const char *const procs[] = {"", "8", "16"};
static const char *const units[] = {"ns/op", "MB/s",	  "B/op",
				    "x",     "allocs/op", "p99-ns/op"};

/* Digits and exponent, so that scaling by ten is exact.  There is no "-0": it
 * equals 0, so which of the two stands in the middle depends on the sort. */
struct value {
	enum { NUMBER, INFINITE, NOT_A_NUMBER } kind;
	bool negative;
	unsigned digits;
	int exponent;
	size_t unit;
};

struct result {
	size_t config[CONFIGS];
	size_t base, size, format, procs;
	size_t count;
	struct value value[VALUES];
	bool deleted; /* the writer leaves the line out */
};

struct results {
	struct result result[RESULTS];
	size_t count;
	bool exact; /* allocs/op is */
};

/* How the numbers of a file are written. */
struct scaling {
	int ten; /* times this power of ten, ... */
	int two; /* ... or of two */
};

static inline struct value random_value(struct random *r)
{
	static const unsigned most[] = {3, 100, 999999};
	struct value value = {.unit = random_below(r, LENGTH(units))};
	size_t special = random_below(r, 60);

	value.kind = special == 0   ? NOT_A_NUMBER
		     : special == 1 ? INFINITE
				    : NUMBER;
	value.digits = (unsigned)random_below(
		r, most[random_below(r, LENGTH(most))] + 1);
	value.exponent = (int)random_below(r, 3) - 1;
	value.negative = special == 2 && value.digits > 0;
	return value;
}

static inline struct result random_result(struct random *r)
{
	struct result result = {
		.base = random_below(r, LENGTH(bases)),
		.size = random_below(r, LENGTH(sizes)),
		.format = random_below(r, LENGTH(formats)),
		.procs = random_below(r, LENGTH(procs)),
		.count = 1 + random_below(r, VALUES),
	};
	size_t i;

	/* Few of many: results are to meet in their cells. */
	if (random_below(r, 2) == 0)
		result.size = result.format = result.procs = 1;
	for (i = 0; i < CONFIGS; i++) {
		if (random_below(r, 8) == 0)
			result.config[i] =
				random_below(r, LENGTH(config_values));
	}
	for (i = 0; i < result.count; i++)
		result.value[i] = random_value(r);
	return result;
}

/* Up to RESULTS results; most have the name of one before. */
static inline void random_results(struct random *r, struct results *results)
{
	size_t i, count = random_below(r, RESULTS + 1);
	size_t names = 1 + random_below(r, 6);

	*results = (struct results){.exact = random_below(r, 4) == 0};
	for (i = 0; i < count; i++) {
		struct result *result = &results->result[i];
		size_t j;

		*result = random_result(r);
		if (i < names)
			continue;
		j = random_below(r, names);
		*result = results->result[j];
		/* The same units, mostly, and other values. */
		for (j = 0; j < result->count; j++) {
			size_t unit = result->value[j].unit;

			result->value[j] = random_value(r);
			if (random_below(r, 10) > 0)
				result->value[j].unit = unit;
		}
	}
	results->count = count;
}

static inline void shuffle_results(struct random *r, struct results *results)
{
	size_t i;

	for (i = results->count; i > 1; i--) {
		size_t j = random_below(r, i);
		struct result swap = results->result[i - 1];

		results->result[i - 1] = results->result[j];
		results->result[j] = swap;
	}
}

static inline void write_value(struct bi_buf *out, const struct value *value,
			       struct scaling scaling)
{
	const char *sign = value->negative ? "-" : "";
	char text[32];

	switch (value->kind) {
	case NOT_A_NUMBER:
		bi_buf_adds(out, " NaN");
		break;
	case INFINITE:
		bi_buf_addf(out, " %sInf", sign);
		break;
	case NUMBER:
		snprintf(text, sizeof(text), "%s%ue%d", sign, value->digits,
			 value->exponent + scaling.ten);
		if (scaling.two != 0)
			snprintf(text, sizeof(text), "%.17g",
				 ldexp(strtod(text, NULL), scaling.two));
		bi_buf_addf(out, " %s", text);
		break;
	}
	bi_buf_addf(out, " %s", units[value->unit]);
}

static inline void write_result(struct bi_buf *out, const struct result *result,
				struct scaling scaling)
{
	size_t i;

	bi_buf_addf(out, "Benchmark%s", bases[result->base]);
	if (result->size > 0)
		bi_buf_addf(out, "/n=%s", sizes[result->size]);
	if (result->format > 0)
		bi_buf_addf(out, "/fmt=%s", formats[result->format]);
	if (result->procs > 0)
		bi_buf_addf(out, "-%s", procs[result->procs]);
	bi_buf_adds(out, " 100");
	for (i = 0; i < result->count; i++)
		write_value(out, &result->value[i], scaling);
	bi_buf_addc(out, '\n');
}

/* Append results FROM to TO, as a file of their own.  Lines that are no results
 * stand between them. */
static inline void write_results(struct bi_buf *out,
				 const struct results *results, size_t from,
				 size_t to, struct scaling scaling)
{
	size_t config[CONFIGS] = {0}, i, j;

	if (results->exact)
		bi_buf_adds(out, "Unit allocs/op assume=exact\n");
	for (i = from; i < to; i++) {
		const struct result *result = &results->result[i];

		for (j = 0; j < CONFIGS; j++) {
			if (config[j] != result->config[j])
				bi_buf_addf(out, "%s: %s\n", config_keys[j],
					    config_values[result->config[j]]);
			config[j] = result->config[j];
		}
		if (!result->deleted && result->count > 0)
			write_result(out, result, scaling);
		if (i % 16 == 0)
			bi_buf_adds(out, "--- BENCH: X\nBenchmarkX\nPASS\n");
	}
}

#endif
