/* One run of Google Benchmark as a line of the benchmark format. */
#include "fmt/google.h"

#include <stdbool.h>
#include <string.h>

#include "fmt/draft.h"
#include "fmt/excerpt.h"

static struct bi_slice slice(const char *text)
{
	return (struct bi_slice){text, strlen(text)};
}

/* Seconds in the unit called NAME; 0 if there is none. */
static double seconds_in(struct bi_slice name)
{
	static const struct {
		const char *name;
		double seconds;
	} unit[] = {{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}};
	size_t i;

	for (i = 0; i < sizeof(unit) / sizeof(unit[0]); i++) {
		if (bi_slice_equal(slice(unit[i].name), name))
			return unit[i].seconds;
	}
	return 0;
}

int bi_google_begin(struct bi_buf *out, const struct bi_google_run *run,
		    struct bench_error *err)
{
	double seconds = seconds_in(run->time_unit);
	int rc;

	if (seconds == 0)
		return bi_error_set(err, BENCH_EINPUT, "unknown time unit '%s'",
				    bi_excerpt(run->time_unit).text);
	rc = bi_draft_name(out, run->name, true);
	if (rc == 0)
		rc = bi_draft_iterations(out, run->iterations);
	if (rc == 0)
		rc = bi_draft_value(out, run->real_time * seconds,
				    slice("sec/op"));
	if (rc == 0)
		rc = bi_draft_value(out, run->cpu_time * seconds,
				    slice("cpu-sec/op"));
	return rc;
}

int bi_google_counter(struct bi_buf *out, struct bi_slice counter, double value)
{
	/* What benchkit has a unit for, and with NULL what is no result. */
	static const struct {
		const char *counter;
		const char *unit;
	} known[] = {
		{"bytes_per_second", "B/s"},
		{"items_per_second", "items/s"},
		{"allocs_per_iter", "allocs/op"},
		{"max_bytes_used", "peak-B"},
		{"total_allocated_bytes", "allocated-B"},
		{"net_heap_growth", "heap-growth-B"},
		{"family_index", NULL},
		{"per_family_instance_index", NULL},
		{"repetitions", NULL},
		{"repetition_index", NULL},
		{"threads", NULL},
		{"iterations", NULL},
		{"real_time", NULL},
		{"cpu_time", NULL},
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (!bi_slice_equal(slice(known[i].counter), counter))
			continue;
		if (known[i].unit == NULL)
			return 0;
		return bi_draft_value(out, value, slice(known[i].unit));
	}
	return bi_draft_value(out, value, counter);
}

int bi_google_failure(struct bi_buf *out, struct bi_slice name,
		      struct bi_slice message)
{
	int rc = bi_buf_adds(out, "--- FAIL: ");

	if (rc == 0)
		rc = bi_draft_name(out, name, true);
	if (rc == 0)
		rc = bi_buf_addc(out, ' ');
	if (rc == 0)
		rc = bi_draft_word(out, message);
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}
