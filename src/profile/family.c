/* The program's malloc family, as somebody counts it. */
#include "profile/family.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "profile/interposer.h"

/* The version that has taps. */
enum { NEEDED = 2 };

/* Frames that the family has of its own: those of calls that it makes of
 * itself, twice when there are two sets of it. */
enum { MOST_FRAMES = 6 };

/* Of libbenchkit-count, if the program has it and shows it. */
extern __typeof__(bench_counter) bench_counter __attribute__((weak));

static struct {
	const struct bench_counter *counter; /* that sees the program's calls */
	bool aside;               /* the other one is not called */
	struct bi_allocator next; /* and this in its place */
} family;

/* ---- Two sets of the family, one behind the other ---- */

/* Does our own library define FUNCTION? */
static bool is_ours(void *function)
{
	Dl_info its, ours;

	return dladdr(function, &its) != 0 &&
	       dladdr((void *)&bi_interposer_counter, &ours) != 0 &&
	       its.dli_fbase == ours.dli_fbase;
}

/* Let the program's go on to the allocator, and not by way of ours, which would
 * count once more.  Early: other constructors may want to know live bytes, and of
 * a block that comes by way of ours the program's would not know the size. */
__attribute__((constructor(102))) static void stand_aside(void)
{
	struct bi_allocator behind;

	if (&bench_counter == NULL || bench_counter.version < NEEDED ||
	    &bi_interposer_counter == NULL)
		return;
	if (!bench_counter.tap(NULL, &behind) ||
	    !is_ours((void *)behind.malloc) ||
	    !bi_interposer_counter.tap(NULL, &family.next))
		return;
	family.aside = bench_counter.tap(&family.next, NULL);
}

/* ---- Finding the counter ---- */

/* Through pointers, lest the compiler do without. */
static bool ticks(const struct bench_counter *counter)
{
	void *(*volatile allocate)(size_t) = malloc;
	uint64_t before, after, bytes, frees;

	counter->read(&before, &bytes, &frees);
	free(allocate(1));
	counter->read(&after, &bytes, &frees);
	return after > before;
}

int bi_family_counter(const struct bench_counter **out, struct bench_error *err)
{
	const struct bench_counter *counters[] = {&bench_counter,
						  &bi_interposer_counter};
	size_t i;

	for (i = 0; family.counter == NULL && i < 2; i++)
		if (counters[i] != NULL && counters[i]->version >= NEEDED &&
		    ticks(counters[i]))
			family.counter = counters[i];
	*out = family.counter;
	if (family.counter == NULL)
		return bi_error_set(
			err, BENCH_ENOTSUP,
			"allocations are not seen: malloc is another's (a "
			"sanitizer's, valgrind's, the program's own, or of a "
			"library that is loaded before ours)");
	return 0;
}

/* ---- Taps ---- */

int bi_family_tap(struct bi_allocator *tap, struct bi_allocator *behind,
		  struct bench_error *err)
{
	const struct bench_counter *counter;
	int rc = bi_family_counter(&counter, err);

	if (rc < 0)
		return rc;
	/* Taken off for a moment, to be told what is behind. */
	if (family.aside)
		*behind = family.next;
	else
		counter->tap(NULL, behind);
	tap->usable_size = behind->usable_size;
	counter->tap(tap, NULL);
	return 0;
}

void bi_family_untap(void)
{
	if (family.counter != NULL)
		family.counter->tap(family.aside ? &family.next : NULL, NULL);
}

/* ---- Frames ---- */

static bool is_name(const char *name)
{
	static const char *const names[] = {
		"malloc",	 "calloc",  "realloc", "reallocarray",
		"aligned_alloc", "memalign", "valloc",  "pvalloc",
		"posix_memalign",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Every allocation of a program has one of a few addresses here. */
static bool is_in_family(uintptr_t pc)
{
	static struct known {
		uintptr_t pc;
		bool is;
	} known[64];
	struct known *cell = &known[(pc >> 2) % 64];
	Dl_info info;

	if (cell->pc != pc) {
		cell->pc = pc;
		cell->is = dladdr((void *)pc, &info) != 0 &&
			   info.dli_sname != NULL && is_name(info.dli_sname);
	}
	return cell->is;
}

size_t bi_family_frames(const uintptr_t *pcs, size_t depth)
{
	size_t i, count = 0;

	for (i = 0; i < depth && i < MOST_FRAMES; i++)
		if (is_in_family(pcs[i]))
			count = i + 1;
	return count;
}
