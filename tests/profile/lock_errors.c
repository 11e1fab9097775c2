/* What pthread's and C11's locks say when something is wrong, and what a
 * cancelled thread leaves behind, is the same while waits are recorded; so are
 * errno and a fork's child. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <benchkit/profile.h>

static struct timespec soon(clockid_t clock)
{
	struct timespec at;

	clock_gettime(clock, &at);
	at.tv_nsec += 2000000;
	if (at.tv_nsec >= 1000000000) {
		at.tv_nsec -= 1000000000;
		at.tv_sec++;
	}
	return at;
}

static const struct timespec never = {.tv_nsec = 1000000000};

struct kinds {
	int type, protocol, robust;
};

static void make(pthread_mutex_t *mutex, struct kinds kinds)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, kinds.type);
	pthread_mutexattr_setprotocol(&attr, kinds.protocol);
	pthread_mutexattr_setrobust(&attr, kinds.robust);
	pthread_mutex_init(mutex, &attr);
	pthread_mutexattr_destroy(&attr);
}

static void *run_in(void *(*function)(void *arg), void *arg)
{
	pthread_t thread;
	void *result;

	pthread_create(&thread, NULL, function, arg);
	pthread_join(thread, &result);
	return result;
}

/* ---- Mutexes ---- */

static int lock_again(void)
{
	pthread_mutex_t mutex;
	int rc;

	make(&mutex, (struct kinds){.type = PTHREAD_MUTEX_ERRORCHECK});
	pthread_mutex_lock(&mutex);
	rc = pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	pthread_mutex_destroy(&mutex);
	return rc;
}

static int unlock_unlocked(void)
{
	pthread_mutex_t mutex;
	int rc;

	make(&mutex, (struct kinds){.type = PTHREAD_MUTEX_ERRORCHECK});
	rc = pthread_mutex_unlock(&mutex);
	pthread_mutex_destroy(&mutex);
	return rc;
}

static void *try_lock(void *mutex)
{
	return (void *)(intptr_t)pthread_mutex_trylock(mutex);
}

static int lock_recursively(void)
{
	pthread_mutex_t mutex;
	int rc;

	make(&mutex, (struct kinds){.type = PTHREAD_MUTEX_RECURSIVE});
	rc = pthread_mutex_lock(&mutex);
	rc |= pthread_mutex_lock(&mutex);
	rc |= pthread_mutex_unlock(&mutex);
	/* Once more, it is still locked. */
	if ((intptr_t)run_in(try_lock, &mutex) != EBUSY)
		rc = -1;
	rc |= pthread_mutex_unlock(&mutex);
	rc |= pthread_mutex_destroy(&mutex);
	return rc;
}

static void *lock_and_end(void *mutex)
{
	pthread_mutex_lock(mutex);
	return NULL;
}

static int lock_of_the_dead(void)
{
	pthread_mutex_t mutex;
	int rc;

	make(&mutex, (struct kinds){.robust = PTHREAD_MUTEX_ROBUST});
	run_in(lock_and_end, &mutex);
	rc = pthread_mutex_lock(&mutex);
	if (pthread_mutex_consistent(&mutex) != 0 ||
	    pthread_mutex_unlock(&mutex) != 0)
		rc = -1;
	pthread_mutex_destroy(&mutex);
	return rc;
}

static int lock_what_is_lost(void)
{
	pthread_mutex_t mutex;
	int rc;

	make(&mutex, (struct kinds){.robust = PTHREAD_MUTEX_ROBUST});
	run_in(lock_and_end, &mutex);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	rc = pthread_mutex_lock(&mutex);
	pthread_mutex_destroy(&mutex);
	return rc;
}

static int lock_with_inheritance(void)
{
	pthread_mutex_t mutex;
	int rc;

	make(&mutex, (struct kinds){.type = PTHREAD_MUTEX_ERRORCHECK,
				    .protocol = PTHREAD_PRIO_INHERIT});
	rc = pthread_mutex_lock(&mutex);
	if (rc == 0)
		rc = pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	pthread_mutex_destroy(&mutex);
	return rc;
}

static int lock_too_long(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	struct timespec until = soon(CLOCK_REALTIME);

	pthread_mutex_lock(&mutex);
	return pthread_mutex_timedlock(&mutex, &until);
}

static int lock_too_long_by_clock(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	struct timespec until = soon(CLOCK_MONOTONIC);

	pthread_mutex_lock(&mutex);
	return pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &until);
}

static int lock_until_nonsense(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&mutex);
	return pthread_mutex_timedlock(&mutex, &never);
}

/* What can be had at once has no need of a time. */
static int lock_free_until_nonsense(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

	return pthread_mutex_timedlock(&mutex, &never);
}

static int read_what_one_writes(void)
{
	pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

	pthread_rwlock_wrlock(&lock);
	return pthread_rwlock_rdlock(&lock);
}

static int write_too_long(void)
{
	pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
	struct timespec until = soon(CLOCK_REALTIME);

	pthread_rwlock_rdlock(&lock);
	return pthread_rwlock_timedwrlock(&lock, &until);
}

static int wait_too_long(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
	struct timespec until = soon(CLOCK_REALTIME);
	int rc;

	pthread_mutex_lock(&mutex);
	do {
		rc = pthread_cond_timedwait(&cond, &mutex, &until);
	} while (rc == 0);
	/* It is ours again. */
	return pthread_mutex_unlock(&mutex) == 0 ? rc : -1;
}

static int join_oneself(void)
{
	return pthread_join(pthread_self(), NULL);
}

