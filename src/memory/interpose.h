/* malloc and its family, counted.  All they share with others is that somebody
 * wants them. */
#ifndef BI_MEMORY_INTERPOSE_H
#define BI_MEMORY_INTERPOSE_H

#include <stdbool.h>

#include "memory/allocator.h"

/* The watch of struct bench_counter: begin or end the account of memory/live.h.
 * Also what brings the family into a program: a linker takes them because this
 * is referred to. */
bool bi_interpose_watch(bool on);

/* The tap of struct bench_counter. */
bool bi_interpose_tap(const struct bi_allocator *tap,
		      struct bi_allocator *behind);

#endif
