/* Our pthread_cond_wait and its like, sem_wait, pthread_join and
 * pthread_barrier_wait.
 *
 * Most of these may be left for good by a cancelled thread: nothing is held, and
 * nothing noted, while they wait. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include <benchkit/version.h>

#include "profile/wait.h"

/* ---- Conditions ---- */

/* Whoever waits for a condition releases a mutex, too. */
struct turn {
	struct bi_wait wait;
	int64_t kept;
};

static void begin(struct turn *turn, pthread_mutex_t *mutex)
{
	turn->kept = bi_mutex_kept(mutex);
	bi_wait_begin(&turn->wait, NULL);
}

static void end(struct turn *turn, int rc, const void *caller)
{
	bi_wait_end(&turn->wait, rc == 0 || rc == ETIMEDOUT || rc == EOWNERDEAD,
		    caller);
	if (turn->kept > 0)
		bi_mutex_add(turn->kept, caller);
}

BI_WRAPPER int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
	struct turn turn;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.cond_wait(cond, mutex);
	begin(&turn, mutex);
	rc = bi_real.cond_wait(cond, mutex);
	end(&turn, rc, __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int pthread_cond_timedwait(pthread_cond_t *cond,
				      pthread_mutex_t *mutex,
				      const struct timespec *until)
{
	struct turn turn;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.cond_timedwait(cond, mutex, until);
	begin(&turn, mutex);
	rc = bi_real.cond_timedwait(cond, mutex, until);
	end(&turn, rc, __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int pthread_cond_clockwait(pthread_cond_t *cond,
				      pthread_mutex_t *mutex, clockid_t clock,
				      const struct timespec *until)
{
	struct turn turn;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.cond_clockwait(cond, mutex, clock, until);
	begin(&turn, mutex);
	rc = bi_real.cond_clockwait(cond, mutex, clock, until);
	end(&turn, rc, __builtin_return_address(0));
	return rc;
}

/* ---- Semaphores ---- */

/* A thread that is cancelled ends here also if SEM could be had at once. */
static bool can_have(sem_t *sem)
{
	int saved = errno;

	pthread_testcancel();
	if (bi_real.sem_trywait(sem) == 0)
		return true;
	errno = saved;
	return false;
}

static bool has_waited(int rc)
{
	return rc == 0 || errno == ETIMEDOUT;
}

BI_WRAPPER int sem_wait(sem_t *sem)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.sem_wait(sem);
	if (can_have(sem))
		return 0;
	bi_wait_begin(&wait, NULL);
	rc = bi_real.sem_wait(sem);
	bi_wait_end(&wait, has_waited(rc), __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int sem_timedwait(sem_t *sem, const struct timespec *until)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.sem_timedwait(sem, until);
	if (can_have(sem))
		return 0;
	bi_wait_begin(&wait, NULL);
	rc = bi_real.sem_timedwait(sem, until);
	bi_wait_end(&wait, has_waited(rc), __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int sem_clockwait(sem_t *sem, clockid_t clock,
			     const struct timespec *until)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.sem_clockwait(sem, clock, until);
	if (can_have(sem))
		return 0;
	bi_wait_begin(&wait, NULL);
	rc = bi_real.sem_clockwait(sem, clock, until);
	bi_wait_end(&wait, has_waited(rc), __builtin_return_address(0));
	return rc;
}

/* ---- Threads ---- */

BI_WRAPPER int pthread_join(pthread_t thread, void **result)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.join(thread, result);
	rc = bi_real.tryjoin(thread, result);
	if (rc != EBUSY)
		return rc;
	bi_wait_begin(&wait, NULL);
	rc = bi_real.join(thread, result);
	bi_wait_end(&wait, rc == 0, __builtin_return_address(0));
	return rc;
}

/* The last to come is the one that does not wait, and has the special result. */
BI_WRAPPER int pthread_barrier_wait(pthread_barrier_t *barrier)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.barrier_wait(barrier);
	bi_wait_begin(&wait, NULL);
	rc = bi_real.barrier_wait(barrier);
	bi_wait_end(&wait, rc == 0, __builtin_return_address(0));
	return rc;
}
