/* Our mtx_lock, cnd_wait and their like: libc's do not call its pthread
 * functions by name. */
#include <threads.h>
#include <time.h>

#include <benchkit/version.h>

#include "profile/wait.h"

BI_WAITING int wait_for_mutex(mtx_t *mutex, const void *caller)
{
	struct bi_wait wait;
	int rc;

	bi_wait_begin(&wait, mutex);
	rc = bi_real.mtx_lock(mutex);
	bi_wait_end(&wait, rc == thrd_success, caller);
	return rc;
}

BI_WRAPPER int mtx_lock(mtx_t *mutex)
{
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.mtx_lock(mutex);
	rc = bi_real.mtx_trylock(mutex);
	if (rc == thrd_busy) {
		rc = wait_for_mutex(mutex, __builtin_return_address(0));
		BI_STAY(rc);
	}
	return rc;
}

BI_WRAPPER int mtx_timedlock(mtx_t *restrict mutex,
			     const struct timespec *restrict until)
{
	struct bi_wait wait;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.mtx_timedlock(mutex, until);
	rc = bi_real.mtx_trylock(mutex);
	if (rc != thrd_busy)
		return rc;
	bi_wait_begin(&wait, mutex);
	rc = bi_real.mtx_timedlock(mutex, until);
	bi_wait_end(&wait, rc == thrd_success || rc == thrd_timedout,
		    __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int mtx_unlock(mtx_t *mutex)
{
	int64_t kept;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.mtx_unlock(mutex);
	kept = bi_mutex_kept(mutex);
	rc = bi_real.mtx_unlock(mutex);
	if (kept > 0)
		bi_mutex_add(kept, __builtin_return_address(0));
	return rc;
}

BI_WRAPPER int cnd_wait(cnd_t *cond, mtx_t *mutex)
{
	const void *caller = __builtin_return_address(0);
	struct bi_wait wait;
	int64_t kept;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.cnd_wait(cond, mutex);
	kept = bi_mutex_kept(mutex);
	bi_wait_begin(&wait, NULL);
	rc = bi_real.cnd_wait(cond, mutex);
	bi_wait_end(&wait, rc == thrd_success, caller);
	if (kept > 0)
		bi_mutex_add(kept, caller);
	return rc;
}

BI_WRAPPER int cnd_timedwait(cnd_t *restrict cond, mtx_t *restrict mutex,
			     const struct timespec *restrict until)
{
	const void *caller = __builtin_return_address(0);
	struct bi_wait wait;
	int64_t kept;
	int rc;

	if (!bi_wait_is_wanted())
		return bi_real.cnd_timedwait(cond, mutex, until);
	kept = bi_mutex_kept(mutex);
	bi_wait_begin(&wait, NULL);
	rc = bi_real.cnd_timedwait(cond, mutex, until);
	bi_wait_end(&wait, rc == thrd_success || rc == thrd_timedout, caller);
	if (kept > 0)
		bi_mutex_add(kept, caller);
	return rc;
}
