/* Google Benchmark's JSON: {"context": {...}, "benchmarks": [...]}, the latter
 * an object for every run and for what is computed of repeated runs. */
#include "fmt/import_json.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

#include "fmt/draft.h"
#include "fmt/excerpt.h"
#include "fmt/google.h"

static struct bi_slice slice(const char *text)
{
	return (struct bi_slice){text, strlen(text)};
}

/* What the user added to the context.  What is there of itself says when and
 * where it was run, or changes from run to run: as configuration it would put
 * results into two tables that are to be compared. */
static int add_context(const json_t *context, struct bi_buf *out)
{
	static const char *const own[] = {
		"date",	       "host_name",	  "executable",
		"library_version", "library_build_type",
	};
	const char *key;
	json_t *value;
	int rc = 0;

	json_object_foreach((json_t *)(uintptr_t)context, key, value) {
		bool is_own = !json_is_string(value);
		size_t i;

		for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
			is_own |= strcmp(own[i], key) == 0;
		if (rc == 0 && !is_own)
			rc = bi_draft_config(out, slice(key),
					     bi_import_string(context, key));
	}
	return rc;
}

/* Old versions do not say so of aggregates, but name them. */
static bool is_aggregate(const json_t *run)
{
	struct bi_slice type = bi_import_string(run, "run_type");
	struct bi_slice name = bi_import_string(run, "name");
	static const char *const ending[] = {"_mean", "_median", "_stddev",
					     "_cv",   "_BigO",	 "_RMS"};
	size_t i;

	if (type.text != NULL)
		return !bi_slice_equal(type, slice("iteration"));
	for (i = 0; i < sizeof(ending) / sizeof(ending[0]); i++) {
		size_t len = strlen(ending[i]);

		if (name.len > len && memcmp(name.text + name.len - len,
					     ending[i], len) == 0)
			return true;
	}
	return false;
}

static int add_run(const json_t *object, struct bi_buf *out,
		   struct bench_error *err)
{
	struct bi_google_run run = {
		.name = bi_import_string(object, "name"),
		.time_unit = bi_import_string(object, "time_unit")};
	const char *key;
	json_t *value;
	int rc;

	if (!bi_import_number(object, "real_time", &run.real_time) ||
	    !bi_import_number(object, "cpu_time", &run.cpu_time))
		return bi_error_set(err, BENCH_EINPUT,
				    "'%s' has no real_time or no cpu_time",
				    bi_excerpt(run.name).text);
	if (!bi_import_number(object, "iterations", &run.iterations))
		run.iterations = 1;
	if (run.time_unit.text == NULL)
		run.time_unit = slice("ns");
	rc = bi_google_begin(out, &run, err);
	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		if (rc == 0 && json_is_number(value))
			rc = bi_google_counter(out, slice(key),
					       json_number_value(value));
	}
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

static int add_item(const json_t *item, struct bi_buf *out,
		    struct bench_error *err)
{
	struct bi_slice name = bi_import_string(item, "name");
	struct bi_slice message = bi_import_string(item, "error_message");

	if (name.text == NULL)
		return bi_error_set(err, BENCH_EINPUT,
				    "a benchmark without a name");
	if (is_aggregate(item))
		return 0;
	if (message.text == NULL)
		message = bi_import_string(item, "skip_message");
	if (json_is_true(json_object_get(item, "error_occurred")) ||
	    message.text != NULL)
		return bi_google_failure(out, name,
					 message.text != NULL ? message
							      : slice(""));
	return add_run(item, out, err);
}

int bi_import_google_json(const struct json_t *value, struct bi_buf *out,
			  struct bench_error *err)
{
	const json_t *list = json_object_get(value, "benchmarks");
	int rc = add_context(json_object_get(value, "context"), out);
	size_t i;

	for (i = 0; rc == 0 && i < json_array_size(list); i++)
		rc = add_item(json_array_get(list, i), out, err);
	return rc;
}
