/* What a lock costs that nobody else wants, with libbenchkit-profile in the
 * program: libc's own functions, ours while nothing is recorded, and while waits
 * are.  There is a second thread, asleep: libc's locks are cheaper without one,
 * and a program with locks has one.
 *
 *	bench_locks -count=10 | benchstat -col /mode - */
#include <benchkit/bench.h>
#include <benchkit/profile.h>
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include <unistd.h>

/* Called through pointers in all modes, as a program's calls are. */
struct functions {
	int (*lock)(pthread_mutex_t *mutex);
	int (*unlock)(pthread_mutex_t *mutex);
	int (*rdlock)(pthread_rwlock_t *lock);
	int (*rwunlock)(pthread_rwlock_t *lock);
	int (*sem_wait)(sem_t *sem);
};

static const struct functions ours = {
	pthread_mutex_lock,    pthread_mutex_unlock, pthread_rwlock_rdlock,
	pthread_rwlock_unlock, sem_wait,
};

static struct functions plain;

/* Past ours, from libc itself. */
static void find_plain(void)
{
	static const char *const names[] = {
		"pthread_mutex_lock",	 "pthread_mutex_unlock",
		"pthread_rwlock_rdlock", "pthread_rwlock_unlock",
		"sem_wait",
	};
	void *libc = dlopen("libc.so.6", RTLD_NOW | RTLD_NOLOAD);
	void *found[5];
	int i;

	for (i = 0; i < 5; i++)
		found[i] = dlsym(libc, names[i]);
	memcpy(&plain, found, sizeof(plain));
}

struct mode {
	const char *name;
	const struct functions *functions;
	bool block, mutex;
};

static const struct mode modes[] = {
	{"mode=plain", &plain, false, false},
	{"mode=off", &ours, false, false},
	{"mode=block", &ours, true, false},
	{"mode=both", &ours, true, true},
};

static void with_mutex(bench_b *b, const struct functions *call)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

	while (bench_loop(b)) {
		call->lock(&mutex);
		call->unlock(&mutex);
	}
}

static void with_rwlock(bench_b *b, const struct functions *call)
{
	pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

	while (bench_loop(b)) {
		call->rdlock(&lock);
		call->rwunlock(&lock);
	}
}

static void with_sem(bench_b *b, const struct functions *call)
{
	sem_t sem;

	sem_init(&sem, 0, 0);
	while (bench_loop(b)) {
		sem_post(&sem);
		call->sem_wait(&sem);
	}
	sem_destroy(&sem);
}

struct run {
	const struct mode *mode;
	void (*body)(bench_b *b, const struct functions *call);
};

static void run(bench_b *b, void *arg)
{
	const struct run *what = arg;
	const struct mode *mode = what->mode;

	if (mode->block)
		bench_profile_start("block", 0, NULL);
	if (mode->mutex)
		bench_profile_start("mutex", 0, NULL);
	what->body(b, mode->functions);
	if (mode->block)
		bench_profile_stop("block", NULL, NULL);
	if (mode->mutex)
		bench_profile_stop("mutex", NULL, NULL);
}

static void *sleeper(void *nothing)
{
	for (;;)
		pause();
	return nothing;
}

static void run_modes(bench_b *b,
		      void (*body)(bench_b *b, const struct functions *call))
{
	pthread_t thread;
	size_t i;

	find_plain();
	pthread_create(&thread, NULL, sleeper, NULL);
	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		struct run what = {&modes[i], body};

		bench_run(b, modes[i].name, run, &what);
	}
	pthread_cancel(thread);
	pthread_join(thread, NULL);
}

BENCHMARK(Mutex)
{
	run_modes(b, with_mutex);
}

BENCHMARK(RWLock)
{
	run_modes(b, with_rwlock);
}

BENCHMARK(Sem)
{
	run_modes(b, with_sem);
}

BENCH_MAIN();
