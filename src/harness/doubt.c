/* When a time means nothing.
 *
 * Two rules.  A "for (i < b->n)" body whose time does not grow with b->n takes
 * less than a tenth of a nanosecond for an iteration, which no processor does.
 * And the loop may be there, with nothing in it (idle.h).  Only what is measured
 * by time is looked at: a fixed number of iterations is run as it was asked
 * for. */
#include "harness/doubt.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "harness/child.h"
#include "harness/registry.h"
#include "harness/sysinfo.h"

/* Ten iterations in a nanosecond: more than one in a cycle, and it takes one to
 * count it. */
#define MOST_PER_NS 10

/* What takes fewer iterations may be a pause too short for the clock. */
#define FEWEST INT64_C(1000000)

#define NS_PER_MS INT64_C(1000000)

/* The call that is looked at. */
#define CALL_NS (10 * NS_PER_MS)

/* A set-up of more than this is not done again for it. */
#define SETUP_MOST_NS (100 * NS_PER_MS)

/* Strikes within a stretch of bench_loop(): the stretch was foretold, and may
 * be much shorter than that. */
#define STRIKES 16
#define STRIKE_LEAST_NS (NS_PER_MS / 20)

/* Steps disturb those that take steps themselves, and a sanitizer keeps signals
 * for later. */
static bool can_look(void)
{
	return bi_sysinfo_watched_by() == NULL &&
	       (bi_registry_built() & BENCH_BUILT_SANITIZED) == 0;
}

static bool is_fast(int64_t n, int64_t elapsed)
{
	return elapsed / BI_DOUBT_SLOWEST_NS < n;
}

void bi_doubt_watch_loop(struct bi_bench *bench, int64_t n, int64_t elapsed,
			 int64_t more)
{
	__int128 ns = (__int128)elapsed * more / n / STRIKES;
	bool on;

	if (!is_fast(n, elapsed) || ns < STRIKE_LEAST_NS || bench->unseen ||
	    bench->timer.pauses > 0 || bi_idle_knows(&bench->idle) ||
	    !can_look())
		return;
	on = bi_timer_hold(&bench->timer);
	bi_idle_begin(&bench->idle, &bench->pub, sizeof(bench->pub),
		      ns > BI_DOUBT_STRIKE_NS ? BI_DOUBT_STRIKE_NS
					      : (int64_t)ns);
	bi_timer_release(&bench->timer, on);
}

int64_t bi_doubt_measured(struct bi_bench *bench)
{
	if (bench->idle.armed) {
		int64_t spent = bi_idle_end(&bench->idle);

		if (bench->timer.pauses == 0)
			bi_timer_forgive(&bench->timer, spent);
	}
	return bi_timer_elapsed(&bench->timer);
}

/* The body, called once more: does its loop do nothing? */
static bool call_does_nothing(const struct bi_bench *bench)
{
	struct bi_run_cost cost =
		bi_timer_cost(&bench->timer, bench->pub.n, bench->began);
	__int128 n = (__int128)bench->pub.n * CALL_NS /
		     (cost.timed_ns > 0 ? cost.timed_ns : 1);
	struct bi_bench again;
	bool found;

	if (cost.pauses > 0 || cost.fixed_ns > SETUP_MOST_NS || !can_look())
		return false;
	bi_bench_init_unseen(&again, bench);
	again.watched = true;
	bi_bench_run_n(&again,
		       n < 1 ? 1 : n > bench->pub.n ? bench->pub.n : (int64_t)n);
	found = again.idle.found;
	bi_bench_release(&again);
	return found;
}

static bool has_own_time(const struct bi_bench *bench)
{
	size_t i;

	for (i = 0; i < bench->metrics.count; i++)
		if (strcmp(bench->metrics.list[i].unit, "ns/op") == 0)
			return true;
	return false;
}

static void tell(const struct bi_bench *bench, const char *what)
{
	char text[512];

	snprintf(text, sizeof(text), "%s: %s", bench->name, what);
	bi_child_remark(bench, text);
}

void bi_doubt_take(struct bi_bench *bench)
{
	int64_t n = bench->pub.n, elapsed = bench->timer.elapsed_ns;
	bool looped = bench->loop.state != BI_LOOP_NONE;

	if (bench->run->flags->bench_n > 0 || bench->in_threads ||
	    has_own_time(bench))
		return;
	if (!looped && n >= FEWEST && elapsed < n / MOST_PER_NS)
		tell(bench, "its time does not grow with b->n: the loop was "
			    "removed or folded; bench_keep() in the loop what "
			    "it computes");
	else if (looped ? bench->idle.found
			: n >= FEWEST / 1000 && is_fast(n, elapsed) &&
				  call_does_nothing(bench))
		tell(bench, "its loop does nothing: what was in it is removed, "
			    "a constant, or moved out; bench_keep() what goes "
			    "in and what comes out");
}
