/* bench_loop(): one run of the function, in which the number of iterations
 * grows until they fill the time. */
#include "harness/doubt.h"
#include "harness/session.h"

static bool finish(struct bi_bench *bench)
{
	bi_timer_stop(&bench->timer);
	bench->loop.state = BI_LOOP_DONE;
	bench->pub.n = bench->loop.target;
	return false;
}

/* Ask for iterations up to TARGET, of which this one is the first. */
static bool go_on(struct bi_bench *bench, int64_t target)
{
	bench->pub.left = (uint64_t)(target - bench->loop.target) - 1;
	bench->loop.target = target;
	return true;
}

/* In slices: until the next one is ordered, nothing runs. */
static bool next_slice(struct bi_bench *bench)
{
	int64_t n = bi_session_next(bench->run->session, bench);

	if (n == 0)
		return finish(bench);
	return go_on(bench, bench->loop.target + n);
}

static bool begin(struct bi_bench *bench)
{
	if (bench->run->session != NULL) {
		bench->loop.state = BI_LOOP_RUNNING;
		bench->pub.n = 0;
		return next_slice(bench);
	}
	bench->loop.state = BI_LOOP_RUNNING;
	bench->loop.began = bi_clock_now();
	bench->pub.n = 0;
	bench_reset_timer(&bench->pub);
	return go_on(bench, bench->loop_n > 0 ? bench->loop_n : 1);
}

/* All that was granted has run: more, or done?  The wall time counts too, so
 * that work outside the timer cannot take for ever. */
static bool extend(struct bi_bench *bench)
{
	int64_t goal = bench->run->flags->bench_ns, n = bench->loop.target;
	int64_t elapsed = bi_doubt_measured(bench);
	int64_t wall = bi_clock_since(bench->loop.began);
	__int128 left = (__int128)goal * BI_PREDICT_WALL - wall, fit;
	int64_t more;

	if (bench->loop_n > 0 || elapsed >= goal ||
	    n >= BI_PREDICT_MOST)
		return finish(bench);
	fit = left * n / (wall > 0 ? wall : 1);
	if (fit < 1)
		return finish(bench);
	more = bi_predict(goal, n, elapsed, n) - n;
	more = fit < more ? (int64_t)fit : more;
	bi_doubt_watch_loop(bench, n, elapsed, more);
	return go_on(bench, n + more);
}

bool bench_loop_slow(bench_b *b)
{
	struct bi_bench *bench = bi_bench_of(b);
	const char *wrong = "bench_loop() called with the timer stopped";

	b->left = 0; /* bench_loop() counted below it */
	switch (bench->loop.state) {
	case BI_LOOP_NONE:
		if (bench->timer.on)
			return begin(bench);
		break;
	case BI_LOOP_RUNNING:
		return bench->run->session != NULL ? next_slice(bench)
						   : extend(bench);
	case BI_LOOP_STOPPED:
		break;
	case BI_LOOP_DONE:
		wrong = "bench_loop() called again after it was false: a "
			"second loop is a second benchmark";
		break;
	}
	bi_bench_complain(bench, "%s", wrong);
	bi_bench_leave(bench);
}
