/* The functions that ours stand before: libc's, or those of whoever else stands
 * between, such as a sanitizer. */
#ifndef BI_PROFILE_REAL_H
#define BI_PROFILE_REAL_H

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <threads.h>

/* NULL: this libc has none, so that nobody calls it. */
struct bi_real {
	__typeof__(pthread_mutex_lock) *mutex_lock;
	__typeof__(pthread_mutex_trylock) *mutex_trylock;
	__typeof__(pthread_mutex_timedlock) *mutex_timedlock;
	__typeof__(pthread_mutex_clocklock) *mutex_clocklock;
	__typeof__(pthread_mutex_unlock) *mutex_unlock;
	__typeof__(pthread_rwlock_rdlock) *rwlock_rdlock;
	__typeof__(pthread_rwlock_tryrdlock) *rwlock_tryrdlock;
	__typeof__(pthread_rwlock_timedrdlock) *rwlock_timedrdlock;
	__typeof__(pthread_rwlock_clockrdlock) *rwlock_clockrdlock;
	__typeof__(pthread_rwlock_wrlock) *rwlock_wrlock;
	__typeof__(pthread_rwlock_trywrlock) *rwlock_trywrlock;
	__typeof__(pthread_rwlock_timedwrlock) *rwlock_timedwrlock;
	__typeof__(pthread_rwlock_clockwrlock) *rwlock_clockwrlock;
	__typeof__(pthread_rwlock_unlock) *rwlock_unlock;
	__typeof__(pthread_cond_wait) *cond_wait;
	__typeof__(pthread_cond_timedwait) *cond_timedwait;
	__typeof__(pthread_cond_clockwait) *cond_clockwait;
	__typeof__(pthread_join) *join;
	__typeof__(pthread_tryjoin_np) *tryjoin;
	__typeof__(pthread_barrier_wait) *barrier_wait;
	__typeof__(sem_wait) *sem_wait;
	__typeof__(sem_trywait) *sem_trywait;
	__typeof__(sem_timedwait) *sem_timedwait;
	__typeof__(sem_clockwait) *sem_clockwait;
	__typeof__(mtx_lock) *mtx_lock;
	__typeof__(mtx_trylock) *mtx_trylock;
	__typeof__(mtx_timedlock) *mtx_timedlock;
	__typeof__(mtx_unlock) *mtx_unlock;
	__typeof__(cnd_wait) *cnd_wait;
	__typeof__(cnd_timedwait) *cnd_timedwait;
};

extern struct bi_real bi_real;

/* Find them, which is done before the first constructor that can be helped, and
 * by whoever comes earlier.  Any thread, any number of times. */
void bi_real_find(void);

/* Are all there? */
bool bi_real_is_found(void);

#endif
