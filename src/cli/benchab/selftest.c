/* -selftest: what benchab can do on this machine.
 *
 * The same program is both builds; only the number of steps differs, so the true
 * change is known to the last digit. */
#include "cli/benchab/selftest.h"

#include <limits.h>
#include <regex.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/benchab/compare.h"
#include "cli/benchab/kernels.h"
#include "cli/benchab/sequential.h"
#include "cli/benchab/tally.h"
#include "clock/clock.h"

#define NS_PER_SEC 1e9
#define EXIT_INTERRUPTED 130

/* Thousandths of work more, unless others are asked for. */
static const int usual_changes[] = {0, 5, 10, 20, 50};

struct selftest {
	const struct options *options;
	char self[PATH_MAX];
	struct bi_instant began;
	const int *change;
	size_t changes;
	size_t kernel[8]; /* those that are compared */
	size_t kernels;
	struct tally_cell *cell; /* by change, then by kernel */
	struct tally_time time;
	size_t done;
};

_Static_assert(sizeof(((struct selftest *)NULL)->kernel) / sizeof(size_t) >= 5,
	       "all kernels have a place");

static bool is_over(const struct selftest *test)
{
	return compare_is_stopped() ||
	       (test->options->minutes > 0 &&
		(double)bi_clock_since(test->began) >
			test->options->minutes * 60 * NS_PER_SEC);
}

static struct tally_cell *cell_of(const struct selftest *test, size_t change,
				  size_t kernel)
{
	return &test->cell[change * test->kernels + kernel];
}

/* One comparison.  0 or a negative error. */
static int try_once(struct selftest *test, size_t change, size_t kernel,
		    uint64_t seed, struct bench_error *err)
{
	const char *name = kernels_name[test->kernel[kernel]];
	struct tally_cell *cell = cell_of(test, change, kernel);
	struct options options = *test->options;
	struct compare compare = {.path = {NULL, NULL}};
	char pattern[64], more[16];
	char *const old_args[] = {"0", NULL};
	char *const new_args[] = {more, NULL};
	struct program old = {test->self, old_args};
	struct program new = {test->self, new_args};
	int rc;

	snprintf(pattern, sizeof(pattern), "^Benchmark%s$", name);
	snprintf(more, sizeof(more), "%d", test->change[change]);
	options.bench = pattern;
	options.seed = seed;
	rc = compare_prepare(&compare, &options, &old, &new, err);
	if (rc == 0)
		rc = bi_pair_run(&compare.run, &compare.plan, err);
	if (rc == 0 && !compare.run.interrupted) {
		tally_time_add(&test->time, &compare.run);
		if (tally_take(cell, &compare.run, test->change[change] / 1000.0,
			       options.margin) < 0)
			rc = bi_error_set(err, BENCH_EFAILED, "the kernel %s failed",
					  name);
	}
	if (rc == 0 && options.sequential && !compare_is_stopped())
		rc = sequential_compare(&compare.plan, name,
					&cell->found_sequentially, err);
	compare_release(&compare);
	return rc;
}

/* What equals the margin has no right verdict, and is left out. */
static bool is_told(const struct selftest *test, size_t change)
{
	return test->change[change] == 0 ||
	       test->change[change] / 1000.0 > test->options->margin * 1.001;
}

/* On a terminal: how far it is. */
static void show_progress(const struct selftest *test, size_t wrong)
{
	size_t all = 0, change;

	if (!isatty(STDERR_FILENO))
		return;
	for (change = 0; change < test->changes; change++)
		all += is_told(test, change) * test->kernels *
		       (size_t)test->options->tries;
	fprintf(stderr, "\r\033[K%zu of %zu comparisons, %zu false, %.0f s",
		test->done, all, wrong,
		(double)bi_clock_since(test->began) / NS_PER_SEC);
	fflush(stderr);
}

static void end_progress(void)
{
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
}

static size_t count_wrong(const struct selftest *test)
{
	size_t i, wrong = 0;

	for (i = 0; i < test->changes * test->kernels; i++)
		wrong += test->cell[i].wrong;
	return wrong;
}

/* Round by round over all cells, so that what stops early has tried all. */
static int try_all(struct selftest *test, struct bench_error *err)
{
	uint64_t seed = test->options->seed;
	size_t change, kernel;
	int i, rc = 0;

	for (i = 0; i < test->options->tries; i++) {
		for (change = 0; change < test->changes; change++) {
			if (!is_told(test, change))
				continue;
			for (kernel = 0; kernel < test->kernels; kernel++) {
				if (rc < 0 || is_over(test))
					return rc;
				show_progress(test, count_wrong(test));
				rc = try_once(test, change, kernel, seed++,
					      err);
				test->done++;
			}
		}
	}
	return rc;
}

