/* -selftest: what benchab can do on this machine.
 *
 * The same program is both builds; only the number of steps differs, so the true
 * change is known to the last digit. */
#include "cli/benchab/selftest.h"

#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/benchab/compare.h"
#include "cli/benchab/kernels.h"
#include "cli/benchab/sequential.h"
#include "clock/clock.h"
#include "stat/binomial.h"

#define NS_PER_SEC 1e9
#define EXIT_INTERRUPTED 130
#define CONFIDENCE 0.95

/* Thousandths of work more.  What equals the margin has no right verdict, and
 * is left out. */
static const int changes[] = {0, 5, 10, 20, 50};
#define CHANGES (sizeof(changes) / sizeof(changes[0]))

/* Results of one kernel and change. */
struct cell {
	size_t tries;
	size_t right;
	size_t wrong; /* a verdict that is not true */
	size_t found_sequentially;
	double sec;
	double most_error; /* of the estimate, as a fraction */
	double *error;
};

struct selftest {
	const struct options *options;
	char self[PATH_MAX];
	struct bi_instant began;
	struct cell *cell; /* by change, then by kernel */
	size_t wrong;
};

static bool is_over(const struct selftest *test)
{
	return compare_is_stopped() ||
	       (test->options->minutes > 0 &&
		(double)bi_clock_since(test->began) >
			test->options->minutes * 60 * NS_PER_SEC);
}

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

static int take(struct selftest *test, struct cell *cell,
		const struct bi_pair_run *run, double truth,
		struct bench_error *err)
{
	double margin = test->options->margin, error;
	const struct bi_judgement *judgement;

	if (run->suite.count != 1 || !bi_row_runs(&run->suite.row[0]))
		return bi_error_set(err, BENCH_EFAILED, "a kernel failed");
	judgement = &run->suite.row[0].judgement;
	error = fabs(expm1(judgement->estimate) - truth);
	cell->error[cell->tries++] = error;
	cell->most_error = fmax(cell->most_error, error);
	cell->sec += (double)run->suite.row[0].spent_ns / NS_PER_SEC;
	cell->right += is_right(judgement->verdict, truth, margin);
	if (is_wrong(judgement->verdict, truth, margin)) {
		cell->wrong++;
		test->wrong++;
	}
	return 0;
}

