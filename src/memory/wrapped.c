/* malloc and its family, counted, for programs without shared libraries.
 *
 * A static program has one function of each name, and no loader that would find
 * another behind it.  But its linker sees all calls, also those that libc makes
 * within itself, and --wrap=malloc makes each of them a call of __wrap_malloc:
 * here are the functions of interpose.c under such names.  With
 * --wrap=bench_counter, who asks for the counter gets this file in place of that
 * one.  The flags are those of pkg-config --static, and of the CMake target
 * benchkit::fully_static.
 *
 * In a program with shared libraries such flags miss what those libraries
 * allocate.  libbenchkit notices. */
#include <benchkit/counter.h>
#include <malloc.h>
#include <stdlib.h>

#include "memory/allocator.h"

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
WRAPPED(bench_counter);
WRAPPED(bi_allocator_find);

#include "memory/interpose.c"
