/* The allocator behind our malloc. */
#include "memory/allocator.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stddef.h>
#include <sys/auxv.h>

/* glibc's own, by names that nobody interposes.  They also bring its malloc
 * into a static program, where it must be, see interpose.c. */
extern __typeof__(malloc) __libc_malloc;
extern __typeof__(calloc) __libc_calloc;
extern __typeof__(realloc) __libc_realloc;
extern __typeof__(memalign) __libc_memalign;
extern __typeof__(free) __libc_free;

/* A program that no loader was asked for is static. */
static bool program_is_static(void)
{
	const ElfW(Phdr) *header = (const ElfW(Phdr) *)getauxval(AT_PHDR);
	size_t i, count = getauxval(AT_PHNUM);

	for (i = 0; header != NULL && i < count; i++)
		if (header[i].p_type == PT_INTERP)
			return false;
	return count > 0;
}

/* glibc gives this one no second name. */
static int libc_posix_memalign(void **out, size_t align, size_t size)
{
	int saved = errno;
	void *p;

	if (align < sizeof(void *) || (align & (align - 1)) != 0)
		return EINVAL;
	p = __libc_memalign(align, size);
	if (p == NULL) {
		errno = saved;
		return ENOMEM;
	}
	*out = p;
	return 0;
}

static struct bi_allocator find_in_libc(void)
{
	struct bi_allocator found = {
		.malloc = __libc_malloc,
		.calloc = __libc_calloc,
		.realloc = __libc_realloc,
		.aligned_alloc = __libc_memalign,
		.posix_memalign = libc_posix_memalign,
		.memalign = __libc_memalign,
		.free = __libc_free,
	};

	return found;
}

#define NEXT(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

static struct bi_allocator find_next(void)
{
	struct bi_allocator found = {
		.malloc = NEXT(malloc),
		.calloc = NEXT(calloc),
		.realloc = NEXT(realloc),
		.aligned_alloc = NEXT(aligned_alloc),
		.posix_memalign = NEXT(posix_memalign),
		.memalign = NEXT(memalign),
		.free = NEXT(free),
		.usable_size = NEXT(malloc_usable_size),
	};
	Dl_info allocator, sizer;

	if (dladdr((void *)found.malloc, &allocator) == 0 ||
	    dladdr((void *)found.usable_size, &sizer) == 0 ||
	    allocator.dli_fbase != sizer.dli_fbase)
		found.usable_size = NULL;

	return found;
}

struct bi_allocator bi_allocator_find(void)
{
	int saved = errno;
	struct bi_allocator found;

	/* dlsym of a static program has no libc to search, and crashes when it
	 * is called before main. */
	found = program_is_static() ? find_in_libc() : find_next();
	errno = saved;
	return found;
}
