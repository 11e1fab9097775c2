/* Benchmarks of known work, for -selftest.
 *
 * An operation is a loop of so many equal steps, and a copy with 1 % more is the
 * same code with 1 % more steps: nothing else differs, not even an address. */
#include "cli/benchab/kernels.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <benchkit/bench.h>

#include "base/integer.h"

/* Steps of an operation: any thousandth more is a whole number of them, but of
 * system calls, which are slow, any two hundredth. */
#define STEPS 1000
#define CALLS 200

#define LINE_BYTES 64
#define HUGE_PAGE ((size_t)2 << 20)

/* Twice the second-level cache, where it is known.  In a smaller set the first
 * reads after a switch cost more than the rest, and 1 % more reads would not be
 * 1 % more work; a larger one competes with the whole machine for the last
 * level, of which a launch gets now more and now less: with 8 MiB the launches
 * scattered by 4 to 6 % on a busy machine, with 2 MiB by 0.4 %. */
#define SET_LEAST HUGE_PAGE
#define SET_MOST (4 * HUGE_PAGE)

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

static size_t set_bytes(void)
{
	long cache = sysconf(_SC_LEVEL2_CACHE_SIZE);
	size_t bytes = SET_LEAST;

	while (cache > 0 && bytes < SET_MOST && bytes < 2 * (size_t)cache)
		bytes *= 2;
	return bytes;
}

/* A block that is there, in large pages where the kernel has them: which small
 * pages a process happens to get decides which of them share a place in the
 * cache. */
static unsigned char *make_set(size_t bytes)
{
	unsigned char *set = aligned_alloc(HUGE_PAGE, bytes);

	if (set == NULL)
		return NULL;
	madvise(set, bytes, MADV_HUGEPAGE);
	memset(set, 1, bytes);
	return set;
}

/* Reads all over the set, none of which waits for another.  A chain of reads
 * would measure the latency of the pages that a process got. */
BENCHMARK(Memory)
{
	uint64_t count = steps(STEPS), i, sum = 0;
	size_t bytes = set_bytes();
	uint32_t mask = (uint32_t)(bytes / LINE_BYTES - 1), at = 0, line;
	unsigned char *set = make_set(bytes);

	if (set == NULL)
		bench_fatalf(b, "out of memory");
	while (bench_loop(b)) {
		for (i = 0; i < count; i++) {
			/* Fibonacci hashing, folded so that no prefetcher
			 * finds a stride. */
			line = at++ * UINT32_C(2654435761) >> 8;
			line ^= line >> 9;
			sum += set[(size_t)(line & mask) * LINE_BYTES];
		}
		bench_keep(sum);
	}
	free(set);
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
