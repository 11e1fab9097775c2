/* A folder of Criterion.rs: sample.json has {"iters": [...], "times": [...]},
 * for every sample its iterations and their time together in nanoseconds;
 * benchmark.json beside it has the name and what one iteration processes. */
#include "fmt/import.h"

#include <jansson.h>
#include <string.h>

#include "fmt/draft.h"
#include "fmt/import_json.h"

static struct bi_slice slice(const char *text)
{
	return (struct bi_slice){text, strlen(text)};
}

/* What a result holds besides its time. */
struct subject {
	struct bi_slice name;
	struct bi_slice rate; /* unit; empty: none */
	double amount;        /* of an iteration */
};

static void set_rate(const json_t *throughput, struct subject *subject)
{
	static const struct {
		const char *key;
		const char *unit;
	} rate[] = {{"Bytes", "B/s"},
		    {"BytesDecimal", "B/s"},
		    {"Elements", "items/s"}};
	size_t i;

	for (i = 0; i < sizeof(rate) / sizeof(rate[0]); i++) {
		if (bi_import_number(throughput, rate[i].key, &subject->amount))
			subject->rate = slice(rate[i].unit);
	}
}

static int add_sample(const struct subject *subject, const json_t *iters,
		      const json_t *times, size_t i, struct bi_buf *out)
{
	double count = json_number_value(json_array_get(iters, i));
	double seconds = json_number_value(json_array_get(times, i)) * 1e-9;
	int rc = bi_draft_name(out, subject->name, false);

	seconds /= count;
	if (rc == 0)
		rc = bi_draft_iterations(out, count);
	if (rc == 0)
		rc = bi_draft_value(out, seconds, slice("sec/op"));
	if (rc == 0 && seconds > 0)
		rc = bi_draft_value(out, subject->amount / seconds,
				    subject->rate);
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

static int add_samples(const json_t *sample, const struct subject *subject,
		       struct bi_buf *out, struct bench_error *err)
{
	const json_t *iters = json_object_get(sample, "iters");
	const json_t *times = json_object_get(sample, "times");
	size_t i, count = json_array_size(iters);
	int rc = 0;

	if (!json_is_array(iters) || !json_is_array(times) ||
	    count != json_array_size(times))
		return bi_error_set(err, BENCH_EINPUT,
				    "sample.json: no iters and times of the "
				    "same number");
	for (i = 0; rc == 0 && i < count; i++) {
		const json_t *n = json_array_get(iters, i);

		if (!json_is_number(json_array_get(times, i)) ||
		    !(json_number_value(n) > 0))
			return bi_error_set(err, BENCH_EINPUT,
					    "sample.json: no number, or no "
					    "iterations");
		rc = add_sample(subject, iters, times, i, out);
	}
	return rc;
}

/* What BENCHMARK is called: its full_id, or the parts of it that there are. */
static int add_id(const json_t *benchmark, struct bi_buf *id)
{
	static const char *const part[] = {"group_id", "function_id",
					   "value_str"};
	struct bi_slice text = bi_import_string(benchmark, "full_id");
	size_t i;
	int rc = 0;

	if (text.text != NULL)
		return bi_buf_add(id, text.text, text.len);
	for (i = 0; rc == 0 && i < sizeof(part) / sizeof(part[0]); i++) {
		text = bi_import_string(benchmark, part[i]);
		if (text.text == NULL)
			continue;
		if (id->len > 0)
			rc = bi_buf_addc(id, '/');
		if (rc == 0)
			rc = bi_buf_add(id, text.text, text.len);
	}
	return rc;
}

/* The one JSON value in TEXT; NULL on failure. */
static json_t *parse(const struct bi_buf *text, struct bench_error *err)
{
	size_t next = 0;

	return bi_import_parse(bi_buf_str(text), text->len, &next, err);
}

int bi_import_criterion(const struct bi_criterion *folder, struct bi_buf *out,
			struct bench_error *err)
{
	struct bench_error problem = BENCH_ERROR_INIT;
	struct subject subject = {.name = folder->name,
				  .rate = {"", 0}};
	json_t *sample = parse(&folder->sample, &problem), *benchmark = NULL;
	struct bi_buf id = BI_BUF_INIT;
	int rc = problem.code;

	if (rc == 0 && folder->benchmark.len > 0) {
		benchmark = parse(&folder->benchmark, &problem);
		rc = problem.code;
	}
	if (rc < 0) {
		bi_error_set(err, rc, "%s: %.500s",
			     sample == NULL ? "sample.json" : "benchmark.json",
			     problem.text);
		if (err != NULL)
			err->line = problem.line;
		goto out;
	}
	rc = add_id(benchmark, &id);
	if (rc < 0) {
		bi_error_nomem(err);
		goto out;
	}
	if (id.len > 0)
		subject.name = (struct bi_slice){id.data, id.len};
	set_rate(json_object_get(benchmark, "throughput"), &subject);
	rc = add_samples(sample, &subject, out, err);
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
out:
	bi_buf_release(&id);
	json_decref(sample);
	json_decref(benchmark);
	return rc;
}
