/* A benchmark program in two builds (NEW is 0 or 1) that differ in every way
 * there is.  Its first argument is a directory for marks, or nothing. */
#include <benchkit/bench.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void work(uint64_t steps)
{
	uint64_t x = 1, i;

	for (i = 0; i < steps; i++)
		x = x * UINT64_C(6364136223846793005) + i;
	bench_keep(x);
}

BENCHMARK(Same)
{
	while (bench_loop(b))
		work(1000);
}

BENCHMARK(Slower)
{
	while (bench_loop(b))
		work(NEW ? 2000 : 1000);
}

BENCHMARK(Faster)
{
	for (int64_t i = 0; i < b->n; i++)
		work(NEW ? 1000 : 2000);
}

static void part(bench_b *b, void *arg)
{
	while (bench_loop(b))
		work(*(uint64_t *)arg);
}

BENCHMARK(Group)
{
	uint64_t steps = NEW ? 3000 : 1000, same = 1000;

	bench_run(b, "slower", part, &steps);
	bench_run(b, "same", part, &same);
}

BENCHMARK(Allocates)
{
	int i;

	while (bench_loop(b)) {
		for (i = 0; i < 2 + NEW; i++) {
			void *p = malloc(64);

			bench_keep(p);
			free(p);
		}
	}
	bench_report_metric(b, 7 + NEW, "steps/op");
}

BENCHMARK(FailsInNew)
{
	while (bench_loop(b))
		work(1000);
	if (NEW)
		bench_errorf(b, "it is wrong");
}

BENCHMARK(FailsLater)
{
	while (bench_loop(b))
		work(1000);
	/* Not in the first, short run that finds out what there is. */
	if (NEW && b->n > 100)
		bench_errorf(b, "too often");
}

BENCHMARK(CrashesInOld)
{
	while (bench_loop(b)) {
		if (!NEW)
			raise(SIGSEGV);
		work(1000);
	}
}

BENCHMARK(ExitsInNew)
{
	while (bench_loop(b)) {
		if (NEW)
			exit(3);
		work(1000);
	}
}

BENCHMARK(HangsInNew)
{
	while (bench_loop(b)) {
		if (NEW)
			pause();
		work(1000);
	}
}

BENCHMARK(Skipped)
{
	bench_skipf(b, "not here");
}

#if NEW
BENCHMARK(OnlyNew)
#else
BENCHMARK(OnlyOld)
#endif
{
	while (bench_loop(b))
		work(1000);
}

/* Somebody kills it from outside, once, in the middle of a slice. */
BENCHMARK(Killed)
{
	int count;
	char *const *args = bench_args(&count);
	uint64_t done = 0;

	while (bench_loop(b)) {
		work(1000);
		if (NEW && count > 0 && done++ == 500 &&
		    open(args[0], O_CREAT | O_EXCL | O_WRONLY, 0600) >= 0)
			raise(SIGKILL);
	}
}

BENCHMARK(Sleeps)
{
	const struct timespec ms = {0, 1000000};

	while (bench_loop(b))
		nanosleep(&ms, NULL);
}

static void share(bench_pb *pb, void *arg)
{
	(void)arg;
	while (bench_pb_next(pb))
		work(1000);
}

BENCHMARK(Threads)
{
	bench_set_parallelism(b, 2);
	bench_run_parallel(b, share, NULL);
}

BENCHMARK(Nanosecond)
{
	uint64_t x = 1;

	while (bench_loop(b)) {
		x = x * UINT64_C(6364136223846793005) + 1;
		bench_keep(x); /* or clang makes one step of two */
		if (NEW)
			x = x * UINT64_C(6364136223846793005) + 1;
		bench_keep(x);
	}
}

/* An operation that takes longer than any slice should. */
BENCHMARK(Long)
{
	while (bench_loop(b)) {
		struct timespec began, now;

		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &began);
		do {
			work(10000);
			clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
		} while ((double)(now.tv_sec - began.tv_sec) +
				 1e-9 * (double)(now.tv_nsec - began.tv_nsec) <
			 0.11);
	}
}

/* What it says before it fails is not to be lost. */
BENCHMARK(SaysWhyInNew)
{
	int i;

	fprintf(stderr, "it is \033[31mred\n");
	if (NEW) {
		for (i = 0; i < 1000; i++)
			fprintf(stderr, "line %d of many\n", i);
		fprintf(stderr, "the last line");
		bench_fatalf(b, "for a reason");
	}
	while (bench_loop(b))
		work(1000);
}

BENCHMARK(SetUp)
{
	const struct timespec ms = {0, 20000000};
	char text[256] = "";
	int count;
	char *const *args = bench_args(&count);

	nanosleep(&ms, NULL);
	/* Once a process: the test counts the lines. */
	if (count > 0) {
		int fd = open(args[0], O_CREAT | O_APPEND | O_WRONLY, 0600);

		snprintf(text, sizeof(text), "%d\n", (int)getpid());
		if (fd < 0 || write(fd, text, strlen(text)) < 0)
			bench_fatalf(b, "cannot write %s", args[0]);
		close(fd);
	}
	while (bench_loop(b))
		work(1000);
}

BENCH_MAIN();
