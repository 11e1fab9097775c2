/* Benchmarks of known work, for -selftest.
 *
 * An operation is a loop of so many equal steps, and a copy with 1 % more is the
 * same code with 1 % more steps: nothing else differs, not even an address. */
#include "cli/benchab/kernels.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <benchkit/bench.h>

#include "base/integer.h"

/* Steps of an operation: any thousandth more is a whole number of them, but of
 * system calls, which are slow, any two hundredth. */
#define STEPS 1000
#define CALLS 200

/* 64 MiB: with 16 MiB a shared cache of 32 MiB held some of it or none, and the
 * launches scattered by 2 %, not 0.3 %. */
#define LINE_BYTES 64
#define LINES (UINT32_C(1) << 20)

#define BLOCKS 64

const char *const kernels_name[] = {"Arithmetic", "Memory", "Malloc",
				    "Strings", "Syscall"};
const size_t kernels_count = sizeof(kernels_name) / sizeof(kernels_name[0]);

/* BASE steps and what the command line adds. */
static uint64_t steps(uint64_t base)
{
	int count;
	char *const *args = bench_args(&count);
	int64_t more = 0;

	if (count > 0 &&
	    bi_integer_parse(args[0], strlen(args[0]), &more) < 0)
		more = 0;
	return base + base * (uint64_t)more / 1000;
}

BENCHMARK(Arithmetic)
{
	uint64_t count = steps(STEPS), i, x = 1;

	while (bench_loop(b)) {
		for (i = 0; i < count; i++)
			x = x * UINT64_C(6364136223846793005) + i;
		bench_keep(x);
	}
}

/* Each read is of a line that was not read for a long time, and none waits for
 * another.  Lines that are read again soon would be found in the cache the more
 * often the more is read between two switches: 1 % more reads would not be 1 %
 * more work.  A chain of reads would measure the latency of the pages that a
 * process happened to get, which differs by tens of per cent. */
BENCHMARK(Memory)
{
	uint64_t count = steps(STEPS), i, sum = 0;
	uint32_t line = 0;
	unsigned char *memory = malloc(LINES * LINE_BYTES);

	if (memory == NULL)
		bench_fatalf(b, "out of memory");
	memset(memory, 1, LINES * LINE_BYTES);
	while (bench_loop(b)) {
		for (i = 0; i < count; i++) {
			/* Full period (Hull and Dobell 1962). */
			line = (line * 1664525 + 1013904223) % LINES;
			sum += memory[line * LINE_BYTES];
		}
		bench_keep(sum);
	}
	free(memory);
}

BENCHMARK(Malloc)
{
	uint64_t count = steps(STEPS), i, place = 0;
	void *block[BLOCKS] = {NULL};

	while (bench_loop(b)) {
		for (i = 0; i < count; i++, place++) {
			void **slot = &block[place % BLOCKS];

			free(*slot);
			*slot = malloc(16 + place % 509);
			bench_keep(*slot);
		}
	}
	for (i = 0; i < BLOCKS; i++)
		free(block[i]);
}

BENCHMARK(Strings)
{
	static const char words[4][16] = {"fifteen letters", "anaesthetically",
					  "uncomplimentary", "unextraordinary"};
	uint64_t count = steps(STEPS), i;
	char copy[4][16];

	while (bench_loop(b)) {
		for (i = 0; i < count; i++) {
			const char *from = words[i % 4];

			bench_keep(from);
			bench_keep(strcpy(copy[i % 4], from));
		}
	}
}

BENCHMARK(Syscall)
{
	uint64_t count = steps(CALLS), i;

	while (bench_loop(b)) {
		for (i = 0; i < count; i++)
			bench_keep(syscall(SYS_getppid));
	}
}

int kernels_main(int argc, char **argv)
{
	return bench_main(argc, argv);
}
