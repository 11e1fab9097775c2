/* A quantity that goes up and down, and the most it was. */
#ifndef BI_MEMORY_GAUGE_H
#define BI_MEMORY_GAUGE_H

#include <stdatomic.h>
#include <stdint.h>

/* Shared by all threads: the highest of a sum is not to be had from parts. */
struct bi_gauge {
	_Atomic int64_t now;
	_Atomic int64_t most;
};

static inline void bi_gauge_reset(struct bi_gauge *gauge)
{
	atomic_store(&gauge->now, 0);
	atomic_store(&gauge->most, 0);
}

static inline void bi_gauge_add(struct bi_gauge *gauge, int64_t n)
{
	int64_t now = atomic_fetch_add(&gauge->now, n) + n;
	int64_t most = atomic_load(&gauge->most);

	while (now > most &&
	       !atomic_compare_exchange_weak(&gauge->most, &most, now))
		continue;
}

/* The present value, and the highest since the read before.  One thread at a
 * time reads. */
static inline void bi_gauge_read(struct bi_gauge *gauge, int64_t *now,
				 int64_t *most)
{
	*now = atomic_load(&gauge->now);
	*most = atomic_exchange(&gauge->most, *now);
}

#endif
