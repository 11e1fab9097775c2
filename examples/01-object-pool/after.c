/* Objects wait where they were put: first in a cache of the thread's own, which
 * needs no lock, then on a shelf that all threads share, and only then are they
 * freed.
 *
 * A cache that is empty takes half of what it holds from the shelf at once, and
 * one that is full leaves half there, so that a lock is taken once for many
 * objects. */
#include "object_pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef POOL_CHECKS
#ifdef NDEBUG
#define POOL_CHECKS 0
#else
#define POOL_CHECKS 1
#endif
#endif

/* An object that waits in a pool is not to be touched.  To the address
 * sanitizer that is an error only if it is told. */
#if defined(__SANITIZE_ADDRESS__)
#define POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONS 1
#endif
#endif
#ifdef POISONS
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size)   ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)0)
#endif

enum {
	MOST_POOLS = 64, /* a pointer of each thread's memory for each */
	DEFAULT_CACHED = 64,
	DEFAULT_SHARED = 1024,

	/* What two threads write must not lie in one line of the processor's
	 * cache; adjacent lines are fetched in pairs. */
	LINES = 128,
};

/* The objects that one thread keeps of one pool.  Only the thread itself looks
 * at COUNT and OBJECT; the rest belongs to whoever holds registry_lock. */
struct cache {
	size_t count;
	size_t most; /* at least 1 */
	struct pool *pool;
	struct cache **home; /* the thread's pointer to this cache */
	struct cache *next;  /* of the same pool */
	void *object[];
};

struct pool {
	/* Constant: every call reads them. */
	size_t slot; /* its place in `caches` and `slots` */
	size_t size;
	size_t align; /* at least malloc's */
	size_t room;  /* in front of an object, for its tag */
	void (*reset)(void *object);
	size_t cached;
	size_t most; /* objects on the shelf */

	_Alignas(LINES) struct cache *caches; /* all; under registry_lock */

	pthread_mutex_t lock; /* for the shelf */
	size_t count;
	void *shelf[];
};

/* In front of an object in a checked build.  The state is the address of the
 * pool plus one of two small numbers: no other memory is likely to hold it. */
struct tag {
	atomic_uintptr_t state;
};

enum { TAKEN = 1, WAITING = 2 };

static pthread_mutex_t registry_lock = PTHREAD_MUTEX_INITIALIZER;
static struct pool *slots[MOST_POOLS];

static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t key; /* its destructor sees a thread end */
static bool have_key;

#define THREAD_OWN _Thread_local __attribute__((tls_model("initial-exec")))

static THREAD_OWN struct cache *caches[MOST_POOLS];
static THREAD_OWN bool ending; /* this thread has given its caches back */

/* STEP is a power of two. */
static size_t round_up(size_t size, size_t step)
{
	return (size + step - 1) & ~(step - 1);
}

/* ---- Objects ---- */

static struct tag *tag_of(void *object)
{
	return (struct tag *)object - 1;
}

static void *new_object(struct pool *pool)
{
	size_t size = pool->room + pool->size;
	size_t align = pool->align;
	char *block, *object;

	if (align == _Alignof(max_align_t))
		block = malloc(size);
	else
		block = aligned_alloc(align, round_up(size, align));
	if (block == NULL)
		return NULL;
	object = block + pool->room;
	if (POOL_CHECKS)
		atomic_init(&tag_of(object)->state, (uintptr_t)pool + TAKEN);
	if (pool->reset != NULL)
		pool->reset(object);
	return object;
}

static void free_objects(struct pool *pool, void **object, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		ASAN_UNPOISON_MEMORY_REGION(object[i], pool->size);
		if (POOL_CHECKS)
			atomic_store(&tag_of(object[i])->state, 0);
		free((char *)object[i] - pool->room);
	}
}

/* OBJECT is handed out. */
static void *mark_taken(struct pool *pool, void *object)
{
	ASAN_UNPOISON_MEMORY_REGION(object, pool->size);
	if (POOL_CHECKS)
		atomic_store(&tag_of(object)->state, (uintptr_t)pool + TAKEN);
	return object;
}

static _Noreturn void complain(const void *object, const char *what)
{
	fprintf(stderr, "pool_put: object %p %s\n", object, what);
	abort();
}

/* End the program unless OBJECT was taken from POOL; from now on it is not.
 * Nobody knows what lies in front of an object of another origin: the address
 * sanitizer must look away. */
