/* A finished profile: plain data. */
#include "profile/profile.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

int bi_profile_add(struct bi_profile *profile, const struct bi_sample *sample)
{
	size_t size = sample->depth * sizeof(sample->pcs[0]);
	uintptr_t *pcs;

	if (profile->sample_count == profile->sample_capacity) {
		size_t capacity = profile->sample_capacity * 2 + 64;
		struct bi_sample *samples = reallocarray(
			profile->samples, capacity, sizeof(*samples));

		if (samples == NULL)
			return BENCH_ENOMEM;
		profile->samples = samples;
		profile->sample_capacity = capacity;
	}
	pcs = bi_arena_alloc(&profile->arena, size);
	if (pcs == NULL)
		return BENCH_ENOMEM;
	memcpy(pcs, sample->pcs, size);
	profile->samples[profile->sample_count] = *sample;
	profile->samples[profile->sample_count++].pcs = pcs;
	return 0;
}

int bi_profile_comment(struct bi_profile *profile, const char *fmt, ...)
{
	struct bi_buf text = BI_BUF_INIT;
	const char **comments;
	const char *copy = NULL;
	va_list ap;

	comments = reallocarray((void *)profile->comments,
				profile->comment_count + 1, sizeof(*comments));
	if (comments == NULL)
		return BENCH_ENOMEM;
	profile->comments = comments;
	va_start(ap, fmt);
	if (bi_buf_vaddf(&text, fmt, ap) == 0)
		copy = bi_arena_copy(&profile->arena, bi_buf_str(&text),
				     text.len);
	va_end(ap);
	bi_buf_release(&text);
	if (copy == NULL)
		return BENCH_ENOMEM;
	comments[profile->comment_count++] = copy;
	return 0;
}

/* ---- Merging ---- */

static int compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* By everything that tells samples apart. */
static int by_key(const void *a, const void *b)
{
	const struct bi_sample *x = a, *y = b;
	int order = compare(x->depth, y->depth);
	size_t i;

	if (order == 0)
		order = compare(x->tags.thread, y->tags.thread);
	if (order == 0)
		order = compare(x->tags.benchmark, y->tags.benchmark);
	if (order == 0)
		order = compare((uint64_t)x->bytes, (uint64_t)y->bytes);
	for (i = 0; order == 0 && i < x->depth; i++)
		order = compare(x->pcs[i], y->pcs[i]);
	return order;
}

/* Of samples that are together as far as they go, FROM joins TO. */
static void join(struct bi_sample *to, const struct bi_sample *from)
{
	size_t i;

	for (i = 0; i < BI_TABLE_VALUES; i++)
		to->value[i] += from->value[i];
}

static bool is_nothing(const struct bi_sample *sample)
{
	size_t i;

	for (i = 0; i < BI_TABLE_VALUES; i++)
		if (sample->value[i] != 0)
			return false;
	return true;
}

/* Larger values first; what is equal has an order of its own, so that two
 * writes of one profile are the same. */
static int by_value(const void *a, const void *b)
{
	const struct bi_sample *x = a, *y = b;
	size_t i;

	for (i = BI_TABLE_VALUES; i-- > 0;)
		if (x->value[i] != y->value[i])
			return x->value[i] > y->value[i] ? -1 : 1;
	return by_key(a, b);
}

static void merge_samples(struct bi_profile *profile)
{
	struct bi_sample *samples = profile->samples;
	size_t i, count = 0;

	if (profile->sample_count == 0)
		return;
	qsort(samples, profile->sample_count, sizeof(*samples), by_key);
	for (i = 1; i < profile->sample_count; i++) {
		if (by_key(&samples[count], &samples[i]) == 0) {
			join(&samples[count], &samples[i]);
			continue;
		}
		if (!is_nothing(&samples[count]))
			count++;
		samples[count] = samples[i];
	}
	if (!is_nothing(&samples[count]))
		count++;
	profile->sample_count = count;
	qsort(samples, count, sizeof(*samples), by_value);
}

int bi_profile_subtract(struct bi_profile *profile,
			const struct bi_profile *less)
{
	size_t i, j;
	int rc = 0;

	for (i = 0; rc == 0 && i < less->sample_count; i++) {
		struct bi_sample sample = less->samples[i];

		for (j = 0; j < BI_TABLE_VALUES; j++)
			sample.value[j] = -sample.value[j];
		rc = bi_profile_add(profile, &sample);
	}
	return rc;
}

/* ---- Locations ---- */

static int by_pc(const void *a, const void *b)
{
	const struct bi_location *x = a, *y = b;

	return compare(x->pc, y->pc);
}

static int find_locations(struct bi_profile *profile)
{
	struct bi_location *locations;
	size_t i, j, total = 0, count = 0;

	for (i = 0; i < profile->sample_count; i++)
		total += profile->samples[i].depth;
	locations = calloc(total + 1, sizeof(*locations));
	if (locations == NULL)
		return BENCH_ENOMEM;
	total = 0;
	for (i = 0; i < profile->sample_count; i++)
		for (j = 0; j < profile->samples[i].depth; j++)
			locations[total++].pc = profile->samples[i].pcs[j];
	qsort(locations, total, sizeof(*locations), by_pc);
	for (i = 0; i < total; i++)
		if (count == 0 || locations[count - 1].pc != locations[i].pc)
			locations[count++] = locations[i];
	free(profile->locations);
	profile->locations = locations;
	profile->location_count = count;
	return 0;
}

int bi_profile_merge(struct bi_profile *profile)
{
	merge_samples(profile);
	return find_locations(profile);
}

const struct bi_location *bi_profile_location(const struct bi_profile *profile,
					      uintptr_t pc)
{
	struct bi_location key = {.pc = pc};

	return bsearch(&key, profile->locations, profile->location_count,
		       sizeof(key), by_pc);
}

void bi_profile_keep(struct bi_profile *profile, const char *name)
{
	size_t i, count = 0;

	for (i = 0; i < profile->sample_count; i++) {
		uint32_t id = profile->samples[i].tags.benchmark;

		if (id != 0 && strcmp(bi_label_of(id).value, name) == 0)
			profile->samples[count++] = profile->samples[i];
	}
	profile->sample_count = count;
}

void bi_profile_release(struct bi_profile *profile)
{
	free(profile->samples);
	free((void *)profile->comments);
	free(profile->mappings);
	free(profile->locations);
	bi_arena_release(&profile->arena);
	*profile = (struct bi_profile)BI_PROFILE_INIT;
}
