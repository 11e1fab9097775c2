/* What the compiler makes of a careless benchmark: each of these times nothing.
 *
 * Every TRAP is one as a bench_loop() body and as a "for (i < b->n)" body. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <benchkit/bench.h>

#define TRAP(Name, before, body, after)                                        \
	BENCHMARK(Loop##Name)                                                  \
	{                                                                      \
		before;                                                        \
		while (bench_loop(b)) {                                        \
			body;                                                  \
		}                                                              \
		after;                                                         \
	}                                                                      \
	BENCHMARK(Calls##Name)                                                 \
	{                                                                      \
		int64_t trap_i;                                                \
		before;                                                        \
		for (trap_i = 0; trap_i < b->n; trap_i++) {                    \
			body;                                                  \
		}                                                              \
		after;                                                         \
	}

#define NOTHING ((void)0)

static volatile unsigned sink;
static volatile double real_sink;
static const unsigned table[8] = {3, 1, 4, 1, 5, 9, 2, 6};
static unsigned input = 12345;

static unsigned square(unsigned x)
{
	return x * x + 3;
}

static unsigned sum(const unsigned *values, int count)
{
	unsigned total = 0;
	int i;

	for (i = 0; i < count; i++)
		total += values[i];
	return total;
}

static void fill(unsigned *values, int count)
{
	int i;

	for (i = 0; i < count; i++)
		values[i] = input + (unsigned)i;
}

static unsigned mix(unsigned x)
{
	x ^= x >> 16;
	x *= 0x7feb352du;
	x ^= x >> 15;
	x *= 0x846ca68bu;
	return x ^ x >> 16;
}

/* Nothing in it at all. */
TRAP(Empty, NOTHING, NOTHING, NOTHING)

/* A result that nobody looks at. */
TRAP(Unused, unsigned x = input, (void)mix(x), NOTHING)
TRAP(UnusedReal, double x = input, (void)(x * x / 3), NOTHING)
TRAP(UnusedStore, unsigned x = input, unsigned y[4]; y[1] = mix(x); (void)y,
     NOTHING)
TRAP(UnusedClear, NOTHING, char text[16]; memset(text, 0, sizeof(text)),
     NOTHING)
TRAP(UnusedSum, unsigned total = 0, total += square(7), (void)total)

/* A result that is known when compiling. */
TRAP(Constant, NOTHING, bench_keep(square(7)), NOTHING)
TRAP(ConstantLength, NOTHING, bench_keep(strlen("a constant text")), NOTHING)
TRAP(ConstantMix, NOTHING, bench_keep(mix(42)), NOTHING)
TRAP(ConstantRoot, NOTHING, bench_keep(sqrt(2.0)), NOTHING)
TRAP(ConstantSink, NOTHING, sink = square(9), NOTHING)
TRAP(ConstantTable, NOTHING, bench_keep(table[3] + table[5]), NOTHING)
TRAP(ConstantCompare, NOTHING, bench_keep(strcmp("abc", "abd") < 0), NOTHING)

/* The same computation every time: it moves out of the loop. */
TRAP(Hoisted, unsigned x = input, bench_keep(mix(x)), NOTHING)
TRAP(HoistedTwice, unsigned x = input, bench_keep(mix(mix(x))), NOTHING)
TRAP(HoistedDivision, unsigned x = input, bench_keep(1000000007u / (x | 1)),
     NOTHING)
TRAP(HoistedSquare, unsigned x = input, sink = square(x), NOTHING)
TRAP(HoistedReal, double x = input, bench_keep(x * x * 0.25 + x), NOTHING)
TRAP(HoistedSum, unsigned a[4]; fill(a, 4), bench_keep(sum(a, 4)), NOTHING)

/* A sum whose terms are all the same, or a count: a product in disguise. */
TRAP(Sum, unsigned total = 0, total += square(7), bench_keep(total))
TRAP(SumHoisted, unsigned total = 0; unsigned x = input, total += mix(x),
     bench_keep(total))
TRAP(Count, unsigned count = 0, count++, bench_keep(count))

/* Only the last of them counts. */
TRAP(Last, unsigned x = input; unsigned last = 0, last = mix(x),
     bench_keep(last))
TRAP(LastSink, double last = 0; double x = input, last = x * 1.5,
     real_sink = last)

/* Memory that is taken and given back unseen. */
TRAP(Allocation, NOTHING, free(malloc(16)), NOTHING)

BENCH_MAIN();
