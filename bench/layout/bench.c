/* The benchmarks of bench/layout.sh: the same in all variants. */
#include <string.h>

#include <benchkit/bench.h>

#include "parts.h"

#define COUNT 256

static unsigned char text[4 * COUNT];
static int value[COUNT];

static void fill(void)
{
	uint32_t x = 1;
	size_t i;

	for (i = 0; i < sizeof(text); i++) {
		x = x * 1664525 + 1013904223;
		text[i] = (unsigned char)(x >> 27 == 0 ? ' ' : 'a' + (x >> 28));
		value[i / 4] = (int)(x >> 8);
	}
}

BENCHMARK(Digest)
{
	fill();
	while (bench_loop(b))
		bench_keep(digest(text, sizeof(text)));
}

BENCHMARK(Order)
{
	int copy[COUNT];

	fill();
	while (bench_loop(b)) {
		memcpy(copy, value, sizeof(copy));
		order(copy, COUNT / 4);
		bench_keep(copy);
	}
}

BENCHMARK(Words)
{
	fill();
	while (bench_loop(b))
		bench_keep(words(text, sizeof(text)));
}

BENCHMARK(Find)
{
	uint32_t x = 1;

	fill();
	order(value, COUNT);
	while (bench_loop(b)) {
		x = x * 1664525 + 1013904223;
		bench_keep(find(value, COUNT, (int)(x >> 8)));
	}
}

BENCH_MAIN();
