/* bench_measure(): one function as a benchmark, in this process. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "fmt/writer.h"
#include "harness/child.h"
#include "harness/main.h"

/* The name that messages of the function would carry. */
#define NAME "Benchmark"

/* Results as they come: the function's own, or the sum of those below it. */
struct collector {
	struct bench_result own;
	bool has_own;
	struct bench_result sum;
	size_t summed;
	bool all_have_bytes;
	bool failed;
	bool no_memory;
};

static int copy_metrics(struct bench_result *to, const struct bench_result *from)
{
	size_t i;

	to->metrics = NULL;
	to->metric_count = 0;
	if (from->metric_count == 0)
		return 0;
	to->metrics = calloc(from->metric_count, sizeof(*to->metrics));
	if (to->metrics == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < from->metric_count; i++) {
		to->metrics[i] = (struct bench_metric){
			strdup(from->metrics[i].unit), from->metrics[i].value};
		to->metric_count++;
		if (to->metrics[i].unit == NULL)
			return BENCH_ENOMEM;
	}
	return 0;
}

static void add_to_sum(struct collector *c, const struct bench_result *result)
{
	int64_t bytes = bench_result_bytes_per_op(result);
	int64_t allocs = bench_result_allocs_per_op(result);

	c->all_have_bytes = (c->summed == 0 || c->all_have_bytes) &&
			    result->bytes > 0;
	c->summed++;
	c->sum.n = 1;
	if (__builtin_add_overflow(
		    c->sum.elapsed_ns,
		    bi_writer_whole(bench_result_ns_per_op(result)),
		    &c->sum.elapsed_ns))
		c->sum.elapsed_ns = INT64_MAX;
	c->sum.bytes = c->all_have_bytes ? c->sum.bytes + result->bytes : 0;
	c->sum.counted = result->counted;
	c->sum.mallocs += allocs;
	c->sum.malloc_bytes += bytes;
}

static void take(void *ctx, const struct bi_event *event)
{
	struct collector *c = ctx;
	bool is_own = strcmp(event->name, NAME) == 0;

	/* A sub-benchmark that is skipped adds nothing to the sum. */
	if (event->kind == BI_EVENT_FAIL ||
	    (event->kind == BI_EVENT_SKIP && is_own))
		c->failed = true;
	if (event->kind != BI_EVENT_RESULT)
		return;
	if (!is_own) {
		add_to_sum(c, &event->result);
		return;
	}
	c->own = event->result;
	c->has_own = true;
	c->no_memory = copy_metrics(&c->own, &event->result) < 0;
}

int bench_measure(bench_fn *fn, void *arg, struct bench_result *result)
{
	struct collector collector = {0};
	struct bi_flags flags = {0};
	struct bi_run run = {.flags = &flags, .sink = {take, &collector}};
	const struct bi_flags *given = bi_main_flags();
	int rc = 0;

	*result = (struct bench_result){0};
	if (bi_flags_init(&flags) < 0)
		return BENCH_ENOMEM;
	if (given != NULL) {
		flags.bench_ns = given->bench_ns;
		flags.bench_n = given->bench_n;
	}
	bi_child_run(&run, NULL, NAME, fn, arg);
	if (collector.no_memory)
		rc = BENCH_ENOMEM;
	else if (collector.failed ||
		 (!collector.has_own && collector.summed == 0))
		rc = BENCH_EFAILED;
	else
		*result = collector.has_own ? collector.own : collector.sum;
	if (rc < 0)
		bench_result_release(&collector.own);
	bi_nameset_release(&run.taken);
	bi_flags_release(&flags);
	return rc;
}

void bench_result_release(struct bench_result *result)
{
	size_t i;

	for (i = 0; i < result->metric_count; i++)
		free((char *)result->metrics[i].unit);
	free(result->metrics);
	*result = (struct bench_result){0};
}

double bench_result_ns_per_op(const struct bench_result *result)
{
	return result->n == 0 ? 0 : bi_writer_ns_per_op(result);
}

int64_t bench_result_allocs_per_op(const struct bench_result *result)
{
	int64_t value = 0;

	bi_writer_allocs_per_op(result, &value);
	return value;
}

int64_t bench_result_bytes_per_op(const struct bench_result *result)
{
	int64_t value = 0;

	bi_writer_bytes_per_op(result, &value);
	return value;
}