/* One comparison.  0 or a negative error. */
static int try_once(struct selftest *test, size_t change, size_t kernel,
		    uint64_t seed, struct bench_error *err)
{
	struct options options = *test->options;
	struct compare compare = {.path = {NULL, NULL}};
	struct cell *cell = &test->cell[change * kernels_count + kernel];
	char pattern[64], more[16];
	char *const old_args[] = {"0", NULL};
	char *const new_args[] = {more, NULL};
	struct program old = {test->self, old_args};
	struct program new = {test->self, new_args};
	double truth = changes[change] / 1000.0;
	int rc;

	snprintf(pattern, sizeof(pattern), "^Benchmark%s$", kernels_name[kernel]);
	snprintf(more, sizeof(more), "%d", changes[change]);
	options.bench = pattern;
	options.seed = seed;
	rc = compare_prepare(&compare, &options, &old, &new, err);
	if (rc == 0)
		rc = bi_pair_run(&compare.run, &compare.plan, err);
	if (rc == 0 && !compare.run.interrupted)
		rc = take(test, cell, &compare.run, truth, err);
	if (rc == 0 && options.sequential && !compare_is_stopped())
		rc = sequential_compare(&compare.plan, kernels_name[kernel],
					&cell->found_sequentially, err);
	compare_release(&compare);
	return rc;
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_cell(const struct selftest *test, size_t change,
		       const char *name, struct cell *cell)
{
	double low, high;

	if (cell->tries == 0)
		return;
	qsort(cell->error, cell->tries, sizeof(*cell->error), compare_doubles);
	bi_binomial_interval(cell->right, cell->tries, CONFIDENCE, &low, &high);
	printf("%+5.1f%%  %-10s %6zu %6zu %6zu  [%5.1f%%, %5.1f%%] %7.2f s "
	       "%7.3f%% %7.3f%%",
	       changes[change] / 10.0, name, cell->tries, cell->right,
	       cell->wrong, 100 * low, 100 * high,
	       cell->sec / (double)cell->tries,
	       100 * cell->error[cell->tries / 2], 100 * cell->most_error);
	if (test->options->sequential)
		printf(" %6zu", cell->found_sequentially);
	putchar('\n');
	fflush(stdout);
}

static void print_head(const struct selftest *test)
{
	printf("%d comparisons of each kernel and change beside %d busy "
	       "processes; margin %g%%, alpha %g, seed %llu\n",
	       test->options->tries, test->options->load,
	       100 * test->options->margin, test->options->alpha,
	       (unsigned long long)test->options->seed);
	printf("change  kernel      tries  right  false  right, bounds      "
	       "mean time  error: median, most%s\n",
	       test->options->sequential ? "  U test differs" : "");
}

/* All kernels together. */
static void print_sum(const struct selftest *test, size_t change)
{
	struct cell sum = {.tries = 0};
	size_t kernel, i;

	sum.error = calloc(kernels_count * (size_t)test->options->tries + 1,
			   sizeof(*sum.error));
	if (sum.error == NULL)
		return;
	for (kernel = 0; kernel < kernels_count; kernel++) {
		struct cell *cell = &test->cell[change * kernels_count + kernel];

		for (i = 0; i < cell->tries; i++)
			sum.error[sum.tries++] = cell->error[i];
		sum.right += cell->right;
		sum.wrong += cell->wrong;
		sum.sec += cell->sec;
		sum.found_sequentially += cell->found_sequentially;
		sum.most_error = fmax(sum.most_error, cell->most_error);
		print_cell(test, change, kernels_name[kernel], cell);
	}
	print_cell(test, change, "all", &sum);
	free(sum.error);
}

/* Round by round over all cells, so that what stops early has tried all. */
static int try_all(struct selftest *test, struct bench_error *err)
{
	double margin = test->options->margin;
	uint64_t seed = test->options->seed;
	size_t change, kernel;
	int i, rc = 0;

	for (i = 0; i < test->options->tries; i++) {
		for (change = 0; change < CHANGES; change++) {
			if (changes[change] > 0 &&
			    changes[change] / 1000.0 <= margin)
				continue;
			for (kernel = 0; kernel < kernels_count; kernel++) {
				if (rc < 0 || is_over(test))
					return rc;
				rc = try_once(test, change, kernel, seed++,
					      err);
			}
		}
	}
	return rc;
}

static pid_t start_busy(void)
{
	pid_t parent = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	for (;;)
		__asm__ volatile("");
}

static int make_cells(struct selftest *test)
{
	size_t count = CHANGES * kernels_count, i;

	test->cell = calloc(count, sizeof(*test->cell));
	if (test->cell == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < count; i++) {
		test->cell[i].error = calloc((size_t)test->options->tries,
					     sizeof(double));
		if (test->cell[i].error == NULL)
			return BENCH_ENOMEM;
	}
	return 0;
}

static void free_cells(struct selftest *test)
{
	size_t i;

	for (i = 0; test->cell != NULL && i < CHANGES * kernels_count; i++)
		free(test->cell[i].error);
	free(test->cell);
}

int selftest_run(const struct options *options)
{
	struct selftest test = {.options = options, .began = bi_clock_now()};
	struct bench_error err = BENCH_ERROR_INIT;
	pid_t *busy = calloc((size_t)options->load + 1, sizeof(*busy));
	size_t change;
	int i, status = 2;

	if (busy == NULL || make_cells(&test) < 0) {
		fprintf(stderr, "benchab: out of memory\n");
		goto out;
	}
	if (readlink("/proc/self/exe", test.self, sizeof(test.self) - 1) < 0) {
		perror("benchab: cannot find itself");
		goto out;
	}
	for (i = 0; i < options->load; i++)
		busy[i] = start_busy();
	print_head(&test);
	if (try_all(&test, &err) < 0)
		fprintf(stderr, "benchab: %s\n", err.text);
	for (change = 0; change < CHANGES; change++)
		print_sum(&test, change);
	if (err.code == 0)
		status = compare_is_stopped() ? EXIT_INTERRUPTED
					      : test.wrong > 0;
out:
	for (i = 0; busy != NULL && i < options->load; i++) {
		if (busy[i] > 0) {
			kill(busy[i], SIGKILL);
			waitpid(busy[i], NULL, 0);
		}
	}
	free(busy);
	free_cells(&test);
	return status;
}
