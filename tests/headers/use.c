/* Everything that <benchkit/bench.h> defines as a macro or inline, used once:
 * a macro's warnings appear where it is expanded, not where it is defined.
 * Compiled as C and as C++. */
#include <benchkit/bench.h>

struct point {
	int x, y;
	double z[3];
};

enum colour { RED, GREEN };

static void sub(bench_b *b, void *arg)
{
	while (bench_loop(b))
		bench_keep(*(const int *)arg);
}

static void body(bench_pb *pb, void *arg)
{
	while (bench_pb_next(pb))
		bench_keep(arg);
}

BENCHMARK(Keep)
{
	struct point point = {1, 2, {3, 4, 5}};
	const enum colour colour = GREEN;
	const bool flag = true;
	const char text[] = "text";
	volatile int shared = 0;
	int64_t i;

	for (i = 0; i < b->n; i++) {
		bench_keep(i);
		bench_keep(i * 2 + 1);
		bench_keep((char)i);
		bench_keep(flag);
		bench_keep(colour);
		bench_keep(1.5f);
		bench_keep(2.5 * (double)i);
		bench_keep(2.5L);
		bench_keep(point);
		bench_keep(&point);
		bench_keep(text);
		bench_keep("literal");
		bench_keep(body);
		bench_keep(shared);
#ifndef __cplusplus
		bench_keep((struct point){1, 2, {3, 4, 5}});
#endif
		bench_clobber();
	}
}

BENCHMARK(Messages)
{
	int n = 3;

	bench_logf(b, "no argument");
	bench_logf(b, "%d of %s", n, bench_name(b));
	if (bench_failed(b))
		bench_errorf(b, "%d", n);
	if (!bench_runf(b, sub, &n, "n=%d", n))
		bench_fatalf(b, "%d", n);
	bench_run_parallel(b, body, &n);
	bench_skipf(b, "%d", n);
}

BENCH_MAIN();
