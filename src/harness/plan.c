/* Flags and registry become the ordered list of what is to run. */
#include "harness/plan.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Next value of a splitmix64 sequence (Steele, Lea and Flood 2014). */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static void shuffle(const struct bi_entry **order, size_t count, uint64_t seed)
{
	size_t i;

	for (i = count; i > 1; i--) {
		/* The bias of the remainder is below 2^-50 for any suite. */
		size_t j = (size_t)(next_random(&seed) % i);
		const struct bi_entry *swap = order[i - 1];

		order[i - 1] = order[j];
		order[j] = swap;
	}
}

static bool is_selected(const struct bi_plan *plan, const char *name)
{
	return bi_pattern_match(plan->bench, name) != BI_MATCH_NO &&
	       (plan->skip == NULL ||
		bi_pattern_match(plan->skip, name) != BI_MATCH_YES);
}

void bi_plan_order(struct bi_plan *plan, int64_t round)
{
	const struct bi_flags *flags = &plan->flags;
	size_t i;

	plan->count = 0;
	/* An empty -bench runs none. */
	if (flags->bench != NULL && flags->bench[0] == '\0')
		return;
	for (i = 0; i < plan->registry.count; i++) {
		if (is_selected(plan, plan->registry.entries[i].name))
			plan->order[plan->count++] = &plan->registry.entries[i];
	}
	if (flags->shuffle != BI_SHUFFLE_OFF)
		shuffle(plan->order, plan->count,
			flags->seed + (uint64_t)round);
}

static int compile_one(const char *flag, const char *pattern,
		       struct bi_pattern **out, struct bench_error *err)
{
	return pattern == NULL ? 0 : bi_pattern_new(flag, pattern, out, err);
}

int bi_plan_make(struct bi_plan *plan, int argc, char *const *argv,
		 struct bench_error *err)
{
	struct bi_flags *flags = &plan->flags;
	int rc;

	*plan = (struct bi_plan){0};
	rc = bi_flags_init(flags);
	if (rc < 0)
		return bi_error_nomem(err);
	rc = bi_flags_parse(flags, getenv("BENCH_FLAGS"), argc, argv, err);
	if (rc == 0)
		rc = bi_registry_list(&plan->registry, err);
	if (rc == 0)
		rc = compile_one("-bench", flags->bench, &plan->bench, err);
	/* An empty -skip leaves nothing out, as if it were not there. */
	if (rc == 0 && flags->skip != NULL && flags->skip[0] != '\0')
		rc = compile_one("-skip", flags->skip, &plan->skip, err);
	if (rc == 0)
		rc = compile_one("-list", flags->list, &plan->list, err);
	if (rc < 0)
		return rc;
	plan->order = calloc(plan->registry.count + 1, sizeof(*plan->order));
	if (plan->order == NULL)
		return bi_error_nomem(err);
	if (flags->shuffle == BI_SHUFFLE_ON)
		flags->seed = (uint64_t)time(NULL);
	bi_plan_order(plan, 0);
	return 0;
}

void bi_plan_release(struct bi_plan *plan)
{
	free((void *)plan->order);
	free(plan->registry.entries);
	bi_pattern_free(plan->bench);
	bi_pattern_free(plan->skip);
	bi_pattern_free(plan->list);
	bi_flags_release(&plan->flags);
}
