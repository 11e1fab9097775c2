/* The record as JSON lines (RFC 8259). */
#include "harness/json.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "base/real.h"
#include "base/json.h"
#include "fmt/writer.h"

/* `,"KEY":` and a string. */
static int add_field(struct bi_buf *out, const char *key, const char *value,
		     size_t len)
{
	int rc = bi_buf_addf(out, ",\"%s\":", key);

	return rc == 0 ? bi_json_string(out, value, len) : rc;
}

/* JSON has no word for what is not finite. */
static int add_number(struct bi_buf *out, double value)
{
	char text[BI_REAL_SIZE];

	if (!isfinite(value))
		return bi_buf_adds(out, "null");
	return bi_buf_add(out, text, bi_real_print(text, value));
}

static int begin(struct bi_buf *out, const char *action, const char *name)
{
	struct timespec now;
	struct tm utc;
	char date[32];
	int rc;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &utc);
	rc = bi_buf_addf(out, "{\"Time\":\"%s.%09ldZ\",\"Action\":\"%s\"", date,
			 now.tv_nsec, action);
	if (rc == 0 && *name != '\0')
		rc = add_field(out, "Benchmark", name, strlen(name));
	return rc;
}

int bi_json_action(struct bi_buf *out, const char *action, const char *name,
		   int64_t round)
{
	int rc = begin(out, action, name);

	if (rc == 0 && round > 0)
		rc = bi_buf_addf(out, ",\"Round\":%lld", (long long)round);
	return rc == 0 ? bi_buf_adds(out, "}\n") : rc;
}

int bi_json_output(struct bi_buf *out, const char *name, const char *text)
{
	int rc = 0;

	while (rc == 0 && *text != '\0') {
		size_t len = strcspn(text, "\n");

		len += text[len] == '\n';
		rc = begin(out, "output", name);
		if (rc == 0)
			rc = add_field(out, "Output", text, len);
		if (rc == 0)
			rc = bi_buf_adds(out, "}\n");
		text += len;
	}
	return rc;
}

int bi_json_note(struct bi_buf *out, const char *name, const char *text)
{
	int rc = begin(out, "note", name);

	if (rc == 0)
		rc = add_field(out, "Note", text, strlen(text));
	return rc == 0 ? bi_buf_adds(out, "}\n") : rc;
}

static int add_metric(struct bi_buf *out, const char *unit, double value,
		      bool *first)
{
	int rc = *first ? 0 : bi_buf_addc(out, ',');

	*first = false;
	if (rc == 0)
		rc = bi_json_string(out, unit, strlen(unit));
	if (rc == 0)
		rc = bi_buf_addc(out, ':');
	return rc == 0 ? add_number(out, value) : rc;
}

/* What the result line shows, in full precision. */
static int add_metrics(struct bi_buf *out, const struct bi_event *event)
{
	const struct bench_result *result = &event->result;
	double ns = bi_writer_ns_per_op(result);
	double mb = bi_writer_mb_per_s(result);
	bool first = true;
	int64_t whole;
	size_t i;
	int rc = 0;

	if (ns != 0)
		rc = add_metric(out, "ns/op", ns, &first);
	if (rc == 0 && mb != 0)
		rc = add_metric(out, "MB/s", mb, &first);
	for (i = 0; rc == 0 && i < result->metric_count; i++) {
		if (!bi_writer_is_built_in(result->metrics[i].unit))
			rc = add_metric(out, result->metrics[i].unit,
					result->metrics[i].value, &first);
	}
	if (rc == 0 && event->flag && bi_writer_bytes_per_op(result, &whole))
		rc = add_metric(out, "B/op", (double)whole, &first);
	if (rc == 0 && event->flag && bi_writer_allocs_per_op(result, &whole))
		rc = add_metric(out, "allocs/op", (double)whole, &first);
	return rc;
}

int bi_json_result(struct bi_buf *out, const struct bi_event *event,
		   int64_t round)
{
	int rc = begin(out, "bench", event->name);

	if (rc == 0)
		rc = bi_buf_addf(out,
				 ",\"Round\":%lld,\"Procs\":%d,\"N\":%lld,"
				 "\"ElapsedNs\":%lld,\"Metrics\":{",
				 (long long)round, event->procs,
				 (long long)event->result.n,
				 (long long)event->result.elapsed_ns);
	if (rc == 0)
		rc = add_metrics(out, event);
	return rc == 0 ? bi_buf_adds(out, "}}\n") : rc;
}
