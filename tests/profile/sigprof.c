/* A program that uses SIGPROF itself: before a profile, with one and after it,
 * its handler gets what is its own and nothing else. */
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <benchkit/profile.h>

static atomic_int own, others;
static volatile uint64_t sink;

static void on_signal(int signo, siginfo_t *info, void *context)
{
	(void)signo;
	(void)context;
	if (info->si_code == SI_USER)
		atomic_fetch_add(&own, 1);
	else
		atomic_fetch_add(&others, 1);
}

static void burn(int64_t ms)
{
	clock_t until = clock() + ms * CLOCKS_PER_SEC / 1000;

	while (clock() < until)
		for (int i = 0; i < 100000; i++)
			sink += (uint64_t)i;
}

static char text[1 << 16];

static int take(void *arg, const void *data, size_t size)
{
	(void)arg;
	if (size >= sizeof(text) - strlen(text))
		return 1;
	strncat(text, data, size);
	return 0;
}

#define CHECK(condition)                                                       \
	do {                                                                   \
		if (!(condition)) {                                            \
			printf("%s:%d: not %s\n", __FILE__, __LINE__,          \
			       #condition);                                    \
			return 1;                                              \
		}                                                              \
	} while (0)

static int with_a_handler(void)
{
	struct sigaction action = {.sa_sigaction = on_signal,
				   .sa_flags = SA_SIGINFO};
	struct bench_profile_output out = {.sink = take,
					   .format = BENCH_PROFILE_FOLDED};
	int i;

	sigaction(SIGPROF, &action, NULL);
	CHECK(bench_profile_start("cpu", 0, NULL) == 0);
	for (i = 0; i < 20; i++) {
		burn(10);
		kill(getpid(), SIGPROF);
	}
	CHECK(bench_profile_stop("cpu", &out, NULL) == 0);
	kill(getpid(), SIGPROF);
	CHECK(atomic_load(&own) == 21);
	CHECK(atomic_load(&others) == 0);
	CHECK(strstr(text, "burn") != NULL);
	return 0;
}

/* The default is to die of it, and stays so; but our own signals kill nobody,
 * not even a late one. */
static int with_the_default(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		signal(SIGPROF, SIG_DFL);
		CHECK(bench_profile_start("cpu", 0, NULL) == 0);
		burn(50);
		CHECK(bench_profile_stop("cpu", NULL, NULL) == 0);
		burn(50);
		kill(getpid(), SIGPROF);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF);
	return 0;
}

static int ignored(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		signal(SIGPROF, SIG_IGN);
		CHECK(bench_profile_start("cpu", 0, NULL) == 0);
		kill(getpid(), SIGPROF);
		CHECK(bench_profile_stop("cpu", NULL, NULL) == 0);
		kill(getpid(), SIGPROF);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(status == 0);
	return 0;
}

/* Last: the handler is the program's after it. */
static int taken_from_us(const char *path)
{
	struct bench_profile_output out = {.path = path};

	CHECK(bench_profile_start("cpu", 0, NULL) == 0);
	signal(SIGPROF, SIG_IGN);
	CHECK(bench_profile_stop("cpu", &out, NULL) == 0);
	return 0;
}

/* Interval timers of the program's own are not our business either. */
static int with_an_interval_timer(void)
{
	const struct itimerval often = {{0, 5000}, {0, 5000}}, never = {0};

	atomic_store(&others, 0);
	CHECK(bench_profile_start("cpu", 0, NULL) == 0);
	setitimer(ITIMER_PROF, &often, NULL);
	burn(100);
	setitimer(ITIMER_PROF, &never, NULL);
	CHECK(bench_profile_stop("cpu", NULL, NULL) == 0);
	CHECK(atomic_load(&others) > 0);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	return with_the_default() || ignored() || with_a_handler() ||
	       with_an_interval_timer() || taken_from_us(argv[1]);
}
