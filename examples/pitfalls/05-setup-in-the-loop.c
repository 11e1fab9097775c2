/* 5. Set-up in the loop: the price of the input beside that of the work.
 *
 * To sort an array, one needs an array that is not sorted.  Wrong makes one in
 * every iteration, and measures an allocation, a copy and a sort.  Right keeps
 * the memory and stops the timer for the copy; what happens in between counts
 * neither as time nor as allocations.  Each call reads the clock, some ten
 * nanoseconds: that is worth it for set-up that costs as much as the work; for
 * less, measure the set-up alone as a benchmark of its own, and subtract.
 *
 * What needs no repeating goes before the loop: the timer starts with the first
 * bench_loop().
 *
 * Run:  05-setup-in-the-loop -benchtime=100x -benchmem
 * Rows: Wrong Right
 * Says: BenchmarkWrong.* 512 B/op 1 allocs/op
 * Says: BenchmarkRight.* 0 B/op 0 allocs/op
 */
#include <benchkit/bench.h>

#include <stdlib.h>
#include <string.h>

#define COUNT 128

/* Insertion: needs no memory of its own. */
static void sort(int *array, int count)
{
	int i, j, value;

	for (i = 1; i < count; i++) {
		value = array[i];
		for (j = i; j > 0 && array[j - 1] > value; j--)
			array[j] = array[j - 1];
		array[j] = value;
	}
}

static void shuffle(int *array, int count)
{
	unsigned state = 1;
	int i;

	for (i = 0; i < count; i++) {
		state = state * 1664525 + 1013904223;
		array[i] = (int)(state >> 16);
	}
}

BENCHMARK(Wrong)
{
	while (bench_loop(b)) {
		int *array = malloc(COUNT * sizeof(*array));

		if (array == NULL)
			abort();
		shuffle(array, COUNT);
		sort(array, COUNT);
		bench_keep(array[0]);
		free(array);
	}
}

BENCHMARK(Right)
{
	int pattern[COUNT], array[COUNT];

	shuffle(pattern, COUNT);
	while (bench_loop(b)) {
		bench_stop_timer(b);
		memcpy(array, pattern, sizeof(array));
		bench_start_timer(b);
		sort(array, COUNT);
		bench_keep(array[0]);
	}
}

BENCH_MAIN();