static int c11_too_long(void)
{
	struct timespec until = soon(CLOCK_REALTIME);
	mtx_t mutex;

	mtx_init(&mutex, mtx_timed);
	mtx_lock(&mutex);
	return mtx_timedlock(&mutex, &until) == thrd_timedout ? ETIMEDOUT : -1;
}

/* ---- Semaphores ---- */

static int sem_too_long(void)
{
	struct timespec until = soon(CLOCK_REALTIME);
	sem_t sem;

	sem_init(&sem, 0, 0);
	return sem_timedwait(&sem, &until) == -1 ? errno : -1;
}

/* Whether it was there or had to be waited for. */
static int sem_keeps_errno(void)
{
	sem_t sem;
	int rc;

	sem_init(&sem, 0, 1);
	errno = EDOM;
	rc = sem_wait(&sem);
	return rc == 0 ? errno : -1;
}

/* ---- Cancellation ---- */

struct stage {
	pthread_mutex_t mutex;
	pthread_cond_t cond;
	sem_t sem, ready;
	bool cleaned; /* the mutex was held by who cleaned up */
};

static void clean(void *arg)
{
	struct stage *stage = arg;

	stage->cleaned = pthread_mutex_unlock(&stage->mutex) == 0;
}

static void *wait_for_cond(void *arg)
{
	struct stage *stage = arg;

	pthread_mutex_lock(&stage->mutex);
	pthread_cleanup_push(clean, stage);
	sem_post(&stage->ready);
	for (;;)
		pthread_cond_wait(&stage->cond, &stage->mutex);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *wait_for_sem(void *arg)
{
	struct stage *stage = arg;

	sem_post(&stage->ready);
	sem_wait(&stage->sem);
	return NULL;
}

/* Cancelled before it waits, for what is there. */
static void *have_sem(void *arg)
{
	struct stage *stage = arg;

	pthread_cancel(pthread_self());
	sem_post(&stage->ready);
	sem_post(&stage->sem);
	sem_wait(&stage->sem);
	return NULL;
}

static int cancel(void *(*function)(void *), struct stage *stage)
{
	pthread_t thread;
	void *result;

	make(&stage->mutex, (struct kinds){.type = PTHREAD_MUTEX_ERRORCHECK});
	pthread_cond_init(&stage->cond, NULL);
	sem_init(&stage->sem, 0, 0);
	sem_init(&stage->ready, 0, 0);
	pthread_create(&thread, NULL, function, stage);
	sem_wait(&stage->ready);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	return result == PTHREAD_CANCELED ? 0 : -1;
}

static int cancel_cond_wait(void)
{
	struct stage stage = {.cleaned = false};
	int rc = cancel(wait_for_cond, &stage);

	return rc == 0 && stage.cleaned ? pthread_mutex_lock(&stage.mutex) : -1;
}

static int cancel_sem_wait(void)
{
	struct stage stage;

	return cancel(wait_for_sem, &stage);
}

static int cancel_before_sem_wait(void)
{
	struct stage stage;

	return cancel(have_sem, &stage);
}

/* ---- All ---- */

static int fork_and_lock(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(pthread_mutex_lock(&mutex) != 0 ||
		      pthread_mutex_unlock(&mutex) != 0 ||
		      bench_profile_start("block", 0, NULL) != 0 ||
		      pthread_mutex_lock(&mutex) != 0 ||
		      pthread_mutex_unlock(&mutex) != 0);
	return waitpid(pid, &status, 0) == pid ? status : -1;
}

#define ROW(function, want) {#function, function, want}

static const struct row {
	const char *name;
	int (*function)(void);
	int want;
} rows[] = {
	ROW(lock_again, EDEADLK),
	ROW(unlock_unlocked, EPERM),
	ROW(lock_recursively, 0),
	ROW(lock_of_the_dead, EOWNERDEAD),
	ROW(lock_what_is_lost, ENOTRECOVERABLE),
	ROW(lock_with_inheritance, EDEADLK),
	ROW(lock_too_long, ETIMEDOUT),
	ROW(lock_too_long_by_clock, ETIMEDOUT),
	ROW(lock_until_nonsense, EINVAL),
	ROW(lock_free_until_nonsense, 0),
	ROW(read_what_one_writes, EDEADLK),
	ROW(write_too_long, ETIMEDOUT),
	ROW(wait_too_long, ETIMEDOUT),
	ROW(join_oneself, EDEADLK),
	ROW(c11_too_long, ETIMEDOUT),
	ROW(sem_too_long, ETIMEDOUT),
	ROW(sem_keeps_errno, EDOM),
	ROW(cancel_cond_wait, 0),
	ROW(cancel_sem_wait, 0),
	ROW(cancel_before_sem_wait, 0),
	ROW(fork_and_lock, 0),
};

static int check_all(const char *when)
{
	size_t i;
	int wrong = 0;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int got = rows[i].function();

		if (got == rows[i].want)
			continue;
		printf("%s %s: %d, want %d\n", rows[i].name, when, got,
		       rows[i].want);
		wrong = 1;
	}
	return wrong;
}

int main(void)
{
	int wrong = check_all("before");

	if (bench_profile_start("block", 0, NULL) < 0)
		return 1;
	wrong |= check_all("with block");
	if (bench_profile_start("mutex", 0, NULL) < 0)
		return 1;
	wrong |= check_all("with block and mutex");
	bench_profile_stop("block", NULL, NULL);
	wrong |= check_all("with mutex");
	bench_profile_stop("mutex", NULL, NULL);
	return wrong | check_all("after");
}
