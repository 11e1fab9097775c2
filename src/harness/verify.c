/* bench_verify(): is the answer right, before anybody asks how fast it is?
 *
 * The first run of a benchmark, its probe, checks; every run after it gets the
 * same code and the same data. */
#include "harness/bench.h"

void bench_verify_at(bench_b *b, const char *file, int line,
		     bench_verify_fn *fn, void *arg)
{
	struct bi_bench *bench = bi_bench_of(b);
	bool on, right, failed;

	if (bench->loop.state != BI_LOOP_NONE) {
		bench_errorf_at(b, file, line,
				"bench_verify() belongs in front of the loop");
		bi_bench_leave(bench);
	}
	if (!bench->probing)
		return;
	on = bi_timer_hold(&bench->timer);
	failed = atomic_load(&bench->failed);
	right = fn(b, arg);
	if (!right)
		bench_errorf_at(b, file, line,
				"wrong answer: it is not timed");
	/* What an error of before means is the benchmark's own affair. */
	if (!failed && atomic_load(&bench->failed))
		bi_bench_leave(bench);
	bi_timer_release(&bench->timer, on);
}
