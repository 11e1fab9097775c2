/* Chance, for sampling: xorshift (Marsaglia 2003), a sequence for each thread. */
#include "profile/random.h"

#include "clock/clock.h"

static _Thread_local uint64_t state __attribute__((tls_model("initial-exec")));

/* Different for each thread and each run. */
static uint64_t seed(void)
{
	uint64_t now = (uint64_t)bi_clock_now().ns;

	return (now ^ (uintptr_t)&state) * UINT64_C(0x9e3779b97f4a7c15) | 1;
}

uint64_t bi_random_below(uint64_t limit)
{
	uint64_t x = state != 0 ? state : seed();

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	state = x;
	/* The upper bits are the better ones. */
	return (uint64_t)((unsigned __int128)x * limit >> 64);
}
