/* 9. Branch history: a predictor learns the input by heart.
 *
 * count() branches on every byte.  Wrong gives it the same 512 random bytes in
 * every iteration; today's predictors remember that many outcomes, and after a
 * few rounds guess nearly all of them.  In the program the bytes are new each
 * time, and half the guesses are wrong.  Right cycles through a megabyte of
 * them, more than a predictor remembers.
 *
 * Both count the same share of bytes; only what was seen before differs.
 * "taken/op" says so.
 *
 * Run:  09-branch-history -benchtime=2048x
 * Rows: Wrong Right
 * Says: BenchmarkWrong.* 2[0-9][0-9].[0-9] taken/op
 * Says: BenchmarkRight.* 2[0-9][0-9].[0-9] taken/op
 */
#include <benchkit/bench.h>

#include <stdlib.h>

#define BLOCK  512
#define BLOCKS 2048

static unsigned count(const unsigned char *byte)
{
	unsigned taken = 0;
	int i;

	for (i = 0; i < BLOCK; i++) {
		if (byte[i] >= 128) {
			/* Without this it is an addition, and no branch. */
			__asm__ volatile("" : "+r"(taken));
			taken++;
		}
	}
	return taken;
}

/* Go round BLOCKS blocks. */
static void measure(bench_b *b, unsigned blocks)
{
	unsigned char *byte = malloc((size_t)BLOCK * BLOCKS);
	unsigned state = 1, next = 0;
	double taken = 0;
	int i;

	if (byte == NULL)
		abort();
	for (i = 0; i < BLOCK * BLOCKS; i++) {
		state = state * 1664525 + 1013904223;
		byte[i] = (unsigned char)(state >> 24);
	}
	while (bench_loop(b)) {
		taken += count(byte + (size_t)BLOCK * next);
		next = (next + 1) & (blocks - 1);
	}
	bench_report_metric(b, taken / (double)b->n, "taken/op");
	free(byte);
}

BENCHMARK(Wrong)
{
	measure(b, 1);
}

BENCHMARK(Right)
{
	measure(b, BLOCKS);
}

BENCH_MAIN();
