/* Our pthread locks: mutexes and read-write locks.
 *
 * Each tries first, and looks at the clock only when it has to wait.  A refusal
 * other than "busy" is what waiting would have said, too. */
#include <errno.h>
#include <pthread.h>
#include <time.h>

#include <benchkit/version.h>

#include "profile/wait.h"

/* Has it been waited for?  A lock whose owner has died is taken all the same. */
static bool has_waited(int rc)
{
	return rc == 0 || rc == ETIMEDOUT || rc == EOWNERDEAD;
}

/* ---- Mutexes ---- */

BI_WAITING int wait_for_mutex(pthread_mutex_t *mutex, const void *caller)
{
	struct bi_wait wait;
	int rc;

	bi_wait_begin(&wait, mutex);
	rc = bi_real.mutex_lock(mutex);
	bi_wait_end(&wait, has_waited(rc), caller);
	return rc;
}

BI_WRAPPER int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.mutex_lock(mutex);
	rc = bi_real.mutex_trylock(mutex);
	if (rc == EBUSY) {
		rc = wait_for_mutex(mutex, __builtin_return_address(0));
		BI_STAY(rc);
	}
	return rc;
}

BI_WRAPPER int pthread_mutex_timedlock(pthread_mutex_t *mutex,
				       const struct timespec *until)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.mutex_timedlock(mutex, until);
	rc = bi_real.mutex_trylock(mutex);
	if (rc != EBUSY)
		return rc;
	bi_wait_begin(&wait, mutex);
	rc = bi_real.mutex_timedlock(mutex, until);
	bi_wait_end(&wait, has_waited(rc), __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int pthread_mutex_clocklock(pthread_mutex_t *mutex,
				       clockid_t clock,
				       const struct timespec *until)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.mutex_clocklock(mutex, clock, until);
	rc = bi_real.mutex_trylock(mutex);
	if (rc != EBUSY)
		return rc;
	bi_wait_begin(&wait, mutex);
	rc = bi_real.mutex_clocklock(mutex, clock, until);
	bi_wait_end(&wait, has_waited(rc), __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	int64_t kept;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.mutex_unlock(mutex);
	kept = bi_mutex_kept(mutex);
	rc = bi_real.mutex_unlock(mutex);
	if (kept > 0)
		bi_mutex_add(kept, __builtin_return_address(0));
	return rc;
}

/* ---- Read-write locks ---- */

BI_WAITING int wait_to_read(pthread_rwlock_t *lock, const void *caller)
{
	struct bi_wait wait;
	int rc;

	bi_wait_begin(&wait, lock);
	rc = bi_real.rwlock_rdlock(lock);
	bi_wait_end(&wait, has_waited(rc), caller);
	return rc;
}

BI_WRAPPER int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.rwlock_rdlock(lock);
	rc = bi_real.rwlock_tryrdlock(lock);
	if (rc == EBUSY) {
		rc = wait_to_read(lock, __builtin_return_address(0));
		BI_STAY(rc);
	}
	return rc;
}

BI_WRAPPER int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock,
					  const struct timespec *until)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.rwlock_timedrdlock(lock, until);
	rc = bi_real.rwlock_tryrdlock(lock);
	if (rc != EBUSY)
		return rc;
	bi_wait_begin(&wait, lock);
	rc = bi_real.rwlock_timedrdlock(lock, until);
	bi_wait_end(&wait, has_waited(rc), __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock,
					  clockid_t clock, const struct timespec *until)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.rwlock_clockrdlock(lock, clock, until);
	rc = bi_real.rwlock_tryrdlock(lock);
	if (rc != EBUSY)
		return rc;
	bi_wait_begin(&wait, lock);
	rc = bi_real.rwlock_clockrdlock(lock, clock, until);
	bi_wait_end(&wait, has_waited(rc), __builtin_return_address(0));
	return rc;
}

BI_WAITING int wait_to_write(pthread_rwlock_t *lock, const void *caller)
{
	struct bi_wait wait;
	int rc;

	bi_wait_begin(&wait, lock);
	rc = bi_real.rwlock_wrlock(lock);
	bi_wait_end(&wait, has_waited(rc), caller);
	return rc;
}

BI_WRAPPER int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.rwlock_wrlock(lock);
	rc = bi_real.rwlock_trywrlock(lock);
	if (rc == EBUSY) {
		rc = wait_to_write(lock, __builtin_return_address(0));
		BI_STAY(rc);
	}
	return rc;
}

BI_WRAPPER int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock,
					  const struct timespec *until)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.rwlock_timedwrlock(lock, until);
	rc = bi_real.rwlock_trywrlock(lock);
	if (rc != EBUSY)
		return rc;
	bi_wait_begin(&wait, lock);
	rc = bi_real.rwlock_timedwrlock(lock, until);
	bi_wait_end(&wait, has_waited(rc), __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock,
					  clockid_t clock, const struct timespec *until)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.rwlock_clockwrlock(lock, clock, until);
	rc = bi_real.rwlock_trywrlock(lock);
	if (rc != EBUSY)
		return rc;
	bi_wait_begin(&wait, lock);
	rc = bi_real.rwlock_clockwrlock(lock, clock, until);
	bi_wait_end(&wait, has_waited(rc), __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
	int64_t kept;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.rwlock_unlock(lock);
	kept = bi_mutex_kept(lock);
	rc = bi_real.rwlock_unlock(lock);
	if (kept > 0)
		bi_mutex_add(kept, __builtin_return_address(0));
	return rc;
}
