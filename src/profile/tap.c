/* What stands between counting and the allocator while a heap profile is
 * recorded.
 *
 * This file is compiled with -foptimize-sibling-calls: the fast way through it
 * ends in a jump. */
#include "profile/tap.h"

#include <math.h>
#include <time.h>

#include <benchkit/version.h>

/* Between the floors of two sessions, and so more than any countdown: 256 TB.
 * There may be 32767 sessions between two calls of a thread. */
#define STOREY (UINT64_C(1) << 48)

/* The frames of who tells heap.c, and of heap.c's caller. */
enum { OUR_FRAMES = 2 };

struct bi_blocks bi_tap_blocks;

static struct {
	struct bi_allocator behind;
	int64_t rate;
	/* A thread samples when its countdown is below.  Each session has its
	 * own, one storey up, so that what is left of another session's is below
	 * in any case: one comparison answers for both. */
	_Atomic uint64_t floor;
} tap;

/* This thread's countdown, and the state of its random numbers. */
static _Thread_local uint64_t left
	__attribute__((tls_model("initial-exec")));
static _Thread_local uint64_t random_state
	__attribute__((tls_model("initial-exec")));

/* ---- When to sample ---- */

static void seed(void)
{
	struct timespec now;

	if (random_state != 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	random_state = (uint64_t)(uintptr_t)&left << 20 ^
		       (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30;
}

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t next_random(void)
{
	uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* A countdown from here to the next sample; below the floor when all are. */
static uint64_t draw(uint64_t floor)
{
	/* 53 bits, and not 0. */
	double uniform = ((double)(next_random() >> 11) + 1) * 0x1p-53;
	double gap = -log(uniform) * (double)tap.rate;

	if (tap.rate == 1)
		return floor - 1;
	return floor + (gap < (double)(STOREY - 1) ? (uint64_t)gap
						   : STOREY - 1);
}

/* Count SIZE bytes down; does it end here? */
static inline bool count_down(size_t size)
{
	uint64_t above;

	left -= size;
	above = left - atomic_load_explicit(&tap.floor, memory_order_relaxed);
	return BENCH_UNLIKELY((int64_t)above < 0);
}

/* A countdown has come to its end with SIZE bytes, perhaps only because it was of
 * another session.  Begin a new one; is there a sample? */
static bool is_sampled(size_t size)
{
	uint64_t floor = atomic_load(&tap.floor);
	bool other = left + size - floor >= STOREY;

	seed();
	if (other) {
		left = draw(floor);
		if (!count_down(size))
			return false;
	}
	left = draw(floor);
	return true;
}

/* ---- The sampled ones ---- */

__attribute__((noinline)) static void *malloc_slow(size_t size)
{
	bool sampled = is_sampled(size);
	void *p = tap.behind.malloc(size);

	if (sampled && p != NULL)
		bi_heap_sampled(p, size, OUR_FRAMES);
	return p;
}

__attribute__((noinline)) static void *calloc_slow(size_t count, size_t size)
{
	bool sampled = is_sampled(count * size);
	void *p = tap.behind.calloc(count, size);

	if (sampled && p != NULL)
		bi_heap_sampled(p, count * size, OUR_FRAMES);
	return p;
}

__attribute__((noinline)) static void *memalign_slow(size_t align, size_t size)
{
	bool sampled = is_sampled(size);
	void *p = tap.behind.memalign(align, size);

	if (sampled && p != NULL)
		bi_heap_sampled(p, size, OUR_FRAMES);
	return p;
}

__attribute__((noinline)) static void *aligned_alloc_slow(size_t align,
							  size_t size)
{
	bool sampled = is_sampled(size);
	void *p = tap.behind.aligned_alloc(align, size);

	if (sampled && p != NULL)
		bi_heap_sampled(p, size, OUR_FRAMES);
	return p;
}

__attribute__((noinline)) static int
posix_memalign_slow(void **out, size_t align, size_t size)
{
	bool sampled = is_sampled(size);
	int rc = tap.behind.posix_memalign(out, align, size);

	if (sampled && rc == 0 && *out != NULL)
		bi_heap_sampled(*out, size, OUR_FRAMES);
	return rc;
}

/* SAMPLE: a countdown has ended. */
__attribute__((noinline)) static void *realloc_slow(void *old, size_t size,
						    bool sample)
{
	void *p;

	sample = sample && is_sampled(size);
	p = bi_heap_reallocated(tap.behind.realloc, old, size);
	if (sample && p != NULL)
		bi_heap_sampled(p, size, OUR_FRAMES);
	return p;
}

__attribute__((noinline)) static void free_slow(void *p)
{
	bi_heap_freed(p);
	tap.behind.free(p);
}

/* ---- The tap ---- */

static void *tapped_malloc(size_t size)
{
	return count_down(size) ? malloc_slow(size) : tap.behind.malloc(size);
}

/* Who calls has seen that COUNT times SIZE is a size. */
static void *tapped_calloc(size_t count, size_t size)
{
	return count_down(count * size) ? calloc_slow(count, size)
					: tap.behind.calloc(count, size);
}

static void *tapped_memalign(size_t align, size_t size)
{
	return count_down(size) ? memalign_slow(align, size)
				: tap.behind.memalign(align, size);
}

static void *tapped_aligned_alloc(size_t align, size_t size)
{
	return count_down(size) ? aligned_alloc_slow(align, size)
				: tap.behind.aligned_alloc(align, size);
}

static int tapped_posix_memalign(void **out, size_t align, size_t size)
{
	return count_down(size) ? posix_memalign_slow(out, align, size)
				: tap.behind.posix_memalign(out, align, size);
}

/* As counting does: a block of the new size, and a free. */
static void *tapped_realloc(void *old, size_t size)
{
	bool sample = count_down(size);

	return sample || bi_blocks_may_have(&bi_tap_blocks, old)
		       ? realloc_slow(old, size, sample)
		       : tap.behind.realloc(old, size);
}

static void tapped_free(void *p)
{
	if (BENCH_UNLIKELY(bi_blocks_may_have(&bi_tap_blocks, p)))
		free_slow(p);
	else
		tap.behind.free(p);
}

int bi_tap_begin(int64_t rate, struct bench_error *err)
{
	static struct bi_allocator functions = {
		.malloc = tapped_malloc,
		.calloc = tapped_calloc,
		.realloc = tapped_realloc,
		.aligned_alloc = tapped_aligned_alloc,
		.posix_memalign = tapped_posix_memalign,
		.memalign = tapped_memalign,
		.free = tapped_free,
	};

	tap.rate = rate;
	atomic_fetch_add(&tap.floor, STOREY);
	return bi_family_tap(&functions, &tap.behind, err);
}

void bi_tap_end(void)
{
	bi_family_untap();
}
