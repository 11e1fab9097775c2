/* The functions that ours stand before. */
#include "profile/real.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define COND_WAIT "pthread_cond_wait"
#define COND_TIMEDWAIT "pthread_cond_timedwait"

struct bi_real bi_real;
static bool found_all;

static const struct {
	const char *name;
	size_t offset;
} names[] = {
#define ROW(name, member) {name, offsetof(struct bi_real, member)}
	/* What malloc may call while the rest is found comes first. */
	ROW("pthread_mutex_lock", mutex_lock),
	ROW("pthread_mutex_trylock", mutex_trylock),
	ROW("pthread_mutex_unlock", mutex_unlock),
	ROW("pthread_mutex_timedlock", mutex_timedlock),
	ROW("pthread_mutex_clocklock", mutex_clocklock),
	ROW("pthread_rwlock_rdlock", rwlock_rdlock),
	ROW("pthread_rwlock_tryrdlock", rwlock_tryrdlock),
	ROW("pthread_rwlock_timedrdlock", rwlock_timedrdlock),
	ROW("pthread_rwlock_clockrdlock", rwlock_clockrdlock),
	ROW("pthread_rwlock_wrlock", rwlock_wrlock),
	ROW("pthread_rwlock_trywrlock", rwlock_trywrlock),
	ROW("pthread_rwlock_timedwrlock", rwlock_timedwrlock),
	ROW("pthread_rwlock_clockwrlock", rwlock_clockwrlock),
	ROW("pthread_rwlock_unlock", rwlock_unlock),
	ROW(COND_WAIT, cond_wait),
	ROW(COND_TIMEDWAIT, cond_timedwait),
	ROW("pthread_cond_clockwait", cond_clockwait),
	ROW("pthread_join", join),
	ROW("pthread_tryjoin_np", tryjoin),
	ROW("pthread_barrier_wait", barrier_wait),
	ROW("sem_wait", sem_wait),
	ROW("sem_trywait", sem_trywait),
	ROW("sem_timedwait", sem_timedwait),
	ROW("sem_clockwait", sem_clockwait),
	ROW("mtx_lock", mtx_lock),
	ROW("mtx_trylock", mtx_trylock),
	ROW("mtx_timedlock", mtx_timedlock),
	ROW("mtx_unlock", mtx_unlock),
	ROW("cnd_wait", cnd_wait),
	ROW("cnd_timedwait", cnd_timedwait),
#undef ROW
};

/* x86-64's glibc has these two twice: once for programs of 2002, whose condition
 * variables are others, and dlsym is free to give that one.  A sanitizer's has no
 * version, so that the right one is asked for only if the wrong one is found. */
static void *find_later(const char *name, void *found)
{
	(void)name;
#if defined(__x86_64__)
	if (found == dlvsym(RTLD_NEXT, name, "GLIBC_2.2.5"))
		return dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2");
#endif
	return found;
}

static void *find(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (strcmp(name, COND_WAIT) == 0 || strcmp(name, COND_TIMEDWAIT) == 0)
		return find_later(name, found);
	return found;
}

/* A name that is not there makes dlsym allocate, and that may lock. */
static _Thread_local bool finding __attribute__((tls_model("initial-exec")));

void bi_real_find(void)
{
	size_t i;

	if (finding)
		return;
	finding = true;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		void **slot = (void **)((char *)&bi_real + names[i].offset);

		__atomic_store_n(slot, find(names[i].name), __ATOMIC_RELEASE);
	}
	__atomic_store_n(&found_all, true, __ATOMIC_RELEASE);
	finding = false;
}

bool bi_real_is_found(void)
{
	return __atomic_load_n(&found_all, __ATOMIC_ACQUIRE);
}
