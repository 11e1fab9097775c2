/* Six healthy benchmarks, and one of each misbehaviour.  The state file of
 * ThirdRound stands behind "--". */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <benchkit/bench.h>

#define CHUNK (4 << 20)

static int *volatile nowhere;
static volatile unsigned sink;

static void healthy(bench_b *b, void *arg)
{
	(void)arg;
	while (bench_loop(b))
		bench_clobber();
}

BENCHMARK(HealthyA)
{
	healthy(b, NULL);
}

/* Its directory must go although it cannot remove it. */
BENCHMARK(Segv)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/file", bench_temp_dir(b));
	file = fopen(path, "w");
	fputs("something", file);
	fclose(file);
	*nowhere = 1;
}

BENCHMARK(HealthyB)
{
	bench_temp_dir(b);
	healthy(b, NULL);
}

BENCHMARK(Abort)
{
	abort();
}

BENCHMARK(Hang)
{
	for (;;)
		sink++;
}

BENCHMARK(ExitZero)
{
	exit(0);
}

BENCHMARK(ExitThree)
{
	exit(3);
}

BENCHMARK(UnderscoreExit)
{
	_exit(0);
}

BENCHMARK(HealthyC)
{
	healthy(b, NULL);
}

BENCHMARK(Failing)
{
	bench_fatalf(b, "it failed");
}

BENCHMARK(Skipping)
{
	bench_skipf(b, "not today");
}

/* Slowly, for the sake of small machines. */
BENCHMARK(Greedy)
{
	for (;;) {
		char *chunk = malloc(CHUNK);

		memset(chunk, 1, CHUNK);
		bench_keep(chunk);
		usleep(5000);
	}
}

static void crash(bench_b *b, void *arg)
{
	(void)b;
	(void)arg;
	*nowhere = 1;
}

static void group_with_crash(bench_b *b, void *arg)
{
	(void)arg;
	bench_run(b, "first", healthy, NULL);
	bench_run(b, "crash", crash, NULL);
	bench_run(b, "last", healthy, NULL);
}

BENCHMARK(HealthyD)
{
	bench_run(b, "only", healthy, NULL);
}

BENCHMARK(Sub)
{
	bench_run(b, "before", healthy, NULL);
	bench_run(b, "group", group_with_crash, NULL);
	bench_run(b, "after", healthy, NULL);
}

/* A byte a round. */
BENCHMARK(ThirdRound)
{
	int count, fd;
	char *const *args = bench_args(&count);

	fd = open(args[0], O_WRONLY | O_APPEND | O_CREAT, 0600);
	if (write(fd, "x", 1) != 1)
		bench_fatalf(b, "cannot write to %s", args[0]);
	if (lseek(fd, 0, SEEK_END) == 3)
		*nowhere = 1;
	close(fd);
	healthy(b, NULL);
}

static void *crash_thread(void *arg)
{
	*nowhere = 1;
	return arg;
}

BENCHMARK(Thread)
{
	pthread_t thread;

	pthread_create(&thread, NULL, crash_thread, NULL);
	pthread_join(thread, NULL);
}

BENCHMARK(Exec)
{
	execl("/bin/true", "true", (char *)NULL);
}

BENCHMARK(CloseDescriptors)
{
	int fd;

	for (fd = 3; fd < 256; fd++)
		close(fd);
	healthy(b, NULL);
}

/* Into whatever is open: into our connection, too. */
BENCHMARK(Garbage)
{
	int fd;

	for (fd = 3; fd < 64; fd++) {
		if (write(fd, "\xff\xff\xff\xff", 4) < 0)
			sink++;
	}
	healthy(b, NULL);
}

static volatile int deepest = 1 << 30;

static __attribute__((noinline)) int dive(int depth)
{
	volatile char room[4096];

	room[0] = (char)depth;
	return depth == deepest ? 0 : dive(depth + 1) + room[0];
}

BENCHMARK(StackOverflow)
{
	sink = (unsigned)dive(0);
}

/* Reported; its child is not to stay. */
BENCHMARK(Forks)
{
	pid_t child = fork();

	if (child == 0) {
		for (;;)
			pause();
	}
	healthy(b, NULL);
}

/* The child comes back to us, as the caller forgot to end it. */
BENCHMARK(ForkReturns)
{
	if (fork() < 0)
		bench_fatalf(b, "no child");
	healthy(b, NULL);
}

BENCHMARK(HealthyE)
{
	while (bench_loop(b)) {
		char *block = malloc(1);

		bench_keep(block);
		free(block);
	}
	bench_report_allocs(b);
}

BENCHMARK(HealthyF)
{
	for (int64_t i = 0; i < b->n; i++)
		bench_clobber();
}

BENCH_MAIN();
