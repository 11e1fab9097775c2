/* A program with a main of its own, for the tests of flags and of what goes
 * where.  Its environment makes it do more: see main. */
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <benchkit/bench.h>

BENCHMARK(Quick)
{
	while (bench_loop(b))
		bench_clobber();
}

/* The same line on every machine. */
BENCHMARK(Fixed)
{
	bench_report_metric(b, 12.5, "ns/op");
	bench_report_metric(b, 0.25, "x/op");
}

BENCHMARK(Log)
{
	bench_report_metric(b, 5, "ns/op");
	bench_logf(b, "a \"quoted\" line\nand\tanother");
}

static void fixed(bench_b *b, void *arg)
{
	bench_report_metric(b, *(double *)arg, "ns/op");
}

BENCHMARK(Group)
{
	double one = 1, two = 2;

	bench_run(b, "one", fixed, &one);
	bench_run(b, "two", fixed, &two);
}

BENCHMARK(Broken)
{
	bench_errorf(b, "broken");
}

BENCHMARK(Short)
{
	bench_report_metric(b, 1, "ns/op");
	if (bench_short())
		bench_skipf(b, "it is short");
}

BENCHMARK(Prints)
{
	bench_report_metric(b, 1, "ns/op");
	printf("printed by a benchmark\n");
}

BENCHMARK(Stdin)
{
	bench_report_metric(b, 1, "ns/op");
	if (getchar() != EOF)
		bench_fatalf(b, "stdin is not empty");
}

BENCHMARK(Args)
{
	int count, i;
	char *const *args = bench_args(&count);

	bench_report_metric(b, 1, "ns/op");
	if (args[count] != NULL || getenv("BENCH_WORKER") != NULL)
		bench_fatalf(b, "no end of the arguments, or a variable");
	for (i = 0; i < count; i++)
		bench_logf(b, "%d: %s", i, args[i]);
}

BENCHMARK(Slow)
{
	bench_report_metric(b, 1, "ns/op");
	bench_temp_dir(b);
	fprintf(stderr, "slow\n");
	while (bench_loop(b))
		usleep(1000);
}

static atomic_int messages;

static void *chat(void *arg)
{
	while (messages++ < 2000)
		bench_logf(arg, "a message");
	return NULL;
}

/* Another thread logs while sub-benchmarks come and go. */
BENCHMARK(Chatty)
{
	double ns = 1;
	pthread_t thread;

	messages = 0;
	if (pthread_create(&thread, NULL, chat, b) != 0)
		bench_fatalf(b, "no thread");
	while (messages < 2000)
		bench_run(b, "sub", fixed, &ns);
	pthread_join(thread, NULL);
}

static char first[] = "first", second[] = "second", bad[] = "bad";

static int set_up(void *arg)
{
	fprintf(stderr, "up %s\n", (const char *)arg);
	return arg == bad;
}

static void tear_down(void *arg)
{
	fprintf(stderr, "down %s\n", (const char *)arg);
}

/* Each if its variable is set. */
static int prepare(void)
{
	int rc = 0;

	if (getenv("SAMPLE_LOCALE") != NULL && setlocale(LC_ALL, "") == NULL)
		return -1;
	if (getenv("SAMPLE_NAME") != NULL)
		rc = bench_register(getenv("SAMPLE_NAME"), fixed, NULL);
	if (rc == 0 && getenv("SAMPLE_SETUP") != NULL) {
		rc = bench_on_start(set_up, tear_down, first);
		if (rc == 0)
			rc = bench_on_start(set_up, tear_down, second);
	}
	if (rc == 0 && getenv("SAMPLE_BAD_SETUP") != NULL)
		rc = bench_on_start(set_up, tear_down, bad);
	return rc;
}

int main(int argc, char **argv)
{
	static double seven = 7;
	sigset_t blocked;
	int status;

	if (bench_register("Registered", fixed, &seven) < 0 || prepare() < 0)
		return 99;
	status = bench_main(argc, argv);
	/* What is left of main can be interrupted again. */
	sigprocmask(SIG_BLOCK, NULL, &blocked);
	return sigismember(&blocked, SIGINT) ? 98 : status;
}
