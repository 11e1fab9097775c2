/* What the program allocates, and what of it is still in use.
 *
 * While somebody records, every call of the malloc family comes through here.
 * A thread draws how many bytes it will allocate until the next sample, from an
 * exponential distribution whose mean is the rate, and counts down: a block of S
 * bytes is then sampled with probability 1 - exp(-S / rate), wherever it falls.
 * Its stack and size are an entry of the table, where allocations and frees are
 * counted; that it is the program's is remembered until it frees it.  A profile
 * divides the counts of an entry by that probability.
 *
 *	malloc ── countdown ──▶ stack ──▶ table: (stack, size) -> allocs, frees
 *	              │                            ▲
 *	              └──────── blocks: address ───┘
 *	free ──── filter ──────────┘
 *
 * The kinds heap and allocs are two views of one recording, which is on while
 * one of them is. */
#include "profile/heap.h"

#include <errno.h>
#include <math.h>
#include <time.h>

#include "profile/blocks.h"
#include "profile/family.h"
#include "profile/gate.h"
#include "profile/guard.h"
#include "profile/kind.h"

/* As Go's. */
#define DEFAULT_RATE (INT64_C(512) * 1024)

/* Different stacks and sizes; with the addresses, 36 MB of address space, of
 * which a program touches what it needs. */
#define ENTRIES ((size_t)1 << 17)

/* Frames between a program's malloc and the one that asks for the stack: that
 * one, and the function of the tap. */
enum { OUR_FRAMES = 2 };

enum { ALLOCS, FREES };

enum { HEAP = 1, ALLOCATIONS = 2 };

static struct {
	struct bi_gate gate;
	struct bi_table table;
	struct bi_blocks blocks;
	struct bi_allocator behind;
	int64_t rate;
	atomic_uint session; /* counts the starts */
	unsigned recording;  /* which kinds; */
	unsigned kept;       /* which have not forgotten */
	_Atomic int64_t lost; /* blocks whose free will not be seen */
} heap;

static _Thread_local struct {
	int64_t left;     /* bytes until the next sample */
	unsigned session; /* for which it was drawn; 0: never */
	uint64_t random;
} mine __attribute__((tls_model("initial-exec")));

