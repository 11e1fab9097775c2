/* Benchmarks that time what they say, of a nanosecond and up: nothing may be
 * said of them.  Each is one as a bench_loop() body and as a "for (i < b->n)"
 * body; the table is below. */
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <benchkit/bench.h>

#define NOTHING ((void)0)

/* What is given may be a macro that stands for both. */
#define HONEST(...) HONEST_PARTS(__VA_ARGS__)
#define HONEST_PARTS(Name, before, body)                                       \
	BENCHMARK(Loop##Name)                                                  \
	{                                                                      \
		before;                                                        \
		while (bench_loop(b)) {                                        \
			body;                                                  \
		}                                                              \
	}                                                                      \
	BENCHMARK(Calls##Name)                                                 \
	{                                                                      \
		int64_t honest_i;                                              \
		before;                                                        \
		bench_reset_timer(b);                                          \
		for (honest_i = 0; honest_i < b->n; honest_i++) {              \
			body;                                                  \
		}                                                              \
	}

#define TWICE(step) step; step
#define FOUR_TIMES(step) TWICE(TWICE(step))
#define EIGHT_TIMES(step) TWICE(FOUR_TIMES(step))

/* One after the other, each waits for that before it. */
#define ON_UNSIGNED(step) unsigned x = input, x = (step); bench_keep(x)
#define ON_WORD(step) uint64_t x = input, x = (step); bench_keep(x)
#define ON_REAL(step) double x = input, x = (step); bench_keep(x)

#define LENGTH 256

struct link {
	struct link *next;
	uint64_t value;
};

static unsigned input = 12345;
static unsigned values[LENGTH];
static char text[LENGTH] = "a text of some length, which is looked at";
static char copy[LENGTH];
static struct link links[LENGTH];
static volatile unsigned sink;
static atomic_uint shared;

static __attribute__((constructor)) void fill(void)
{
	unsigned i;

	for (i = 0; i < LENGTH; i++) {
		values[i] = i * 2654435761u;
		links[i].next = &links[(i * 7 + 1) % LENGTH];
		links[i].value = i;
	}
}

static __attribute__((noinline)) unsigned called(unsigned x)
{
	__asm__ volatile("");
	return x + 1;
}

static unsigned mix(unsigned x)
{
	x ^= x >> 16;
	x *= 0x7feb352du;
	x ^= x >> 15;
	x *= 0x846ca68bu;
	return x ^ x >> 16;
}

static unsigned sum(const unsigned *from, int count)
{
	unsigned total = 0;
	int i;

	for (i = 0; i < count; i++)
		total += from[i];
	return total;
}

static int compare(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

static void spin(int turns)
{
	int i;

	for (i = 0; i < turns; i++)
		__asm__ volatile("");
}

/* Arithmetic. */
HONEST(Multiply, ON_UNSIGNED(x * 2654435761u))
HONEST(MultiplyWord, ON_WORD(x * 6364136223846793005u + 1442695040888963407u))
HONEST(MultiplyAdd, ON_UNSIGNED(x * 69069 + 1))
HONEST(Divide, ON_UNSIGNED(1000000007u / (x | 1)))
HONEST(DivideWord, ON_WORD((x ^ 0x123456789abcdefu) / (x | 3)))
HONEST(Remainder, ON_UNSIGNED(x % 1000003 + 77777777u))
HONEST(Mix, ON_UNSIGNED(mix(x)))
HONEST(Xorshift, uint64_t x = input, x ^= x << 13; x ^= x >> 7; x ^= x << 17;
       bench_keep(x))
HONEST(Adds, unsigned x = input; unsigned y = input,
       EIGHT_TIMES(x += y; bench_keep(x)))
HONEST(Shifts, unsigned x = input,
       EIGHT_TIMES(x = (x << 3) + (x >> 5); bench_keep(x)))
HONEST(Rotate, ON_WORD((x << 13 | x >> 51) * 5 + 0xe6546b64))
HONEST(Bits, ON_WORD((uint64_t)__builtin_popcountll(x) * 0x9e3779b97f4a7c15u))
HONEST(Zeros, ON_WORD((uint64_t)__builtin_clzll(x | 1) * 0x9e3779b97f4a7c15u))
HONEST(Collatz, ON_UNSIGNED((x & 1) ? 3 * x + 1 : x / 2 + 7))
HONEST(Spin, volatile int turns = 4, spin(turns))
HONEST(SpinLonger, volatile int turns = 16, spin(turns))
HONEST(SpinLong, volatile int turns = 100, spin(turns))

/* Floating point. */
HONEST(AddReal, ON_REAL(x + 1.5))
HONEST(MultiplyReal, ON_REAL(x * 1.0000001))
HONEST(DivideReal, ON_REAL(7.0 / x))
HONEST(Root, ON_REAL(sqrt(x) + 2))
HONEST(Polynomial, ON_REAL(((x * 0.25 - 1) * x + 0.5) * 0.001 + 1))
HONEST(SumReal, double total = 0; double x = input, total += x;
       bench_keep(total))
HONEST(Convert, ON_REAL((double)(int64_t)(x * 1.25) - x))
HONEST(Sine, ON_REAL(sin(x)))
HONEST(Logarithm, ON_REAL(log(x + 10)))

/* Memory. */
HONEST(Chase, struct link *at = links, at = at->next; bench_keep(at))
HONEST(ChaseAdd, struct link *at = links; uint64_t x = 0, at = at->next;
       x += at->value; bench_keep(x))
HONEST(Lookup, unsigned x = input, x = values[x % LENGTH] + 1; bench_keep(x))
HONEST(Variable, volatile unsigned x = 0, x = x + 1)
HONEST(Global, NOTHING, sink = sink + 1)
HONEST(Sum4, NOTHING, bench_clobber(); bench_keep(sum(values, 4)))
HONEST(Sum16, NOTHING, bench_clobber(); bench_keep(sum(values, 16)))
HONEST(Sum256, NOTHING, bench_clobber(); bench_keep(sum(values, LENGTH)))
HONEST(Store, NOTHING, memset(copy, 1, 64); bench_clobber())
HONEST(StoreAll, NOTHING, memset(copy, 1, LENGTH); bench_clobber())
HONEST(Copy, NOTHING, memcpy(copy, text, LENGTH); bench_clobber())
HONEST(Swap, NOTHING, unsigned x = values[1]; values[1] = values[2] + 1;
       values[2] = x; bench_clobber())
HONEST(Frame, NOTHING, unsigned a[16]; memset(a, 1, sizeof(a)); bench_keep(a);
       bench_clobber())

/* Calls. */
HONEST(Call, ON_UNSIGNED(called(x)))
HONEST(CallOnly, NOTHING, called(1))
HONEST(CallPointer, unsigned (*volatile fn)(unsigned) = called, bench_keep(fn(1)))
HONEST(Length, NOTHING, bench_clobber(); bench_keep(strlen(text)))
HONEST(Find, NOTHING, bench_clobber(); bench_keep(memchr(text, 'z', 20)))
HONEST(CompareText, NOTHING, bench_clobber(); bench_keep(strcmp(text, copy)))
HONEST(Allocate, NOTHING, void *block = malloc(32); bench_keep(block);
       free(block))
HONEST(Search, unsigned x = 3, bench_keep(x); bench_keep(bsearch(&x, values, LENGTH,
       sizeof(*values), compare)))
HONEST(Clock, struct timespec now, clock_gettime(CLOCK_MONOTONIC, &now);
       bench_keep(now.tv_nsec))
HONEST(SystemCall, NOTHING, bench_keep(getppid()))

/* Between threads. */
HONEST(Atomic, NOTHING, atomic_fetch_add(&shared, 1))
HONEST(Exchange, unsigned x = 0, x = atomic_exchange(&shared, x) + 1)
HONEST(Fence, NOTHING, atomic_thread_fence(memory_order_seq_cst))

BENCH_MAIN();
