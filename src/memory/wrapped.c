/* malloc and its family, counted, for programs without shared libraries.
 *
 * A static program has one function of each name, and no loader that would find
 * another behind it.  But its linker sees all calls, also those that libc makes
 * within itself, and --wrap=malloc makes each of them a call of __wrap_malloc:
 * here are the functions of interpose.c under such names.  --wrap of
 * bi_interpose_watch brings this file into the program in place of that one.  The
 * flags are those of pkg-config --static, and of the CMake target
 * benchkit::fully_static.
 *
 * In a program with shared libraries such flags miss what those libraries
 * allocate.  libbenchkit notices. */
#include <malloc.h>
#include <stdlib.h>

#include "memory/allocator.h"
#include "memory/interpose.h"

#define WRAPPED(name) extern __typeof__(name) name __asm__("__wrap_" #name)

WRAPPED(malloc);
WRAPPED(calloc);
WRAPPED(free);
WRAPPED(realloc);
WRAPPED(reallocarray);
WRAPPED(memalign);
WRAPPED(valloc);
WRAPPED(pvalloc);
WRAPPED(aligned_alloc);
WRAPPED(posix_memalign);
WRAPPED(bi_interpose_watch);
WRAPPED(bi_interpose_tap);
WRAPPED(bi_allocator_find);

#include "memory/interpose.c"
