/* Seeded random numbers for tests: the same on every machine (SplitMix64,
 * Steele, Lea and Flood 2014). */
#ifndef TESTS_PROP_RANDOM_H
#define TESTS_PROP_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
	uint64_t state; /* the seed at first */
};

static inline uint64_t random_bits(struct random *r)
{
	uint64_t z;

	r->state += 0x9e3779b97f4a7c15;
	z = r->state;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* 0..LIMIT - 1.  Slightly uneven for a LIMIT near 2^64: none of ours is. */
static inline size_t random_below(struct random *r, size_t limit)
{
	return (size_t)(random_bits(r) % limit);
}

/* Uniform in [0, 1). */
static inline double random_unit(struct random *r)
{
	return (double)(random_bits(r) >> 11) * 0x1p-53;
}

#endif
