/* -perf: what is counted beside time, in a measuring process. */
#include "harness/counters.h"

#include <string.h>

#include "harness/child.h"
#include "perf/perf.h"

void bi_counters_begin(struct bi_run *run)
{
	struct bi_buf text = BI_BUF_INIT;

	if (run->flags->perf.count == 0)
		return;
	run->perf = bi_perf_new(&run->flags->perf, &bi_perf_linux);
	if (run->perf == NULL || bi_perf_explain(run->perf, &text) < 0)
		bi_child_note(run, "", "-perf: out of memory");
	else if (text.len > 0)
		bi_child_note(run, "", bi_buf_str(&text));
	bi_buf_release(&text);
}

void bi_counters_end(struct bi_run *run)
{
	bi_perf_free(run->perf);
	run->perf = NULL;
}

static bool has_metric(const struct bi_bench *bench, const char *unit)
{
	size_t i;

	for (i = 0; i < bench->metrics.count; i++) {
		if (strcmp(bench->metrics.list[i].unit, unit) == 0)
			return true;
	}
	return false;
}

void bi_counters_take(struct bi_bench *bench)
{
	const struct bi_perf_list *list = &bench->run->flags->perf;
	double n = (double)bench->pub.n, value;
	size_t i;

	if (bench->run->perf == NULL || bench->pub.n == 0)
		return;
	for (i = 0; i < list->count; i++) {
		const char *unit = list->event[i]->unit;

		if (has_metric(bench, unit) ||
		    !bi_perf_value(bench->run->perf, i, &value))
			continue;
		if (bi_metrics_set(&bench->metrics, unit, value / n) < 0)
			bi_bench_complain(bench, "out of memory");
	}
}
