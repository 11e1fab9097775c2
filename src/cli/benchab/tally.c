/* What the comparisons of -selftest came to. */
#include "cli/benchab/tally.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "stat/binomial.h"

#define NS_PER_SEC 1e9
#define CONFIDENCE 0.95

/* What is right when the true change is TRUTH, a fraction. */
static bool is_right(enum bi_verdict verdict, double truth, double margin)
{
	return verdict == (truth > margin ? BI_VERDICT_REGRESSION
					  : BI_VERDICT_EQUIVALENT);
}

/* A verdict that says what is not so; a statement left open says nothing. */
static bool is_wrong(enum bi_verdict verdict, double truth, double margin)
{
	switch (verdict) {
	case BI_VERDICT_REGRESSION:
		return truth < margin;
	case BI_VERDICT_EQUIVALENT:
		return truth > margin;
	case BI_VERDICT_IMPROVEMENT:
	case BI_VERDICT_FASTER:
		return true;
	case BI_VERDICT_SLOWER:
		return truth == 0;
	case BI_VERDICT_UNDECIDED:
		break;
	}
	return false;
}

int tally_take(struct tally_cell *cell, const struct bi_pair_run *run,
	       double truth, double margin)
{
	const struct bi_judgement *judgement;

	if (run->suite.count != 1 || !bi_row_runs(&run->suite.row[0]))
		return BENCH_EFAILED;
	judgement = &run->suite.row[0].judgement;
	cell->error[cell->tries++] = fabs(expm1(judgement->estimate) - truth);
	cell->sec += (double)run->wall_ns / NS_PER_SEC;
	/* What is UNFIT has no verdict, neither a right nor a false one. */
	if (run->unfit)
		return 0;
	cell->right += is_right(judgement->verdict, truth, margin);
	cell->wrong += is_wrong(judgement->verdict, truth, margin);
	return 0;
}

void tally_time_add(struct tally_time *time, const struct bi_pair_run *run)
{
	time->wall_ns += run->wall_ns;
	time->measured_ns += run->measured_ns;
	time->warm_ns += run->warm_ns;
	time->switch_ns += run->switch_ns;
	time->start_ns += run->start_ns;
	time->launch_ns += run->launch_ns;
	time->stolen_ns += run->stolen_ns;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void tally_print_head(const struct options *options)
{
	printf("%d comparisons of each kernel and change beside %d busy "
	       "process%s; margin %g%%, alpha %g, budget %g s, seed %llu.\n"
	       "Bounds: Clopper and Pearson, %g%%.  Time: the whole run's, to "
	       "its verdict.\n\n"
	       "change  kernel      tries  right  false  right: bounds     "
	       "false: at most  mean time  error: median     most%s\n",
	       options->tries, options->load, options->load == 1 ? "" : "es",
	       100 * options->margin, options->alpha,
	       (double)options->budget_ns / NS_PER_SEC,
	       (unsigned long long)options->seed, 100 * CONFIDENCE,
	       options->sequential ? "  U test differs" : "");
}

void tally_print(const struct options *options, int thousandths,
		 const char *name, const struct tally_cell *cell)
{
	double low, high, ignored, wrong_most;

	if (cell->tries == 0)
		return;
	qsort(cell->error, cell->tries, sizeof(*cell->error), compare);
	bi_binomial_interval(cell->right, cell->tries, CONFIDENCE, &low, &high);
	bi_binomial_interval(cell->wrong, cell->tries, CONFIDENCE, &ignored,
			     &wrong_most);
	printf("%+5.1f%%  %-10s %6zu %6zu %6zu  [%5.1f%%, %5.1f%%] %13.1f%% "
	       "%8.2f s %13.3f%% %7.3f%%",
	       thousandths / 10.0, name, cell->tries, cell->right, cell->wrong,
	       100 * low, 100 * high, 100 * wrong_most,
	       cell->sec / (double)cell->tries,
	       100 * cell->error[cell->tries / 2],
	       100 * cell->error[cell->tries - 1]);
	if (options->sequential)
		printf(" %6zu", cell->found_sequentially);
	putchar('\n');
	fflush(stdout);
}

static double share(int64_t part, const struct tally_time *time)
{
	return 100 * (double)part / (double)time->wall_ns;
}

void tally_print_time(const struct tally_time *time)
{
	int64_t ends = time->launch_ns - time->measured_ns - time->warm_ns -
		       time->switch_ns - time->start_ns;

	if (time->wall_ns == 0)
		return;
	printf("\nOf the time %.0f%% in slices that count, %.0f%% in warm-up, "
	       "%.0f%% between slices,\n%.0f%% in starting processes and their "
	       "set-up, %.0f%% in ending them, %.0f%% in looking\nthrough the "
	       "builds and judging; the host took %.1f%%.\n",
	       share(time->measured_ns, time), share(time->warm_ns, time),
	       share(time->switch_ns, time), share(time->start_ns, time),
	       share(ends, time),
	       share(time->wall_ns - time->launch_ns, time),
	       share(time->stolen_ns, time));
}