__attribute__((no_sanitize("address"))) static void
mark_waiting(struct pool *pool, void *object)
{
	uintptr_t found = (uintptr_t)pool + TAKEN;

	if ((uintptr_t)object % _Alignof(max_align_t) != 0)
		complain(object, "is not of this pool");
	if (atomic_compare_exchange_strong(&tag_of(object)->state, &found,
					   (uintptr_t)pool + WAITING))
		return;
	if (found == (uintptr_t)pool + WAITING)
		complain(object, "was put already");
	complain(object, "is not of this pool");
}

static void reset_and_poison(struct pool *pool, void *object)
{
	if (pool->reset != NULL)
		pool->reset(object);
	ASAN_POISON_MEMORY_REGION(object, pool->size);
}

/* ---- The shelf ---- */

/* Move up to COUNT objects from the shelf to OBJECT; returns how many. */
static size_t take_from_shelf(struct pool *pool, void **object, size_t count)
{
	size_t i;

	pthread_mutex_lock(&pool->lock);
	if (count > pool->count)
		count = pool->count;
	for (i = 0; i < count; i++)
		object[i] = pool->shelf[--pool->count];
	pthread_mutex_unlock(&pool->lock);
	return count;
}

/* Move COUNT objects to the shelf, and free those that do not fit. */
static void leave_on_shelf(struct pool *pool, void **object, size_t count)
{
	size_t i;

	pthread_mutex_lock(&pool->lock);
	for (i = 0; i < count && pool->count < pool->most; i++)
		pool->shelf[pool->count++] = object[i];
	pthread_mutex_unlock(&pool->lock);
	free_objects(pool, object + i, count - i);
}

/* ---- Caches ---- */

/* Take CACHE out of its pool's list; under registry_lock. */
static void unlink_cache(struct cache *cache)
{
	struct cache **p = &cache->pool->caches;

	while (*p != cache)
		p = &(*p)->next;
	*p = cache->next;
	*cache->home = NULL;
}

/* A thread that used pools ends.  `ending` keeps the destructors that run after
 * this one, and use pools, from making caches that nobody would give back. */
static void end_thread(void *unused)
{
	struct cache *cache;
	size_t i;

	(void)unused;
	ending = true;
	pthread_mutex_lock(&registry_lock);
	for (i = 0; i < MOST_POOLS; i++) {
		cache = caches[i];
		if (cache == NULL)
			continue;
		unlink_cache(cache);
		leave_on_shelf(cache->pool, cache->object, cache->count);
		free(cache);
	}
	pthread_mutex_unlock(&registry_lock);
}

static void make_key(void)
{
	have_key = pthread_key_create(&key, end_thread) == 0;
}

/* This thread's cache, made if need be; NULL if it can have none. */
static struct cache *claim_cache(struct pool *pool)
{
	struct cache *cache = caches[pool->slot];
	size_t size;

	if (cache != NULL || ending)
		return cache;
	pthread_once(&key_once, make_key);
	if (!have_key || pthread_setspecific(key, caches) != 0)
		return NULL;
	size = sizeof(*cache) + pool->cached * sizeof(cache->object[0]);
	cache = aligned_alloc(LINES, round_up(size, LINES));
	if (cache == NULL)
		return NULL;
	*cache = (struct cache){
		.most = pool->cached,
		.pool = pool,
		.home = &caches[pool->slot],
	};
	pthread_mutex_lock(&registry_lock);
	cache->next = pool->caches;
	pool->caches = cache;
	pthread_mutex_unlock(&registry_lock);
	caches[pool->slot] = cache;
	return cache;
}

/* ---- Getting and putting ---- */

static __attribute__((noinline)) void *get_slow(struct pool *pool)
{
	struct cache *cache = claim_cache(pool);
	void *object;

	if (cache == NULL) {
		if (take_from_shelf(pool, &object, 1) == 1)
			return mark_taken(pool, object);
		return new_object(pool);
	}
	cache->count = take_from_shelf(pool, cache->object,
				       (cache->most + 1) / 2);
	if (cache->count == 0)
		return new_object(pool);
	return mark_taken(pool, cache->object[--cache->count]);
}

static __attribute__((noinline)) void put_slow(struct pool *pool, void *object)
{
	struct cache *cache = claim_cache(pool);
	size_t half;

	reset_and_poison(pool, object);
	if (cache == NULL) {
		leave_on_shelf(pool, &object, 1);
		return;
	}
	if (cache->count == cache->most) {
		half = (cache->most + 1) / 2;
		cache->count -= half;
		leave_on_shelf(pool, cache->object + cache->count, half);
	}
	cache->object[cache->count++] = object;
}

