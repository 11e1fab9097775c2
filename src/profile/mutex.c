/* Who keeps others waiting for a lock, and how long.
 *
 * Who finds a lock taken queues in the lock's slot.  Who releases a lock and
 * finds somebody there has kept them waiting since they came, or since it last
 * was released, and says so when the lock is free.  So the sum over all holders
 * is that over all waiters.
 *
 * A slot's word is
 *
 *	tag, 12 bits | number of waiters, 10 bits | sum of their starts, 42 bits
 *
 * with times in TICK_NS, modulo 2^42: N waiters have waited N * now - sum
 * together, and after a release, when all start anew, the sum is N * now.  Half
 * of the range, 9 hours, is the longest that can be told from a negative one. */
#include "profile/mutex.h"

#include "profile/events.h"
#include "profile/kind.h"
#include "profile/random.h"
#include "profile/thread.h"
#include "profile/wait.h"

#define TICK_NS 16

/* So that a product with it is in range. */
#define MOST_FRACTION 100000

enum { SUM_BITS = 42, COUNT_BITS = 10, TAG_BITS = 12 };

_Static_assert(SUM_BITS + COUNT_BITS + TAG_BITS == 64, "one word");

#define SUM_MASK ((UINT64_C(1) << SUM_BITS) - 1)
#define COUNT_MASK ((UINT64_C(1) << COUNT_BITS) - 1)
#define TAG_MASK ((UINT64_C(1) << TAG_BITS) - 1)

struct bi_mutex_slot bi_mutex_slots[BI_MUTEX_SLOTS];

static struct {
	struct bi_events events;
	int64_t fraction;
	_Atomic int64_t missed; /* waits that found their slot taken */
} mutex;

/* ---- A slot's word ---- */

struct queue {
	uint64_t tag, count, sum;
};

static struct queue unpack(uint64_t word)
{
	return (struct queue){word >> (SUM_BITS + COUNT_BITS),
			      word >> SUM_BITS & COUNT_MASK, word & SUM_MASK};
}

static uint64_t pack(struct queue queue)
{
	if (queue.count == 0)
		return 0;
	return queue.tag << (SUM_BITS + COUNT_BITS) |
	       queue.count << SUM_BITS | (queue.sum & SUM_MASK);
}

static uint64_t tag_of(const void *lock)
{
	return bi_mutex_hash(lock) & TAG_MASK;
}

static uint64_t ticks(struct bi_instant at)
{
	return (uint64_t)at.ns / TICK_NS;
}

/* ---- Waiters ---- */

void bi_mutex_queue(const void *lock, struct bi_instant now,
		    struct bi_mutex_place *place)
{
	struct bi_mutex_slot *slot = bi_mutex_slot_of(lock);
	uint64_t tag = tag_of(lock), word;
	struct queue queue;

	if (!bi_gate_is_open(&mutex.events.gate))
		return;
	word = atomic_load(&slot->waiters);
	do {
		queue = unpack(word);
		if (queue.count == COUNT_MASK ||
		    (queue.count > 0 && queue.tag != tag)) {
			atomic_fetch_add(&mutex.missed, 1);
			return;
		}
		queue.tag = tag;
		queue.count++;
		queue.sum += ticks(now);
	} while (!atomic_compare_exchange_weak(&slot->waiters, &word,
					       pack(queue)));
	*place = (struct bi_mutex_place){slot, tag, ticks(now)};
}

void bi_mutex_unqueue(const struct bi_mutex_place *place)
{
	uint64_t word, since, released;
	struct queue queue;

	if (place->slot == NULL)
		return;
	word = atomic_load(&place->slot->waiters);
	do {
		queue = unpack(word);
		/* Emptied by a new start. */
		if (queue.count == 0 || queue.tag != place->tag)
			return;
		released = atomic_load(&place->slot->released);
		since = released > place->since ? released : place->since;
		queue.count--;
		queue.sum -= since;
	} while (!atomic_compare_exchange_weak(&place->slot->waiters, &word,
					       pack(queue)));
}

/* ---- Holders ---- */

int64_t bi_mutex_charge(const void *lock)
{
	struct bi_mutex_slot *slot = bi_mutex_slot_of(lock);
	uint64_t word = atomic_load(&slot->waiters), tag = tag_of(lock);
	uint64_t now = ticks(bi_clock_now()), kept;
	struct queue queue;

	do {
		queue = unpack(word);
		if (queue.count == 0 || queue.tag != tag)
			return 0;
		kept = queue.count * now - queue.sum;
		queue.sum = queue.count * now;
	} while (!atomic_compare_exchange_weak(&slot->waiters, &word,
					       pack(queue)));
	atomic_store(&slot->released, now);
	kept &= SUM_MASK;
	/* Negative when readers release at once, or a waiter came after NOW. */
	return kept > SUM_MASK / 2 ? 0 : (int64_t)kept * TICK_NS;
}

void bi_mutex_add(int64_t kept_ns, const void *caller)
{
	int64_t n = mutex.fraction;

	if (bi_thread_is_apart() ||
	    (n > 1 && bi_random_below((uint64_t)n) != 0))
		return;
	bi_events_add(&mutex.events, caller, n, kept_ns * n);
}

/* ---- The kind ---- */

static int start(int64_t rate, struct bench_error *err)
{
	size_t i;
	int rc;

	/* Who has waited since an earlier start, or in the parent of a fork. */
	for (i = 0; i < BI_MUTEX_SLOTS; i++) {
		atomic_store(&bi_mutex_slots[i].waiters, 0);
		atomic_store(&bi_mutex_slots[i].released, 0);
	}
	atomic_store(&mutex.missed, 0);
	mutex.fraction = rate < MOST_FRACTION ? rate : MOST_FRACTION;
	rc = bi_events_start(&mutex.events, err);
	if (rc == 0)
		bi_wait_want(BI_WAIT_MUTEX);
	return rc;
}

static void stop(void)
{
	bi_wait_unwant(BI_WAIT_MUTEX);
	bi_events_stop(&mutex.events);
}

static void forget(void)
{
	bi_events_forget(&mutex.events);
}

static void forked(void)
{
	bi_wait_unwant(BI_WAIT_MUTEX);
	bi_events_forked(&mutex.events);
}

static int collect(struct bi_profile *out, struct bench_error *err)
{
	int64_t missed = atomic_load(&mutex.missed);
	int rc;

	bi_events_set_contentions(out);
	out->period = mutex.fraction;
	rc = bi_events_collect(&mutex.events, out);
	if (rc == 0 && missed > 0)
		rc = bi_profile_comment(out,
					"%lld waits have no holder: too many "
					"locks were waited for at once",
					(long long)missed);
	return rc == 0 ? 0 : bi_error_nomem(err);
}

static int text(const struct bi_profile *profile, struct bi_buf *out)
{
	int rc = bi_buf_addf(out,
			     "--- mutex:\n"
			     "cycles/second=1000000000\n"
			     "sampling period=%lld\n",
			     (long long)profile->period);

	return rc == 0 ? bi_events_text(profile, out) : rc;
}

const struct bi_kind bi_mutex_kind = {
	.name = "mutex",
	.description = "who keeps others waiting for a lock, and how long",
	.default_rate = 1,
	.start = start,
	.stop = stop,
	.collect = collect,
	.forget = forget,
	.forked = forked,
	.text = text,
};
