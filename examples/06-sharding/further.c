/* The tally of after.c, and a counter without locks: a thread adds to a number
 * that only it writes.  Threads beyond those that have a number of their own
 * share the last. */
#define COUNTER_PER_THREAD
#include "after.c"

#include <stdatomic.h>

struct part {
	_Alignas(SHARD_ALIGN) _Atomic uint64_t n;
};

struct counter {
	struct part part[THREADS_MOST + 1];
};

struct counter *counter_new(size_t shards)
{
	struct counter *counter;
	size_t i;

	if (!is_number_of_shards(shards)) {
		errno = EINVAL;
		return NULL;
	}
	counter = aligned_alloc(_Alignof(struct counter), sizeof(*counter));
	if (counter == NULL)
		return NULL;
	for (i = 0; i <= THREADS_MOST; i++)
		atomic_init(&counter->part[i].n, 0);
	return counter;
}

void counter_free(struct counter *counter)
{
	free(counter);
}

/* Reading and writing apart are only right where nobody else writes, and are a
 * plain addition to the processor: no thread waits for another's. */
void counter_add(struct counter *counter, uint64_t n)
{
	unsigned number = thread_number();
	_Atomic uint64_t *own = &counter->part[number].n;

	if (number == THREADS_MOST)
		atomic_fetch_add_explicit(own, n, memory_order_relaxed);
	else
		atomic_store_explicit(
			own,
			atomic_load_explicit(own, memory_order_relaxed) + n,
			memory_order_relaxed);
}

uint64_t counter_read(struct counter *counter)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i <= THREADS_MOST; i++)
		n += atomic_load_explicit(&counter->part[i].n,
					  memory_order_relaxed);
	return n;
}