void *pool_get(struct pool *pool)
{
	struct cache *cache = caches[pool->slot];

	if (cache == NULL || cache->count == 0)
		return get_slow(pool);
	return mark_taken(pool, cache->object[--cache->count]);
}

void pool_put(struct pool *pool, void *object)
{
	struct cache *cache = caches[pool->slot];

	if (object == NULL)
		return;
	if (POOL_CHECKS)
		mark_waiting(pool, object);
	if (cache == NULL || cache->count == cache->most) {
		put_slow(pool, object);
		return;
	}
	/* Nobody else looks into this cache, so that the object may be reset
	 * when it is in there already.  As the last thing done, the call needs
	 * no registers saved around it. */
	cache->object[cache->count++] = object;
	reset_and_poison(pool, object);
}

size_t pool_trim(struct pool *pool)
{
	struct cache *cache = caches[pool->slot];
	void *some[64];
	const size_t most = sizeof(some) / sizeof(some[0]);
	size_t freed = 0;
	size_t count;

	if (cache != NULL) {
		freed = cache->count;
		free_objects(pool, cache->object, cache->count);
		cache->count = 0;
	}
	/* Not under the lock: other threads would wait for all the frees. */
	while ((count = take_from_shelf(pool, some, most)) > 0) {
		free_objects(pool, some, count);
		freed += count;
	}
	return freed;
}

/* ---- Pools ---- */

/* Returns 0, or what is wrong with the options. */
static int check_options(const struct pool_options *options)
{
	const size_t most = PTRDIFF_MAX / (4 * sizeof(void *));
	size_t align = options->align;

	if (options->size == 0 || (align & (align - 1)) != 0)
		return EINVAL;
	/* Neither the tag in front of an object nor rounding up to the
	 * alignment may take it beyond the largest size. */
	if (align > PTRDIFF_MAX / 4 || options->size > PTRDIFF_MAX - 3 * align)
		return EINVAL;
	return options->cached > most || options->shared > most ? ENOMEM : 0;
}

/* Give POOL a slot.  Returns 0 or EAGAIN. */
static int claim_slot(struct pool *pool)
{
	size_t i;

	pthread_mutex_lock(&registry_lock);
	for (i = 0; i < MOST_POOLS; i++)
		if (slots[i] == NULL)
			break;
	if (i < MOST_POOLS) {
		slots[i] = pool;
		pool->slot = i;
	}
	pthread_mutex_unlock(&registry_lock);
	return i < MOST_POOLS ? 0 : EAGAIN;
}

/* Give the slot back.  Returns the caches, which no thread finds any more. */
static struct cache *release_slot(struct pool *pool)
{
	struct cache *cache;

	pthread_mutex_lock(&registry_lock);
	slots[pool->slot] = NULL;
	for (cache = pool->caches; cache != NULL; cache = cache->next)
		*cache->home = NULL;
	pthread_mutex_unlock(&registry_lock);
	return pool->caches;
}

struct pool *pool_new(const struct pool_options *options)
{
	size_t most = options->shared == 0 ? DEFAULT_SHARED : options->shared;
	size_t align = options->align;
	struct pool *pool;
	size_t size;
	int rc = check_options(options);

	if (rc != 0) {
		errno = rc;
		return NULL;
	}
	if (align < _Alignof(max_align_t))
		align = _Alignof(max_align_t);
	size = sizeof(*pool) + most * sizeof(pool->shelf[0]);
	pool = aligned_alloc(LINES, round_up(size, LINES));
	if (pool == NULL)
		return NULL;
	*pool = (struct pool){
		.size = options->size,
		.align = align,
		.room = POOL_CHECKS ? round_up(sizeof(struct tag), align) : 0,
		.reset = options->reset,
		.cached = options->cached == 0 ? DEFAULT_CACHED
					       : options->cached,
		.most = most,
		.lock = PTHREAD_MUTEX_INITIALIZER,
	};
	rc = claim_slot(pool);
	if (rc != 0) {
		free(pool);
		errno = rc;
		return NULL;
	}
	return pool;
}

void pool_free(struct pool *pool)
{
	struct cache *cache, *next;

	if (pool == NULL)
		return;
	for (cache = release_slot(pool); cache != NULL; cache = next) {
		next = cache->next;
		free_objects(pool, cache->object, cache->count);
		free(cache);
	}
	free_objects(pool, pool->shelf, pool->count);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}
