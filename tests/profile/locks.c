/* locks [FILE]: each way to wait, once, for a known time, by a function of its
 * own, while a function of its own holds what is waited for; the profiles block
 * and mutex say the same.  With FILE, FILE.block and FILE.mutex are the profiles
 * in pprof's format. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <benchkit/profile.h>

#define NOINLINE __attribute__((noinline))

/* What a waiter waits at least. */
#define HOLD_NS 30000000

#define HOUR (3600 * INT64_C(1000000000))

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static struct timespec in(clockid_t clock, int64_t ns)
{
	struct timespec at;

	clock_gettime(clock, &at);
	ns += at.tv_nsec;
	at.tv_sec += ns / 1000000000;
	at.tv_nsec = ns % 1000000000;
	return at;
}

/* ---- What is waited for ---- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static bool signalled;
static sem_t semaphore;
static pthread_barrier_t barrier;
static pthread_t joined;
static mtx_t c11_mutex;
static cnd_t c11_cond;

static atomic_int waiter_tid;

/* Does the waiter sleep? */
static bool sleeps(int tid)
{
	char path[64], text[512] = "";
	const char *name_end;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", tid);
	f = fopen(path, "r");
	if (f == NULL)
		return true; /* slept, and has ended */
	if (fgets(text, sizeof(text), f) == NULL)
		text[0] = '\0';
	fclose(f);
	name_end = strrchr(text, ')');
	return name_end != NULL && name_end[1] == ' ' && name_end[2] == 'S';
}

static void await_waiter(void)
{
	struct timespec hold = {.tv_nsec = HOLD_NS};

	while (atomic_load(&waiter_tid) == 0 ||
	       !sleeps(atomic_load(&waiter_tid)))
		sched_yield();
	nanosleep(&hold, NULL);
}

/* ---- Who waits, and who is waited for ---- */

/* A pair of functions whose names tell them apart from all others. */
#define PAIR(name, wait, acquire, release)                                     \
	NOINLINE static void wait_##name(void)                                 \
	{                                                                      \
		wait;                                                          \
	}                                                                      \
	NOINLINE static void take_##name(void)                                 \
	{                                                                      \
		acquire;                                                       \
	}                                                                      \
	NOINLINE static void keep_##name(void)                                 \
	{                                                                      \
		release;                                                       \
	}

static void wait_until(int (*wait)(pthread_mutex_t *, const struct timespec *),
		       int64_t ns, int want)
{
	struct timespec until = in(CLOCK_REALTIME, ns);

	if (wait(&mutex, &until) != want)
		abort();
	if (want == 0)
		pthread_mutex_unlock(&mutex);
}

static int clocklock(pthread_mutex_t *m, const struct timespec *until)
{
	struct timespec at = in(CLOCK_MONOTONIC, HOUR);

	(void)until;
	return pthread_mutex_clocklock(m, CLOCK_MONOTONIC, &at);
}

PAIR(mutex, pthread_mutex_lock(&mutex); pthread_mutex_unlock(&mutex),
     pthread_mutex_lock(&mutex), pthread_mutex_unlock(&mutex))
PAIR(timed, wait_until(pthread_mutex_timedlock, HOUR, 0),
     pthread_mutex_lock(&mutex), pthread_mutex_unlock(&mutex))
PAIR(clocked, wait_until(clocklock, HOUR, 0),
     pthread_mutex_lock(&mutex), pthread_mutex_unlock(&mutex))
PAIR(read, pthread_rwlock_rdlock(&rwlock); pthread_rwlock_unlock(&rwlock),
     pthread_rwlock_wrlock(&rwlock), pthread_rwlock_unlock(&rwlock))
PAIR(write, pthread_rwlock_wrlock(&rwlock); pthread_rwlock_unlock(&rwlock),
     pthread_rwlock_rdlock(&rwlock), pthread_rwlock_unlock(&rwlock))
