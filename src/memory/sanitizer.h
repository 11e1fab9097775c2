/* Counting in a program that is built with a sanitizer. */
#ifndef BI_MEMORY_SANITIZER_H
#define BI_MEMORY_SANITIZER_H

#include <benchkit/counter.h>
#include <stdbool.h>

/* Counts from the call of bi_sanitizer_hook() on. */
extern const struct bench_counter bi_sanitizer_counter;

/* Is a sanitizer's malloc linked into this program? */
bool bi_sanitizer_present(void);

/* Make it tell us of each allocation.  False when there is none, or when it
 * takes no more hooks.  Not thread-safe. */
bool bi_sanitizer_hook(void);

#endif
