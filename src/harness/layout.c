/* Where this process's memory lies, when its parent chose.
 *
 * Two builds put their heaps where their own sizes end.  Here both are moved to
 * the same address: up to the next multiple of GRAIN, and from there by what the
 * parent drew.  No page of the gap is ever touched.  If anything is refused, the
 * addresses differ, and a comparison needs more launches. */
#include "harness/layout.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/integer.h"
#include "wire/protocol.h"

/* More than two builds of one program differ by, and nothing in an address space
 * of 47 bits. */
#define GRAIN ((uintptr_t)64 << 20)

#define PAGE 4096

static void place_heap(size_t distance)
{
	uintptr_t now = (uintptr_t)sbrk(0);
	uintptr_t target = (now + GRAIN - 1) / GRAIN * GRAIN + distance;

	if (sbrk((intptr_t)(target - now)) == (void *)-1)
		return;
}

/* Mappings grow downwards: fill the gap to the next lower multiple. */
static void place_map(size_t distance)
{
	void *probe = mmap(NULL, PAGE, PROT_NONE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	uintptr_t top, target;

	if (probe == MAP_FAILED)
		return;
	top = (uintptr_t)probe + PAGE;
	munmap(probe, PAGE);
	target = top / GRAIN * GRAIN - distance / PAGE * PAGE;
	mmap(NULL, top - target, PROT_NONE,
	     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

__attribute__((constructor(101))) static void place(void)
{
	const char *value = getenv(BI_WIRE_LAYOUT_ENV);
	const char *comma = value ? strchr(value, ',') : NULL;
	int64_t heap, map;

	if (comma == NULL ||
	    bi_integer_parse(value, (size_t)(comma - value), &heap) < 0 ||
	    bi_integer_parse(comma + 1, strlen(comma + 1), &map) < 0 ||
	    heap < 0 || map < 0)
		return;
	place_heap((size_t)heap);
	place_map((size_t)map);
}

void bi_layout_forget(void)
{
	unsetenv(BI_WIRE_LAYOUT_ENV);
	unsetenv(BI_WIRE_PADDING_ENV);
}
