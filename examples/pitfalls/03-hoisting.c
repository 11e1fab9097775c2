/* 3. Hoisting: what does not change is computed once, before the loop.
 *
 * hash() is a chain of multiplications.  Its input is the same in every iteration,
 * and nothing in Wrong's loop could change it: the compiler multiplies before the
 * loop and keeps the same number again and again.  Right says bench_clobber() in
 * the loop: any memory whose address somebody may know could be another now, so
 * hash() has to look again.  That is why its input is handed to bench_keep() first: nobody else
 * can know of a local object whose address never leaves the function.
 *
 * The empty loop is the yardstick here, too: Wrong is as fast as Empty.
 *
 * Run:  03-hoisting -benchtime=1000x
 * Rows: Empty Wrong Right
 */
#include <benchkit/bench.h>

#include <stdint.h>

struct point {
	uint64_t x;
	uint64_t y;
};

static volatile uint64_t one = 1;

static struct point make_point(void)
{
	return (struct point){3 * one, 4 * one};
}

static uint64_t mix(uint64_t value)
{
	value = (value ^ value >> 32) * 0x9e3779b97f4a7c15;
	return (value ^ value >> 29) * 0xbf58476d1ce4e5b9;
}

static uint64_t hash(const struct point *point)
{
	return mix(mix(mix(point->x) + point->y));
}

BENCHMARK(Empty)
{
	while (bench_loop(b))
		;
}

BENCHMARK(Wrong)
{
	struct point point = make_point();

	while (bench_loop(b))
		bench_keep(hash(&point));
}

BENCHMARK(Right)
{
	struct point point = make_point();

	bench_keep(&point);
	while (bench_loop(b)) {
		bench_clobber();
		bench_keep(hash(&point));
	}
}

BENCH_MAIN();
