/* Memory of a test: counted, and failing when told.  Linked with --wrap for
 * malloc and its family. */
#ifndef TEST_HEAP_H
#define TEST_HEAP_H

#include <stdatomic.h>

/* Which sanitizer is this built with?  gcc says it in one way, clang in
 * another. */
#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__SANITIZE_THREAD__)
#define THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#elif __has_feature(thread_sanitizer)
#define THREAD_SANITIZER 1
#endif
#endif

extern atomic_long live_blocks;
extern atomic_long requests; /* since arm() */

enum { EVERY = -1, NONE = 0 };

/* Count from now on, and fail the NTH request, EVERY one, or NONE. */
void arm(long nth);

/* cmocka's set-up and tear-down of a test that must free what it allocates. */
int nothing_armed(void **state);
int nothing_leaked(void **state);

#endif
