/* Arrays that grow. */
#ifndef BI_BASE_GROW_H
#define BI_BASE_GROW_H

#include <stddef.h>

/* ARRAY, which has room for *CAP elements of SIZE > 0 bytes (NULL: none), with
 * room for NEED >= 1 of them or more; it may have moved, and *CAP says what
 * there is now.  What is new is undefined.  NULL when there is no memory: ARRAY
 * and *CAP are as they were. */
void *bi_grow(void *array, size_t *cap, size_t need, size_t size);

#endif
