/* stress LIBRARY SECONDS: a CPU profile at 5 kHz (less under a sanitizer), those of
 * locks and threads, and pictures of all threads, of a program that opens and
 * closes LIBRARY, forks, makes and ends threads, allocates, fights for a lock, and
 * writes profiles meanwhile.  Every thread makes progress, nothing is allocated in
 * a signal handler, and the profile has samples of all of it. */
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <benchkit/profile.h>
#include <benchkit/version.h>

/* With a sanitizer in it, the handler takes longer than a period of 5 kHz. */
#define RATE (BENCH_SANITIZED ? 500 : 5000)

/* ---- No allocation in the handler ---- */

static atomic_int in_handler;

#if !BENCH_SANITIZED

extern void *__libc_malloc(size_t size);

/* The handler blocks all signals, and nothing else here blocks SIGPROF and
 * allocates. */
void *malloc(size_t size)
{
	sigset_t blocked;

	pthread_sigmask(SIG_SETMASK, NULL, &blocked);
	if (sigismember(&blocked, SIGPROF) == 1 &&
	    sigismember(&blocked, SIGSEGV) == 1)
		atomic_fetch_add(&in_handler, 1);
	return __libc_malloc(size);
}

#endif

/* ---- What is done meanwhile ---- */

static const char *library;
static atomic_bool over;

static void open_and_close(void)
{
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

	if (handle != NULL)
		dlclose(handle);
}

static void fork_and_wait(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

static void *be_short(void *arg)
{
	volatile unsigned n = 0;

	while (n < 100000)
		n = n + 1;
	return arg;
}

static void make_threads(void)
{
	pthread_t thread[4];
	int i, made;

	for (made = 0; made < 4; made++)
		if (pthread_create(&thread[made], NULL, be_short, NULL) != 0)
			break;
	for (i = 0; i < made; i++)
		pthread_join(thread[i], NULL);
}

static void allocate(void)
{
	void *volatile block[64];
	int i;

	for (i = 0; i < 64; i++)
		block[i] = malloc((size_t)i * 100 + 1);
	for (i = 0; i < 64; i++)
		free(block[i]);
}

static void fight(void)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	int i;

	for (i = 0; i < 100; i++) {
		pthread_mutex_lock(&lock);
		allocate();
		pthread_mutex_unlock(&lock);
	}
}

static int drop(void *arg, const void *data, size_t size)
{
	(void)data;
	*(size_t *)arg += size;
	return 0;
}

static void write_profile(void)
{
	size_t bytes = 0;
	struct bench_profile_output out = {.sink = drop, .arg = &bytes};

	bench_profile_write("cpu", &out, NULL);
	bench_profile_write("block", &out, NULL);
	bench_profile_write("mutex", &out, NULL);
	bench_profile_write("threads", &out, NULL);
	/* It takes a while, and holds a lock that forks wait for. */
	usleep(300000);
}

static struct job {
	const char *name;
	void (*run)(void);
	_Atomic int64_t rounds;
} jobs[] = {
	{"dlopen", open_and_close, 0}, {"fork", fork_and_wait, 0},
	{"threads", make_threads, 0},  {"malloc", allocate, 0},
	{"malloc", allocate, 0},       {"write", write_profile, 0},
	{"lock", fight, 0},            {"lock", fight, 0},
};

enum { JOBS = sizeof(jobs) / sizeof(jobs[0]) };

static void *run_job(void *arg)
{
	struct job *job = arg;

	while (!atomic_load(&over)) {
		job->run();
		atomic_fetch_add(&job->rounds, 1);
	}
	return NULL;
}

/* Each job has done a round more since BEFORE; says which has not. */
static bool all_moved(int64_t *before)
{
	bool moved = true;
	int i;

	for (i = 0; i < JOBS; i++) {
		int64_t now = atomic_load(&jobs[i].rounds);

		if (now == before[i]) {
			printf("%s stands still at %lld\n", jobs[i].name,
			       (long long)now);
			moved = false;
		}
		before[i] = now;
	}
	return moved;
}

/* ---- The profile ---- */

static char *text;
static size_t text_len;

static int keep(void *arg, const void *data, size_t size)
{
	char *longer = realloc(text, text_len + size + 1);

	(void)arg;
	if (longer == NULL)
		return 1;
	text = longer;
	memcpy(text + text_len, data, size);
	text_len += size;
	text[text_len] = '\0';
	return 0;
}

static bool check_profile(void)
{
	struct bench_profile_output out = {.sink = keep,
					   .format = BENCH_PROFILE_FOLDED};
	struct bench_error err = BENCH_ERROR_INIT;

	if (bench_profile_stop("cpu", &out, &err) < 0) {
		puts(err.text);
		return false;
	}
	/* With a sanitizer there are a few dozen short threads, and none of them
	 * need be running at a tick. */
	if (text == NULL || strstr(text, "allocate") == NULL ||
	    (!BENCH_SANITIZED && strstr(text, "be_short") == NULL)) {
		puts("the profile lacks what was done");
		return false;
	}
	return true;
}

/* A picture of the threads ends a sleep. */
static void rest(int seconds)
{
	struct timespec end;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += seconds;
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL) != 0)
		;
}

int main(int argc, char **argv)
{
	int64_t before[JOBS] = {0};
	pthread_t thread[JOBS];
	int i, seconds = argc > 2 ? atoi(argv[2]) : 2;
	bool good = true;

	library = argc > 1 ? argv[1] : "libm.so.6";
	if (bench_profile_start("cpu", RATE, NULL) < 0 ||
	    bench_profile_start("threadcreate", 0, NULL) < 0)
		return 1;
	/* Not there if the library is built without. */
	bench_profile_start("block", 0, NULL);
	bench_profile_start("mutex", 0, NULL);
	for (i = 0; i < JOBS; i++)
		pthread_create(&thread[i], NULL, run_job, &jobs[i]);
	/* A thread that gets no CPU for some seconds may be unlucky; one that
	 * waits for a lock that nobody gives back stays so. */
	rest(seconds);
	for (i = 0; !all_moved(before) && i < 20; i++)
		rest(1);
	good = i < 20;
	atomic_store(&over, true);
	for (i = 0; good && i < JOBS; i++)
		pthread_join(thread[i], NULL);
	good = good && check_profile();
	if (atomic_load(&in_handler) > 0) {
		printf("%d allocations in a signal handler\n",
		       atomic_load(&in_handler));
		good = false;
	}
	for (i = 0; i < JOBS; i++)
		printf("%-8s %lld\n", jobs[i].name,
		       (long long)atomic_load(&jobs[i].rounds));
	free(text);
	return good ? 0 : 1;
}
