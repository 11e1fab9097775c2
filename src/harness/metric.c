/* The metrics that one run of a benchmark reported. */
#include "harness/metric.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/grow.h"
#include "base/utf8.h"

static bool is_unit(const char *unit)
{
	size_t len = strlen(unit), i, size;

	for (i = 0; i < len; i += size) {
		uint32_t c = bi_utf8_next(unit + i, len - i, &size);

		if (c != BI_UTF8_INVALID && bi_rune_is_space(c))
			return false;
	}
	return len > 0;
}

int bi_metrics_set(struct bi_metrics *metrics, const char *unit, double value)
{
	struct bench_metric *list;
	size_t i = 0;
	char *copy;
	int order = 1;

	if (!is_unit(unit))
		return BENCH_EINPUT;
	while (i < metrics->count &&
	       (order = strcmp(metrics->list[i].unit, unit)) < 0)
		i++;
	if (i < metrics->count && order == 0) {
		metrics->list[i].value = value;
		return 0;
	}
	list = bi_grow(metrics->list, &metrics->capacity, metrics->count + 1,
		       sizeof(*list));
	if (list == NULL)
		return BENCH_ENOMEM;
	metrics->list = list;
	copy = strdup(unit);
	if (copy == NULL)
		return BENCH_ENOMEM;
	memmove(&metrics->list[i + 1], &metrics->list[i],
		(metrics->count - i) * sizeof(*metrics->list));
	metrics->list[i] = (struct bench_metric){copy, value};
	metrics->count++;
	return 0;
}

int bi_metrics_offer(struct bi_metrics *metrics, const char *unit, double value)
{
	size_t i;

	for (i = 0; i < metrics->count; i++)
		if (strcmp(metrics->list[i].unit, unit) == 0)
			return 0;
	return bi_metrics_set(metrics, unit, value);
}

void bi_metrics_reset(struct bi_metrics *metrics)
{
	size_t i;

	for (i = 0; i < metrics->count; i++)
		free((char *)metrics->list[i].unit);
	metrics->count = 0;
}

void bi_metrics_release(struct bi_metrics *metrics)
{
	bi_metrics_reset(metrics);
	free(metrics->list);
	*metrics = (struct bi_metrics){0};
}
