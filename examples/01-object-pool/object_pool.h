/* Objects of one size that are used again instead of freed.
 *
 *	struct pool *books = pool_new(&(struct pool_options){
 *		.size = sizeof(struct book), .reset = reset_book});
 *	struct book *book = pool_get(books);
 *
 *	if (book == NULL)
 *		goto out_of_memory;
 *	...
 *	pool_put(books, book);
 *	pool_free(books);
 *
 * before.c and after.c implement all of this header: link one.
 *
 * Any thread may get, put and trim at any time; an object may be put by another
 * thread than the one that got it.  Not for signal handlers. */
#ifndef OBJECT_POOL_H
#define OBJECT_POOL_H

#include <stddef.h>

struct pool;

/* What a pool is made of; 0 and NULL stand for what is said there. */
struct pool_options {
	size_t size;  /* of an object; at least 1 */
	size_t align; /* of an object, a power of two; 0: fits any type */

	/* Make OBJECT what pool_get() returns: called on new memory, which
	 * holds anything, and on every object that is put.  Since it cannot
	 * tell the two apart it can free nothing: what an object owns is the
	 * user's to free before putting it.  It must not use the pool.
	 * NULL: objects may hold anything. */
	void (*reset)(void *object);

	/* At most this many unused objects are kept: for each thread that uses
	 * the pool, and for all threads together when those are full. */
	size_t cached; /* 0: 64 */
	size_t shared; /* 0: 1024 */
};

/* A new pool, or NULL with errno: ENOMEM, EINVAL (no such size or alignment),
 * or EAGAIN (64 pools exist). */
struct pool *pool_new(const struct pool_options *options);

/* Free POOL and the objects in it; NULL is allowed.  All objects must have been
 * put, and no thread may be using the pool; those that did may live on. */
void pool_free(struct pool *pool);

/* An object that nobody else has, or NULL with errno ENOMEM. */
void *pool_get(struct pool *pool);

/* Give OBJECT back; NULL is allowed.  Without NDEBUG, or with POOL_CHECKS
 * defined as 1, after.c ends the program with a message on stderr if OBJECT
 * is not one that was got from POOL, or was put already. */
void pool_put(struct pool *pool, void *object);

/* Free the unused objects that all threads share, and those that are kept for
 * the calling thread; those of other threads stay.  Returns how many. */
size_t pool_trim(struct pool *pool);

#endif
