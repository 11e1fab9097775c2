/* Random numbers from a seed: SplitMix64 (Steele, Lea and Flood 2014, Fast
 * splittable pseudorandom number generators). */
#ifndef BI_BASE_RANDOM_H
#define BI_BASE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bi_random {
	uint64_t state; /* the seed at first */
};

static inline uint64_t bi_random_bits(struct bi_random *random)
{
	uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* 0..LIMIT - 1, LIMIT > 0.  The bias of the remainder is LIMIT / 2^64. */
static inline uint64_t bi_random_below(struct bi_random *random, uint64_t limit)
{
	return bi_random_bits(random) % limit;
}

static inline bool bi_random_coin(struct bi_random *random)
{
	return bi_random_bits(random) >> 63 != 0;
}

/* 0 <= x < 1, in steps of 2^-53. */
static inline double bi_random_unit(struct bi_random *random)
{
	return (double)(bi_random_bits(random) >> 11) * 0x1p-53;
}

#endif
