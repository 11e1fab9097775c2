/* Numbers that many threads change: a tally, which keeps one for each key, and
 * a counter, which is a single one.
 *
 *	struct tally *hits = tally_new(64);
 *
 *	if (hits == NULL)
 *		goto out_of_memory;
 *	...
 *	if (tally_add(hits, page, 1) < 0)      in any thread
 *		goto out_of_memory;
 *	...
 *	tally_free(hits);
 *
 * before.c, after.c and further.c implement all of this header: link one, with
 * thread_number.c and the hash map.
 *
 * Any thread may call anything at any time, except that nobody may use what is
 * being freed. */
#ifndef SHARDING_H
#define SHARDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tally;
struct counter;

/* The most parts that a tally or a counter may be made of. */
enum { SHARDS_MOST = 4096 };

/* An empty tally, made of SHARDS parts where the variant has parts: a power of
 * two, at most SHARDS_MOST.  NULL with errno: ENOMEM or EINVAL. */
struct tally *tally_new(size_t shards);

/* NULL is allowed. */
void tally_free(struct tally *tally);

/* Add N to the number of KEY, which is 0 at first.  Returns 0, or -1 if there
 * is no memory: nothing is added then. */
int tally_add(struct tally *tally, uint64_t key, uint64_t n);

/* The number of KEY. */
uint64_t tally_get(struct tally *tally, uint64_t key);

/* How many keys have a number.  While others add, it need not be what it was at
 * any one moment: it counts each key that was there before the call, and none
 * that came after it. */
size_t tally_count(struct tally *tally);

/* A counter at 0.  Like tally_new(). */
struct counter *counter_new(size_t shards);

/* NULL is allowed. */
void counter_free(struct counter *counter);

/* Add N. */
void counter_add(struct counter *counter, uint64_t n);

/* What was added before the call, and perhaps some of what others add
 * meanwhile. */
uint64_t counter_read(struct counter *counter);

#endif
