/* Writing the benchmark format: configuration, results, log blocks. */
#include "fmt/writer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/real.h"
#include "base/utf8.h"

/* A BENCH block shows this many lines of a log. */
#define BENCH_LINES 10

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* How a value is printed: the first row whose limit it reaches.  A limit is
 * where rounding would give four digits and one place fewer. */
static const struct {
	double limit;
	int width;
	int places;
} pretty[] = {
	{999.95, 10, 0},     {99.995, 12, 1},     {9.9995, 13, 2},
	{0.99995, 14, 3},    {0.099995, 15, 4},   {0.0099995, 16, 5},
	{0.00099995, 17, 6}, {0, 18, 7},
};

int bi_writer_config(struct bi_buf *out, const char *key, const char *value)
{
	return bi_buf_addf(out, "%s: %s\n", key, value);
}

int bi_writer_name(struct bi_buf *out, const char *name, int procs)
{
	int rc = bi_buf_adds(out, name);

	if (rc == 0 && procs > 1)
		rc = bi_buf_addf(out, "-%d", procs);
	return rc;
}

/* VALUE in a field of WIDTH: "%*.*f", whatever the locale. */
static int add_fixed(struct bi_buf *out, double value, int width, int places)
{
	char text[BI_REAL_FIXED_SIZE];

	bi_real_fixed(text, value, places);
	return bi_buf_addf(out, "%*s", width, text);
}

static int add_pretty(struct bi_buf *out, double value)
{
	double size = fabs(value);
	size_t i = 0;

	if (size != 0) {
		/* NaN reaches no limit and ends in the last row. */
		while (i + 1 < LENGTH(pretty) && !(size >= pretty[i].limit))
			i++;
	}
	return add_fixed(out, value, pretty[i].width, pretty[i].places);
}

static int add_metric(struct bi_buf *out, double value, const char *unit)
{
	int rc = bi_buf_addc(out, '\t');

	if (rc == 0)
		rc = add_pretty(out, value);
	return rc == 0 ? bi_buf_addf(out, " %s", unit) : rc;
}

static const struct bench_metric *find(const struct bench_result *result,
				       const char *unit)
{
	size_t i;

	for (i = 0; i < result->metric_count; i++) {
		if (strcmp(result->metrics[i].unit, unit) == 0)
			return &result->metrics[i];
	}
	return NULL;
}

bool bi_writer_is_built_in(const char *unit)
{
	static const char *const units[] = {"ns/op", "MB/s", "B/op",
					    "allocs/op"};
	size_t i;

	for (i = 0; i < LENGTH(units); i++) {
		if (strcmp(unit, units[i]) == 0)
			return true;
	}
	return false;
}

double bi_writer_ns_per_op(const struct bench_result *result)
{
	const struct bench_metric *reported = find(result, "ns/op");

	if (reported != NULL)
		return reported->value;
	return (double)result->elapsed_ns / (double)result->n;
}

double bi_writer_mb_per_s(const struct bench_result *result)
{
	const struct bench_metric *reported = find(result, "MB/s");
	int64_t ns = result->elapsed_ns;

	if (reported != NULL)
		return reported->value;
	if (result->bytes <= 0 || ns <= 0 || result->n <= 0)
		return 0;
	return (double)result->bytes * (double)result->n / 1e6 /
	       ((double)(ns / 1000000000) + (double)(ns % 1000000000) / 1e9);
}

int64_t bi_writer_whole(double value)
{
	if (isnan(value))
		return 0;
	if (value >= 0x1p63)
		return INT64_MAX;
	if (value <= -0x1p63)
		return INT64_MIN;
	return (int64_t)value;
}

static bool per_op(const struct bench_result *result, const char *unit,
		   int64_t total, int64_t *out)
{
	const struct bench_metric *reported = find(result, unit);

	if (reported != NULL)
		*out = bi_writer_whole(reported->value);
	else
		*out = result->n > 0 ? total / result->n : 0;
	return reported != NULL || result->counted;
}

bool bi_writer_bytes_per_op(const struct bench_result *result, int64_t *out)
{
	return per_op(result, "B/op", result->malloc_bytes, out);
}

bool bi_writer_allocs_per_op(const struct bench_result *result, int64_t *out)
{
	return per_op(result, "allocs/op", result->mallocs, out);
}

static int add_memory(struct bi_buf *out, const struct bench_result *result)
{
	int64_t value;
	int rc = 0;

	if (bi_writer_bytes_per_op(result, &value))
		rc = bi_buf_addf(out, "\t%8lld B/op", (long long)value);
	if (rc == 0 && bi_writer_allocs_per_op(result, &value))
		rc = bi_buf_addf(out, "\t%8lld allocs/op", (long long)value);
	return rc;
}

static int add_metrics(struct bi_buf *out, const struct bench_result *result)
{
	double ns = bi_writer_ns_per_op(result);
	double mb = bi_writer_mb_per_s(result);
	size_t i;
	int rc = 0;

	if (ns != 0)
		rc = add_metric(out, ns, "ns/op");
	if (rc == 0 && mb != 0) {
		rc = bi_buf_addc(out, '\t');
		if (rc == 0)
			rc = add_fixed(out, mb, 7, 2);
		if (rc == 0)
			rc = bi_buf_adds(out, " MB/s");
	}
	for (i = 0; rc == 0 && i < result->metric_count; i++) {
		const struct bench_metric *metric = &result->metrics[i];

		if (!bi_writer_is_built_in(metric->unit))
			rc = add_metric(out, metric->value, metric->unit);
	}
	return rc;
}

int bi_writer_result(struct bi_buf *out, const char *name, int procs,
		     size_t width, const struct bench_result *result,
		     bool memory)
{
	size_t start = out->len, used;
	int rc = bi_writer_name(out, name, procs);

	if (rc < 0)
		return rc;
	used = bi_utf8_count(out->data + start, out->len - start);
	rc = bi_buf_fill(out, ' ', used < width ? width - used : 0);
	if (rc == 0)
		rc = bi_buf_addf(out, "\t%8lld", (long long)result->n);
	if (rc == 0)
		rc = add_metrics(out, result);
	if (rc == 0 && memory)
		rc = add_memory(out, result);
	return rc == 0 ? bi_buf_addc(out, '\n') : rc;
}

/* Length of LOG up to and including its COUNT-th newline; 0: has not so many. */
static size_t lines_length(const char *log, int count)
{
	const char *p = log;

	while (count > 0 && (p = strchr(p, '\n')) != NULL) {
		p++;
		count--;
	}
	return p == NULL ? 0 : (size_t)(p - log);
}

int bi_writer_log(struct bi_buf *out, enum bi_writer_block block,
		  const char *name, int procs, const char *log)
{
	static const char *const words[] = {"FAIL", "BENCH", "SKIP"};
	size_t shown = block == BI_WRITER_BENCH ? lines_length(log, BENCH_LINES)
						: 0;
	int rc = bi_buf_addf(out, "--- %s: ", words[block]);

	if (rc == 0)
		rc = bi_writer_name(out, name, procs);
	if (rc == 0)
		rc = bi_buf_addc(out, '\n');
	if (rc < 0)
		return rc;
	if (shown == 0)
		return bi_buf_adds(out, log);
	rc = bi_buf_add(out, log, shown);
	return rc == 0 ? bi_buf_adds(out, "\t... [output truncated]\n") : rc;
}
