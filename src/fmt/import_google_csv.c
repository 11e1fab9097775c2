/* Google Benchmark's CSV: a line for every run, and without further mark lines
 * for what it computes of repeated runs. */
#include "fmt/import_csv.h"

#include <stdbool.h>
#include <string.h>

#include "base/intern.h"
#include "base/real.h"
#include "fmt/excerpt.h"
#include "fmt/google.h"

/* Columns of every header; counters of the user follow. */
enum column {
	NAME,
	ITERATIONS,
	REAL_TIME,
	CPU_TIME,
	TIME_UNIT,
	BYTES_PER_SECOND,
	ITEMS_PER_SECOND,
	LABEL,
	ERROR_OCCURRED,
	ERROR_MESSAGE,
	COUNTERS
};

struct import {
	struct bi_buf *out;
	struct bi_intern runs;    /* names that had a run */
	struct bi_buf header;     /* the names of all columns, each with a NUL */
	size_t columns;           /* 0: the header is still to come */
};

static bool string_equal(const void *item, const void *key)
{
	const struct bi_string *string = item;
	struct bi_slice text = {string->text, string->len};

	return bi_slice_equal(text, *(const struct bi_slice *)key);
}

/* Whether NAME is that of a run before with an ending for what was computed of
 * it.  A benchmark may have such a name of its own. */
static bool is_aggregate(const struct import *import, struct bi_slice name)
{
	static const char *const ending[] = {"_mean", "_median", "_stddev",
					     "_cv",   "_BigO",	 "_RMS"};
	size_t i;

	for (i = 0; i < sizeof(ending) / sizeof(ending[0]); i++) {
		size_t len = strlen(ending[i]);
		struct bi_slice stem = {name.text, name.len - len};

		if (name.len <= len ||
		    memcmp(name.text + stem.len, ending[i], len) != 0)
			continue;
		/* Those two stand for a family of benchmarks, whose names all
		 * begin so. */
		if (ending[i][1] == 'B' || ending[i][1] == 'R')
			return true;
		return bi_map_find(&import->runs.map,
				   bi_map_hash(stem.text, stem.len),
				   string_equal, &stem) != NULL;
	}
	return false;
}

static int take_header(struct import *import, const struct bi_slice *field,
		       size_t count)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < count; i++) {
		rc = bi_buf_add(&import->header, field[i].text, field[i].len);
		if (rc == 0)
			rc = bi_buf_addc(&import->header, '\0');
	}
	import->columns = count;
	return rc;
}

/* A field as a number: 0 without one, 1 with *VALUE, or a failure. */
static int number(struct bi_slice field, double *value,
		  struct bench_error *err)
{
	int rc;

	if (field.len == 0)
		return 0;
	rc = bi_real_parse(field.text, field.len, value);
	if (rc == BENCH_ENOMEM)
		return rc;
	if (rc < 0)
		return bi_error_set(err, BENCH_EINPUT, "'%s' is no number",
				    bi_excerpt(field).text);
	return 1;
}

static int add_counters(struct import *import, const struct bi_slice *field,
			size_t count, struct bench_error *err)
{
	const char *name = bi_buf_str(&import->header);
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < count; i++) {
		struct bi_slice counter = {name, strlen(name)};
		double value;

		name += counter.len + 1;
		if (i != BYTES_PER_SECOND && i != ITEMS_PER_SECOND &&
		    i < COUNTERS)
			continue;
		rc = number(field[i], &value, err);
		if (rc == 1)
			rc = bi_google_counter(import->out, counter, value);
	}
	return rc;
}

static int take_run(struct import *import, const struct bi_slice *field,
		    size_t count, struct bench_error *err)
{
	struct bi_google_run run = {.name = field[NAME],
				    .iterations = 1,
				    .time_unit = field[TIME_UNIT]};
	int real, cpu, rc;

	rc = number(field[ITERATIONS], &run.iterations, err);
	if (rc < 0)
		return rc;
	real = number(field[REAL_TIME], &run.real_time, err);
	cpu = real < 0 ? real : number(field[CPU_TIME], &run.cpu_time, err);
	if (cpu < 0)
		return cpu;
	if (real == 0 || cpu == 0)
		return bi_error_set(err, BENCH_EINPUT, "missing time");
	rc = bi_google_begin(import->out, &run, err);
	if (rc == 0)
		rc = add_counters(import, field, count, err);
	if (rc == 0)
		rc = bi_buf_addc(import->out, '\n');
	if (rc == 0 && bi_intern(&import->runs, run.name.text, run.name.len) ==
			       NULL)
		rc = BENCH_ENOMEM;
	return rc;
}

static int take(void *arg, const struct bi_slice *field, size_t count,
		struct bench_error *err)
{
	struct import *import = arg;

	if (count == 0)
		return 0;
	if (import->columns == 0)
		return bi_slice_equal(field[0], (struct bi_slice){"name", 4})
			       ? take_header(import, field, count)
			       : 0;
	if (count < COUNTERS || count > import->columns)
		return bi_error_set(err, BENCH_EINPUT,
				    "%zu fields, but the header has %zu", count,
				    import->columns);
	if (is_aggregate(import, field[NAME]))
		return 0;
	if (bi_slice_equal(field[ERROR_OCCURRED],
			   (struct bi_slice){"true", 4}))
		return bi_google_failure(import->out, field[NAME],
					 field[ERROR_MESSAGE]);
	return take_run(import, field, count, err);
}

int bi_import_google_csv(const char *data, size_t len, struct bi_buf *out,
			 struct bench_error *err)
{
	struct import import = {.out = out};
	int rc = bi_csv_read(data, len, take, &import, err);

	bi_intern_release(&import.runs);
	bi_buf_release(&import.header);
	return rc;
}