/* All kernels together. */
static int print_change(const struct selftest *test, size_t change)
{
	struct tally_cell sum = {.tries = 0};
	size_t most = test->kernels * (size_t)test->options->tries, kernel, i;
	int thousandths = test->change[change];

	sum.error = calloc(most + 1, sizeof(*sum.error));
	if (sum.error == NULL)
		return BENCH_ENOMEM;
	for (kernel = 0; kernel < test->kernels; kernel++) {
		struct tally_cell *cell = cell_of(test, change, kernel);

		for (i = 0; i < cell->tries; i++)
			sum.error[sum.tries++] = cell->error[i];
		sum.right += cell->right;
		sum.wrong += cell->wrong;
		sum.sec += cell->sec;
		sum.found_sequentially += cell->found_sequentially;
		tally_print(test->options, thousandths,
			    kernels_name[test->kernel[kernel]], cell);
	}
	tally_print(test->options, thousandths, "all", &sum);
	free(sum.error);
	return 0;
}

/* The Nth busy process, on the Nth of the CPUs that we may use: the scheduler
 * would move it away from the launches. */
static pid_t start_busy(int n)
{
	pid_t parent = getpid(), pid = fork();
	cpu_set_t set, one;
	int cpu, count;

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	if (sched_getaffinity(0, sizeof(set), &set) == 0) {
		count = n % CPU_COUNT(&set);
		for (cpu = 0; cpu < CPU_SETSIZE; cpu++) {
			if (CPU_ISSET((size_t)cpu, &set) && count-- == 0)
				break;
		}
		CPU_ZERO(&one);
		CPU_SET((size_t)cpu, &one);
		sched_setaffinity(0, sizeof(one), &one);
	}
	for (;;)
		__asm__ volatile("");
}

static int make_cells(struct selftest *test)
{
	size_t count = test->changes * test->kernels, i;

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

	for (i = 0; test->cell != NULL && i < test->changes * test->kernels;
	     i++)
		free(test->cell[i].error);
	free(test->cell);
}

static int choose_kernels(struct selftest *test, struct bench_error *err)
{
	const char *pattern = test->options->bench;
	regex_t regex;
	size_t i;

	if (regcomp(&regex, pattern ? pattern : "", REG_EXTENDED | REG_NOSUB) !=
	    0)
		return bi_error_set(err, BENCH_EINPUT,
				    "-bench: no regular expression");
	for (i = 0; i < kernels_count; i++) {
		if (pattern == NULL ||
		    regexec(&regex, kernels_name[i], 0, NULL, 0) == 0)
			test->kernel[test->kernels++] = i;
	}
	regfree(&regex);
	return test->kernels > 0 ? 0
				 : bi_error_set(err, BENCH_EINPUT,
						"-bench: no kernel matches");
}

/* Where this program stands, also without /proc. */
static int find_self(struct selftest *test, struct bench_error *err)
{
	const char *path = (const char *)getauxval(AT_EXECFN);

	if (readlink("/proc/self/exe", test->self, sizeof(test->self) - 1) >= 0)
		return 0;
	if (path == NULL || realpath(path, test->self) == NULL)
		return bi_error_errno(err, "cannot find", "this program");
	return 0;
}

static int prepare(struct selftest *test, struct bench_error *err)
{
	const struct options *options = test->options;
	int rc = find_self(test, err);

	test->change = options->changes ? options->changes : usual_changes;
	test->changes = options->changes
				? options->change_count
				: sizeof(usual_changes) / sizeof(int);
	if (rc == 0)
		rc = choose_kernels(test, err);
	if (rc == 0 && make_cells(test) < 0)
		rc = bi_error_nomem(err);
	return rc;
}

static int compare_all(struct selftest *test, struct bench_error *err)
{
	size_t change;
	int rc;

	tally_print_head(test->options);
	fflush(stdout);
	rc = try_all(test, err);
	end_progress();
	for (change = 0; change < test->changes; change++) {
		if (print_change(test, change) < 0)
			rc = bi_error_nomem(err);
	}
	tally_print_time(&test->time);
	return rc;
}

int selftest_run(const struct options *options)
{
	struct selftest test = {.options = options, .began = bi_clock_now()};
	struct bench_error err = BENCH_ERROR_INIT;
	pid_t *busy = calloc((size_t)options->load + 1, sizeof(*busy));
	int rc = busy ? prepare(&test, &err) : bi_error_nomem(&err), i;
	int status = 2;

	for (i = 0; rc == 0 && i < options->load; i++)
		busy[i] = start_busy(i);
	if (rc == 0)
		rc = compare_all(&test, &err);
	for (i = 0; busy != NULL && i < options->load; i++) {
		if (busy[i] > 0) {
			kill(busy[i], SIGKILL);
			waitpid(busy[i], NULL, 0);
		}
	}
	if (rc < 0)
		fprintf(stderr, "benchab: %s\n", err.text);
	else
		status = compare_is_stopped() ? EXIT_INTERRUPTED
					      : count_wrong(&test) > 0;
	free(busy);
	free_cells(&test);
	return status;
}
