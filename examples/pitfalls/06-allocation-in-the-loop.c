/* 6. Allocation in the loop: malloc's price hidden in a call.
 *
 * join() looks like two copies.  Wrong's version also returns new memory, and
 * most of its time is malloc's and free's, which differ between programs, runs
 * and allocators far more than the copies.  Right writes into memory of the
 * caller.  The times alone do not say which of the two effects they show;
 * allocs/op does, it is the same on every machine, and a gate can hold it.
 *
 * Run with -benchmem always: the counter is nearly free.
 *
 * Run:  06-allocation-in-the-loop -benchtime=1000x -benchmem
 * Rows: Wrong Right
 * Says: BenchmarkWrong.* 11 B/op 1 allocs/op
 * Says: BenchmarkRight.* 0 B/op 0 allocs/op
 */
#include <benchkit/bench.h>

#include <stdlib.h>
#include <string.h>

static void join_into(char *out, const char *a, const char *b)
{
	size_t len = strlen(a);

	memcpy(out, a, len);
	strcpy(out + len, b);
}

static char *join(const char *a, const char *b)
{
	char *out = malloc(strlen(a) + strlen(b) + 1);

	if (out == NULL)
		abort();
	join_into(out, a, b);
	return out;
}

BENCHMARK(Wrong)
{
	const char *first = "hello", *second = "world";

	while (bench_loop(b)) {
		char *text;

		bench_keep(first);
		text = join(first, second);
		bench_keep(text);
		free(text);
	}
}

BENCHMARK(Right)
{
	const char *first = "hello", *second = "world";
	char text[16];

	while (bench_loop(b)) {
		bench_keep(first);
		join_into(text, first, second);
		bench_keep(&text[0]);
		bench_clobber();
	}
}

BENCH_MAIN();
