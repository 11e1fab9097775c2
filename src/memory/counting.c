/* How many allocations the program has made, if anybody counts them: the side
 * of libbenchkit. */
#include "memory/counting.h"

#include <benchkit/counter.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "memory/sanitizer.h"

/* The version of struct bench_counter that has all that is used here. */
enum { NEEDED = 1 };

static struct {
	const struct bench_counter *offered;
	const struct bench_counter *trusted; /* it has passed the test */
	const char *reason;                  /* if there is none */
	bool tested;
} counting;

void bench_use_counter(const struct bench_counter *counter)
{
	if (counter != NULL && counting.offered != NULL)
		return;
	counting.offered = counter;
	counting.trusted = NULL;
	counting.reason = NULL;
	counting.tested = false;
}

static struct bi_counts counts_of(const struct bench_counter *counter)
{
	struct bi_counts counts;

	counter->read(&counts.allocs, &counts.bytes, &counts.frees);
	return counts;
}

enum { TRIES = 10 };

/* Does COUNTER see what is allocated, all of it and once?  The copy is made by a
 * function of libc's, whose malloc must be the counted one too; through a
 * pointer, lest the compiler do without.  Some sanitizers' hooks miss a part of
 * the family: thread what is aligned (for which unhooked.c makes up), leak
 * (clang's) realloc. */
static bool ticks_once(const struct bench_counter *counter)
{
	static const char text[] = "does it tick?";
	char *(*volatile copy)(const char *) = strdup;
	struct bi_counts before = counts_of(counter), after;
	void *volatile grown = realloc(copy(text), 2 * sizeof(text));
	void *volatile zeroed = calloc(1, sizeof(text));
	void *volatile aligned = aligned_alloc(64, 64);

	free(aligned);
	free(zeroed);
	free(grown);
	after = counts_of(counter);
	return after.allocs - before.allocs == 4 &&
	       after.bytes - before.bytes == 4 * sizeof(text) + 64 &&
	       after.frees - before.frees == 4;
}

/* Another thread that allocates meanwhile disturbs a try, but not all. */
static bool ticks(const struct bench_counter *counter)
{
	int i;

	for (i = 0; i < TRIES; i++)
		if (ticks_once(counter))
			return true;
	return false;
}

/* Most of valgrind's tools serve C++'s new without malloc: what passes the test
 * would still be too few. */
bool bi_counting_under_valgrind(void)
{
	const char *preload = getenv("LD_PRELOAD");

	return preload != NULL && strstr(preload, "vgpreload_core") != NULL;
}

/* Choose a counter, or say why there is none. */
static void test_counters(void)
{
	const struct bench_counter *offered = counting.offered;

	counting.tested = true;
	if (bi_counting_under_valgrind())
		counting.reason = "valgrind replaces the allocator";
	else if (offered != NULL && offered->version >= NEEDED &&
		 ticks(offered))
		counting.trusted = offered;
	else if (bi_sanitizer_hook() && ticks(&bi_sanitizer_counter))
		counting.trusted = &bi_sanitizer_counter;
	else if (bi_sanitizer_present())
		counting.reason = "the sanitizer does not tell of every "
				  "allocation";
	else if (offered == NULL)
		counting.reason =
			"the program is linked without libbenchkit-count";
	else if (offered->version < NEEDED)
		counting.reason = "libbenchkit-count is older than libbenchkit";
	else
		counting.reason =
			"malloc is not the counted one (the program has its "
			"own, or is static and linked without the flags of "
			"pkg-config --static, or the reverse)";
}

bool bi_counting_read(struct bi_counts *out)
{
	if (!counting.tested)
		test_counters();
	if (counting.trusted == NULL)
		return false;
	*out = counts_of(counting.trusted);
	return true;
}

bool bi_counting_watch(bool on)
{
	if (!counting.tested)
		test_counters();
	return counting.trusted != NULL && counting.trusted->watch(on);
}

void bi_counting_live(int64_t *now, int64_t *most)
{
	counting.trusted->live(now, most);
}

bool bi_counting_is_whole(void)
{
	return counting.trusted != NULL &&
	       counting.trusted != &bi_sanitizer_counter;
}

const char *bi_counting_unavailable_reason(void)
{
	if (!counting.tested)
		test_counters();
	return counting.reason;
}