PAIR(c11, mtx_lock(&c11_mutex); mtx_unlock(&c11_mutex),
     mtx_lock(&c11_mutex), mtx_unlock(&c11_mutex))
PAIR(sem, sem_wait(&semaphore), , sem_post(&semaphore))
PAIR(barrier, pthread_barrier_wait(&barrier), , pthread_barrier_wait(&barrier))

static void wait_signalled(void)
{
	pthread_mutex_lock(&mutex);
	while (!signalled)
		pthread_cond_wait(&cond, &mutex);
	signalled = false;
	pthread_mutex_unlock(&mutex);
}

static void signal_cond(void)
{
	pthread_mutex_lock(&mutex);
	signalled = true;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&mutex);
}

static void wait_c11_signalled(void)
{
	mtx_lock(&c11_mutex);
	while (!signalled)
		cnd_wait(&c11_cond, &c11_mutex);
	signalled = false;
	mtx_unlock(&c11_mutex);
}

static void signal_c11_cond(void)
{
	mtx_lock(&c11_mutex);
	signalled = true;
	cnd_signal(&c11_cond);
	mtx_unlock(&c11_mutex);
}

PAIR(cond, wait_signalled(), , signal_cond())
PAIR(c11_cond, wait_c11_signalled(), , signal_c11_cond())

static void *end_when_joined(void *nothing)
{
	await_waiter();
	return nothing;
}

PAIR(join, pthread_join(joined, NULL),
     pthread_create(&joined, NULL, end_when_joined, NULL), )

/* Waits whose end nobody brings about. */
PAIR(refused, wait_until(pthread_mutex_timedlock, 2 * HOLD_NS, ETIMEDOUT),
     pthread_mutex_lock(&mutex), pthread_mutex_unlock(&mutex))

static struct scene {
	const char *wait; /* the names of functions */
	const char *keep; /* NULL: no lock is released */
	void (*waiter)(void);
	void (*take)(void);
	void (*release)(void);
	int64_t waited_ns; /* and what is around it */
} scenes[] = {
#define SCENE(name)                                                            \
	"wait_" #name, "keep_" #name, wait_##name, take_##name, keep_##name, 0
#define LOCKLESS(name)                                                         \
	"wait_" #name, NULL, wait_##name, take_##name, keep_##name, 0
	{SCENE(mutex)},	     {SCENE(timed)},	 {SCENE(clocked)},
	{SCENE(read)},	     {SCENE(write)},	 {SCENE(c11)},
	{LOCKLESS(sem)},     {LOCKLESS(barrier)}, {LOCKLESS(cond)},
	{LOCKLESS(c11_cond)}, {LOCKLESS(join)},	 {SCENE(refused)},
};

enum { SCENES = sizeof(scenes) / sizeof(scenes[0]) };

static void *run_waiter(void *arg)
{
	struct scene *scene = arg;
	int64_t began = now_ns();

	atomic_store(&waiter_tid, (int)syscall(SYS_gettid));
	scene->waiter();
	scene->waited_ns = now_ns() - began;
	return NULL;
}

/* Join WAITER, without a wait in the profile. */
static void end(pthread_t waiter)
{
	struct timespec little = {.tv_nsec = 1000000};

	while (pthread_tryjoin_np(waiter, NULL) == EBUSY)
		nanosleep(&little, NULL);
}

static void play(struct scene *scene)
{
	pthread_t waiter;

	atomic_store(&waiter_tid, 0);
	scene->take();
	pthread_create(&waiter, NULL, run_waiter, scene);
	await_waiter();
	if (scene->waiter == wait_refused)
		end(waiter);
	scene->release();
	if (scene->waiter != wait_refused)
		end(waiter);
}

NOINLINE static void uncontended(void)
{
	int i;

	for (i = 0; i < 1000; i++) {
		pthread_mutex_lock(&mutex);
		pthread_mutex_unlock(&mutex);
		pthread_rwlock_rdlock(&rwlock);
		pthread_rwlock_unlock(&rwlock);
		sem_post(&semaphore);
		sem_wait(&semaphore);
	}
}