/* ---- When to sample ---- */

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t next_random(void)
{
	uint64_t z = mine.random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static void seed(void)
{
	struct timespec now;

	if (mine.random != 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	mine.random = (uint64_t)(uintptr_t)&mine << 20 ^
		      (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30;
}

/* Bytes until the next sample; -1: there is one at every block, also of no
 * bytes. */
static int64_t draw(void)
{
	/* 53 bits, and not 0. */
	double uniform = ((double)(next_random() >> 11) + 1) * 0x1p-53;
	double gap = -log(uniform) * (double)heap.rate;

	if (heap.rate == 1)
		return -1;
	return gap < 0x1p62 ? (int64_t)gap : INT64_C(1) << 62;
}

/* ---- Samples ---- */

static void add_freed(struct bi_entry *entry)
{
	if (entry != NULL)
		bi_entry_add(entry, FREES, 1);
}

static void remember(void *p, struct bi_entry *entry)
{
	void *before;

	if (bi_blocks_put(&heap.blocks, p, entry, &before) < 0) {
		atomic_fetch_add(&heap.lost, 1);
		add_freed(entry);
	}
	/* Freed by a way that we do not see. */
	add_freed(before);
}

/* Inside the gate. */
static void record(void *p, size_t size, const struct bi_stack *stack)
{
	struct bi_entry_key key = {.tags = bi_label_tags(), .extra = size};
	struct bi_entry *entry = bi_table_find(&heap.table, stack, &key);

	if (entry == NULL)
		return;
	bi_entry_add(entry, ALLOCS, 1);
	remember(p, entry);
}

/* The countdown is over, or was not begun. */
__attribute__((noinline)) static void sample(void *p, size_t size)
{
	unsigned session = atomic_load(&heap.session);
	struct bi_stack stack;
	int saved = errno;

	if (mine.session != session) {
		mine.session = session;
		seed();
		mine.left = draw() - (int64_t)size;
		if (mine.left >= 0)
			return;
	}
	mine.left = draw();
	if (bi_guard_is_on())
		return;
	bi_guard_enter();
	if (bi_gate_enter(&heap.gate)) {
		bi_stack_here(OUR_FRAMES, &stack);
		record(p, size, &stack);
	}
	bi_gate_leave(&heap.gate);
	bi_guard_leave();
	errno = saved;
}

/* P, of SIZE bytes, was allocated; it may be NULL.  What is not sampled costs a
 * few instructions. */
static inline void *allocated(void *p, size_t size)
{
	if (p == NULL)
		return NULL;
	mine.left -= (int64_t)size;
	if (BENCH_UNLIKELY(mine.left < 0) ||
	    BENCH_UNLIKELY(mine.session !=
			   atomic_load_explicit(&heap.session,
						memory_order_relaxed)))
		sample(p, size);
	return p;
}

/* ---- The tap ---- */

static void *tapped_malloc(size_t size)
{
	return allocated(heap.behind.malloc(size), size);
}

static void *tapped_calloc(size_t count, size_t size)
{
	/* Who calls has seen that it does not overflow. */
	return allocated(heap.behind.calloc(count, size), count * size);
}

static void *tapped_aligned_alloc(size_t align, size_t size)
{
	return allocated(heap.behind.aligned_alloc(align, size), size);
}

static int tapped_posix_memalign(void **out, size_t align, size_t size)
{
	int rc = heap.behind.posix_memalign(out, align, size);

	if (rc == 0)
		allocated(*out, size);
	return rc;
}

static void *tapped_memalign(size_t align, size_t size)
{
	return allocated(heap.behind.memalign(align, size), size);
}

/* Before the allocator has the block: after that it may be another's. */
__attribute__((noinline)) static void forget_block(void *p)
{
	if (bi_gate_enter(&heap.gate))
		add_freed(bi_blocks_take(&heap.blocks, p));
	bi_gate_leave(&heap.gate);
}

static void tapped_free(void *p)
{
	if (BENCH_UNLIKELY(bi_blocks_may_have(&heap.blocks, p)))
		forget_block(p);
	heap.behind.free(p);
}

/* As counting does: a new block and a free.  A failure leaves all as it was. */
__attribute__((noinline)) static void *realloc_sampled(void *old, size_t size)
{
	bool open = bi_gate_enter(&heap.gate);
	struct bi_entry *entry =
		open ? bi_blocks_take(&heap.blocks, old) : NULL;
	void *p = heap.behind.realloc(old, size);

	if (entry != NULL && p == NULL && size > 0)
		remember(old, entry);
	else
		add_freed(entry);
	bi_gate_leave(&heap.gate);
	return p;
}

static void *tapped_realloc(void *old, size_t size)
{
	void *p = BENCH_UNLIKELY(bi_blocks_may_have(&heap.blocks, old))
			  ? realloc_sampled(old, size)
			  : heap.behind.realloc(old, size);

	return allocated(p, size);
}

static struct bi_allocator tap = {
	.malloc = tapped_malloc,
	.calloc = tapped_calloc,
	.realloc = tapped_realloc,
	.aligned_alloc = tapped_aligned_alloc,
	.posix_memalign = tapped_posix_memalign,
	.memalign = tapped_memalign,
	.free = tapped_free,
};

/* ---- Start and stop ---- */

static int start_recording(int64_t rate, struct bench_error *err)
{
	const struct bench_counter *counter;
	int rc = bi_family_counter(&counter, err);

	if (rc < 0)
		return rc;
	if (bi_table_init(&heap.table, ENTRIES) < 0)
		return bi_error_nomem(err);
	heap.rate = rate;
	atomic_store(&heap.lost, 0);
	/* Not 0, which is nobody's. */
	if (atomic_fetch_add(&heap.session, 1) + 1 == 0)
		atomic_fetch_add(&heap.session, 1);
	bi_gate_open(&heap.gate);
	bi_family_tap(&tap, &heap.behind, NULL);
	return 0;
}

static int start(unsigned kind, int64_t rate, struct bench_error *err)
{
	int rc = heap.kept == 0 ? start_recording(rate, err) : 0;

	if (rc < 0)
		return rc;
	heap.recording |= kind;
	heap.kept |= kind;
	return 0;
}

static void stop(unsigned kind)
{
	heap.recording &= ~kind;
	if (heap.recording != 0)
		return;
	bi_family_untap();
	bi_gate_close(&heap.gate);
}

static void forget(unsigned kind)
{
	heap.kept &= ~kind;
	if (heap.kept != 0)
		return;
	bi_blocks_clear(&heap.blocks);
	bi_table_release(&heap.table);
}

static void forked(void)
{
	if (heap.kept == 0)
		return;
	bi_family_untap();
	bi_gate_reset(&heap.gate);
	heap.recording = 0;
	forget(HEAP | ALLOCATIONS);
}

void bi_heap_before_fork(void)
{
	bi_blocks_hold(&heap.blocks);
}

void bi_heap_after_fork(void)
{
	bi_blocks_let_go(&heap.blocks);
}

/* ---- Collecting ---- */

static int comment(struct bi_profile *out)
{
	int64_t dropped = atomic_load(&heap.table.dropped);
	int64_t lost = atomic_load(&heap.lost);
	int rc = 0;

	if (dropped > 0)
		rc = bi_profile_comment(out,
					"%lld sampled blocks were dropped: too "
					"many different stacks and sizes",
					(long long)dropped);
	if (rc == 0 && lost > 0)
		rc = bi_profile_comment(out,
					"%lld sampled blocks are missing among "
					"those in use: no memory to remember "
					"them",
					(long long)lost);
	return rc;
}

/* COUNT samples of blocks of SIZE bytes, as objects at VALUE[0] and bytes at
 * VALUE[1]. */
static void scale(int64_t count, int64_t size, int64_t value[2])
{
	double objects = (double)count;

	if (heap.rate > 1)
		objects *= bi_heap_weight(size, heap.rate);
	value[0] = (int64_t)llround(objects);
	value[1] = (int64_t)llround(objects * (double)size);
}

double bi_heap_weight(int64_t size, int64_t rate)
{
	return rate <= 1 || size <= 0
		       ? 1
		       : -1 / expm1(-(double)size / (double)rate);
}

static int add_entry(struct bi_profile *out, const struct bi_entry *entry)
{
	/* Frees first: there are never more of them. */
	int64_t frees = atomic_load(&entry->value[FREES]);
	int64_t allocs = atomic_load(&entry->value[ALLOCS]);
	const uintptr_t *pcs = bi_entry_pcs(&heap.table, entry);
	size_t inner = bi_family_frames(pcs, entry->depth);
	struct bi_sample sample = {
		.pcs = pcs + inner,
		.depth = entry->depth - inner,
		.tags = entry->key.tags,
		.bytes = (int64_t)entry->key.extra,
	};

	scale(allocs, sample.bytes, &sample.value[0]);
	scale(allocs - frees, sample.bytes, &sample.value[2]);
	return bi_profile_add(out, &sample);
}

static int collect(struct bi_profile *out, struct bench_error *err)
{
	static const struct bi_value_type types[BI_TABLE_VALUES] = {
		{"alloc_objects", "count"},
		{"alloc_space", "bytes"},
		{"inuse_objects", "count"},
		{"inuse_space", "bytes"},
	};
	const struct bi_entry *entry;
	size_t i, cursor = 0;
	int rc = 0;

	for (i = 0; i < BI_TABLE_VALUES; i++)
		out->type[i] = types[i];
	out->type_count = BI_TABLE_VALUES;
	out->period_type = (struct bi_value_type){"space", "bytes"};
	out->period = heap.rate;
	while (rc == 0 &&
	       (entry = bi_table_next(&heap.table, &cursor)) != NULL)
		rc = add_entry(out, entry);
	if (rc == 0)
		rc = comment(out);
	return rc == 0 ? 0 : bi_error_nomem(err);
}

/* ---- The two kinds ---- */

static int start_heap(int64_t rate, struct bench_error *err)
{
	return start(HEAP, rate, err);
}

static void stop_heap(void)
{
	stop(HEAP);
}

static void forget_heap(void)
{
	forget(HEAP);
}

static int collect_heap(struct bi_profile *out, struct bench_error *err)
{
	out->default_type = "inuse_space";
	return collect(out, err);
}

const struct bi_kind bi_heap_kind = {
	.name = "heap",
	.description = "what is in use of the memory that was allocated since "
		       "the start, by sampling allocations",
	.default_rate = DEFAULT_RATE,
	.start = start_heap,
	.stop = stop_heap,
	.collect = collect_heap,
	.forget = forget_heap,
	.forked = forked,
	.text = bi_heap_text,
};

static int start_allocs(int64_t rate, struct bench_error *err)
{
	return start(ALLOCATIONS, rate, err);
}

static void stop_allocs(void)
{
	stop(ALLOCATIONS);
}

static void forget_allocs(void)
{
	forget(ALLOCATIONS);
}

static int collect_allocs(struct bi_profile *out, struct bench_error *err)
{
	out->default_type = "alloc_space";
	return collect(out, err);
}

const struct bi_kind bi_allocs_kind = {
	.name = "allocs",
	.description = "all memory that was allocated since the start, by "
		       "sampling allocations",
	.default_rate = DEFAULT_RATE,
	.start = start_allocs,
	.stop = stop_allocs,
	.collect = collect_allocs,
	.forget = forget_allocs,
	.forked = forked,
	.text = bi_heap_text,
};
