/* 11. Frequency: nanoseconds are not cycles.
 *
 * The clock of a processor is what load, heat and the power plan let it be: the
 * same code takes half as long in the first second of a cold laptop as in its
 * tenth minute.  Wrong measures the work alone, and whoever compares two such
 * numbers compares two frequencies.  Right has a yardstick beside it: Chain is
 * one multiplication after the other, each waiting for the last, which takes the
 * same number of cycles whatever the compiler does with it.  If Chain has
 * changed between two recordings, the machine has, and the rest says nothing.
 *
 * benchkit writes the processor's name into the recording; the governor and the
 * turbo are yours to look at (or to fix, on a machine of your own).
 *
 * Run:  11-frequency -benchtime=1000x
 * Rows: Wrong Right/Chain Right/Work
 */
#include <benchkit/bench.h>

#include <stdint.h>

#define LENGTH 16

static volatile uint64_t seed = 1;

static uint64_t mix(uint64_t x)
{
	x ^= x >> 31;
	x *= 0x9e3779b97f4a7c15;
	return x ^ x >> 29;
}

static void work(bench_b *b, void *arg)
{
	uint64_t x = seed;

	(void)arg;
	while (bench_loop(b))
		x = mix(x);
	bench_keep(x);
}

static void chain(bench_b *b, void *arg)
{
	uint64_t x = seed;
	int i;

	(void)arg;
	while (bench_loop(b)) {
		for (i = 0; i < LENGTH; i++) {
			x *= 5;
			/* Not to be made one multiplication by 5^16. */
			bench_keep(x);
			__asm__ volatile("" : "+r"(x));
		}
	}
}

BENCHMARK(Wrong)
{
	work(b, NULL);
}

BENCHMARK(Right)
{
	bench_run(b, "Chain", chain, NULL);
	bench_run(b, "Work", work, NULL);
}

BENCH_MAIN();
