/* Who waits, and how long: for locks, conditions, semaphores, threads.
 *
 * Of waits shorter than the rate, a part is recorded, each with probability
 * length / rate, and stands for as many as were not: what is recorded is right
 * on average, and a million short waits cost no million stacks. */
#include "profile/block.h"

#include "profile/events.h"
#include "profile/kind.h"
#include "profile/random.h"
#include "profile/wait.h"

/* An hour, in ns: a sum with it is in range. */
#define MOST_RATE INT64_C(3600000000000)

static struct {
	struct bi_events events;
	int64_t rate; /* ns */
} block;

void bi_block_add(int64_t ns, const void *caller)
{
	int64_t rate = block.rate, count = 1;

	if (ns < 1)
		ns = 1;
	if (ns < rate) {
		if (bi_random_below((uint64_t)rate) >= (uint64_t)ns)
			return;
		/* rate / ns, its fraction by chance. */
		count = (rate +
			 (int64_t)bi_random_below((uint64_t)ns)) / ns;
		ns = rate;
	}
	bi_events_add(&block.events, caller, count, ns);
}

static int start(int64_t rate, struct bench_error *err)
{
	int rc;

	block.rate = rate < MOST_RATE ? rate : MOST_RATE;
	rc = bi_events_start(&block.events, err);
	if (rc == 0)
		bi_wait_want(BI_WAIT_BLOCK);
	return rc;
}

static void stop(void)
{
	bi_wait_unwant(BI_WAIT_BLOCK);
	bi_events_stop(&block.events);
}

static void forget(void)
{
	bi_events_forget(&block.events);
}

static void forked(void)
{
	bi_wait_unwant(BI_WAIT_BLOCK);
	bi_events_forked(&block.events);
}

static int collect(struct bi_profile *out, struct bench_error *err)
{
	bi_events_set_contentions(out);
	out->period = 1;
	return bi_events_collect(&block.events, out) == 0 ? 0
							  : bi_error_nomem(err);
}

static int text(const struct bi_profile *profile, struct bi_buf *out)
{
	int rc = bi_buf_adds(out, "--- contention:\n"
				  "cycles/second=1000000000\n");

	return rc == 0 ? bi_events_text(profile, out) : rc;
}

const struct bi_kind bi_block_kind = {
	.name = "block",
	.description = "who waits for locks, conditions, semaphores and "
		       "threads, and how long",
	.default_rate = 1,
	.start = start,
	.stop = stop,
	.collect = collect,
	.forget = forget,
	.forked = forked,
	.text = text,
};