/* ---- What the profiles say ---- */

static char text[1 << 20];
static size_t text_len;

static int take(void *arg, const void *data, size_t size)
{
	(void)arg;
	if (size > sizeof(text) - 1 - text_len)
		return 1;
	memcpy(text + text_len, data, size);
	text_len += size;
	text[text_len] = '\0';
	return 0;
}

/* All that was recorded below FUNCTION. */
static void sum(const char *function, long *count, int64_t *ns)
{
	char *record = strstr(text, "cycles/second"), *end, *at;
	char frame[64];

	snprintf(frame, sizeof(frame), "\t%s+0x", function);
	*count = 0;
	*ns = 0;
	for (; record != NULL; record = end == NULL ? NULL : end + 2) {
		end = strstr(record, "\n\n");
		at = strstr(record, frame);
		if (at == NULL || (end != NULL && at > end))
			continue;
		/* The line of numbers: the last one that has an @. */
		while (at > record && strncmp(at, " @ ", 3) != 0)
			at--;
		while (at > record && at[-1] != '\n')
			at--;
		*ns += strtoll(at, &at, 10);
		*count += strtol(at, NULL, 10);
	}
}

static int check(const char *function, const struct scene *scene)
{
	int64_t ns;
	long count;
	bool wrong;

	sum(function, &count, &ns);
	wrong = count != 1 || ns < HOLD_NS || ns > scene->waited_ns;
	printf("%-16s %ld for %.3f ms, in truth 1 for %.3f%s\n", function,
	       count, (double)ns / 1e6, (double)scene->waited_ns / 1e6,
	       wrong ? ": WRONG" : "");
	return wrong;
}

static int check_none(const char *function)
{
	int64_t ns;
	long count;

	sum(function, &count, &ns);
	if (count != 0)
		printf("%s: %ld, want none: WRONG\n", function, count);
	return count != 0;
}

static void stop(const char *kind, const char *file)
{
	struct bench_profile_output out = {.sink = take,
					   .format = BENCH_PROFILE_TEXT};
	struct bench_error err = BENCH_ERROR_INIT;
	char path[4096];
	int rc = 0;

	if (file != NULL) {
		snprintf(path, sizeof(path), "%s.%s", file, kind);
		rc = bench_profile_write(
			kind, &(struct bench_profile_output){.path = path},
			&err);
	}
	text_len = 0;
	if (rc < 0 || bench_profile_stop(kind, &out, &err) < 0) {
		puts(err.text);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	int i, wrong = 0;

	sem_init(&semaphore, 0, 0);
	pthread_barrier_init(&barrier, NULL, 2);
	mtx_init(&c11_mutex, mtx_timed);
	cnd_init(&c11_cond);
	if (bench_profile_start("block", 0, NULL) < 0 ||
	    bench_profile_start("mutex", 0, NULL) < 0)
		return 1;
	uncontended();
	for (i = 0; i < SCENES; i++)
		play(&scenes[i]);
	stop("block", argc > 1 ? argv[1] : NULL);
	for (i = 0; i < SCENES; i++) {
		wrong |= check(scenes[i].wait, &scenes[i]);
		wrong |= scenes[i].keep != NULL && check_none(scenes[i].keep);
	}
	wrong |= check_none("uncontended");
	stop("mutex", argc > 1 ? argv[1] : NULL);
	for (i = 0; i < SCENES; i++) {
		/* The one that gave up was kept waiting by nobody's release. */
		if (scenes[i].waiter == wait_refused)
			wrong |= check_none(scenes[i].keep);
		else if (scenes[i].keep != NULL)
			wrong |= check(scenes[i].keep, &scenes[i]);
		wrong |= check_none(scenes[i].wait);
	}
	wrong |= check_none("uncontended");
	return wrong;
}
