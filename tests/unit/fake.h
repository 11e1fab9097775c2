/* A clock that only moves when a test moves it, and counts of allocations that a
 * test makes up, in the place of src/clock/clock.c and src/memory/counting.c. */
#ifndef TESTS_UNIT_FAKE_H
#define TESTS_UNIT_FAKE_H

#include <stdint.h>

#include "clock/clock.h"
#include "memory/counting.h"

static struct {
	int64_t now_ns;
	int64_t read_ns; /* what reading the clock takes */
	struct bi_counts counts;
	const char *no_counts; /* why there are none; NULL: there are */
	int64_t live, most;    /* bytes; most since they were read */
} fake = {.now_ns = 1000};

struct bi_instant bi_clock_now(void)
{
	fake.now_ns += fake.read_ns;
	return (struct bi_instant){fake.now_ns};
}

int64_t bi_clock_between(struct bi_instant from, struct bi_instant to)
{
	return to.ns - from.ns;
}

int64_t bi_clock_since(struct bi_instant from)
{
	return bi_clock_between(from, bi_clock_now());
}

bool bi_counting_read(struct bi_counts *out)
{
	if (fake.no_counts != NULL)
		return false;
	*out = fake.counts;
	return true;
}

bool bi_counting_watch(bool on)
{
	(void)on;
	return fake.no_counts == NULL;
}

void bi_counting_live(int64_t *now, int64_t *most)
{
	*now = fake.live;
	*most = fake.most;
	fake.most = fake.live;
}

const char *bi_counting_unavailable_reason(void)
{
	return fake.no_counts;
}

/* Let NS pass, with ALLOCS allocations of 8 bytes. */
static void pass(int64_t ns, uint64_t allocs)
{
	fake.now_ns += ns;
	fake.counts.allocs += allocs;
	fake.counts.bytes += 8 * allocs;
}

#endif
