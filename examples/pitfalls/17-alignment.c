/* 17. Alignment and link order: a change somewhere else.
 *
 * Where a loop begins within its 64 bytes decides how many lines the processor
 * fetches for it and which branches share an entry of the predictor.  An added
 * function in another file, another order of the object files, a longer
 * environment move code and stack about, and with them times by several per
 * cent, up or down, with no change of the code.  Wrong takes the place that the
 * linker happened to give.  Right measures the same loop at several places: what
 * differs between those is what no claim about the code may be smaller than.
 * (Mytkowicz and others 2009, "Producing wrong data without doing anything
 * obviously wrong!")
 *
 * benchkit runs each round in a fresh process, which varies stack and heap, not
 * code.  A difference of 1 % between two builds is a claim about code only if it
 * stays when they are linked in another order.
 *
 * Run:  17-alignment -benchtime=1000x
 * Rows: Wrong Right/nops=0 Right/nops=5 Right/nops=11
 */
#include <benchkit/bench.h>

static volatile unsigned seed = 1;

#define STEPS 64

/* A loop behind NOPS instructions that do nothing, which follow a multiple of
 * 64. */
#define LOOP_AT(name, nops)                                                    \
	static void name(bench_b *b, void *arg)                                \
	{                                                                      \
		unsigned x = seed;                                             \
		int i;                                                         \
									       \
		(void)arg;                                                     \
		__asm__ volatile(".balign 64\n\t.rept " #nops                  \
				 "\n\tnop\n\t.endr");                          \
		while (bench_loop(b)) {                                        \
			for (i = 0; i < STEPS; i++) {                          \
				x ^= x << 5;                                   \
				bench_keep(x);                                 \
			}                                                      \
		}                                                              \
	}

LOOP_AT(loop_at_0, 0)
LOOP_AT(loop_at_5, 5)
LOOP_AT(loop_at_11, 11)

BENCHMARK(Wrong)
{
	unsigned x = seed;
	int i;

	while (bench_loop(b)) {
		for (i = 0; i < STEPS; i++) {
			x ^= x << 5;
			bench_keep(x);
		}
	}
}

BENCHMARK(Right)
{
	bench_run(b, "nops=0", loop_at_0, NULL);
	bench_run(b, "nops=5", loop_at_5, NULL);
	bench_run(b, "nops=11", loop_at_11, NULL);
}

BENCH_MAIN();
