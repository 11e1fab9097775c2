/* What the program allocates, and what of it is still in use.
 *
 *	malloc ── countdown ──▶ stack ──▶ table: (stack, size) -> allocs, frees
 *	              │                            ▲
 *	              └──────── blocks: address ───┘
 *	free ──── filter ──────────┘
 *
 * The left side is tap.c.  A profile divides the counts of an entry by the
 * probability that a block of its size is sampled.
 *
 * The kinds heap and allocs are two views of one recording, which is on while
 * one of them is. */
#include "profile/heap.h"

#include <errno.h>
#include <math.h>

#include "profile/family.h"
#include "profile/gate.h"
#include "profile/guard.h"
#include "profile/kind.h"
#include "profile/tap.h"

/* As Go's. */
#define DEFAULT_RATE (INT64_C(512) * 1024)

/* Different stacks and sizes; with the addresses, 36 MB of address space, of
 * which a program touches what it needs. */
#define ENTRIES ((size_t)1 << 17)

enum { ALLOCS, FREES };

enum { HEAP = 1, ALLOCATIONS = 2 };

static struct {
	struct bi_gate gate;
	struct bi_table table;
	int64_t rate;
	unsigned recording;   /* which kinds; */
	unsigned kept;        /* which have not forgotten */
	_Atomic int64_t lost; /* blocks whose free will not be seen */
} heap;

/* ---- Samples ---- */

static void add_freed(struct bi_entry *entry)
{
	if (entry != NULL)
		bi_entry_add(entry, FREES, 1);
}

static void remember(void *p, struct bi_entry *entry)
{
	void *before;

	if (bi_blocks_put(&bi_tap_blocks, p, entry, &before) < 0) {
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

void bi_heap_sampled(void *p, size_t size, size_t ours)
{
	struct bi_stack stack;
	int saved = errno;

	if (bi_guard_is_on())
		return;
	bi_guard_enter();
	if (bi_gate_enter(&heap.gate)) {
		bi_stack_here(ours, &stack);
		record(p, size, &stack);
	}
	bi_gate_leave(&heap.gate);
	bi_guard_leave();
	errno = saved;
}

/* Before the allocator has the block: after that it may be another's. */
void bi_heap_freed(void *p)
{
	if (bi_gate_enter(&heap.gate))
		add_freed(bi_blocks_take(&bi_tap_blocks, p));
	bi_gate_leave(&heap.gate);
}

/* A failure leaves all as it was. */
void *bi_heap_reallocated(__typeof__(realloc) *behind, void *old, size_t size)
{
	struct bi_entry *entry = NULL;
	void *p;

	if (bi_gate_enter(&heap.gate))
		entry = bi_blocks_take(&bi_tap_blocks, old);
	p = behind(old, size);
	if (entry != NULL && p == NULL && size > 0)
		remember(old, entry);
	else
		add_freed(entry);
	bi_gate_leave(&heap.gate);
	return p;
}

/* ---- Start and stop ---- */

static int start_recording(int64_t rate, struct bench_error *err)
{
	int rc;

	if (bi_table_init(&heap.table, ENTRIES) < 0)
		return bi_error_nomem(err);
	heap.rate = rate;
	atomic_store(&heap.lost, 0);
	bi_gate_open(&heap.gate);
	rc = bi_tap_begin(rate, err);
	if (rc < 0) {
		bi_gate_close(&heap.gate);
		bi_table_release(&heap.table);
	}
	return rc;
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
	bi_tap_end();
	bi_gate_close(&heap.gate);
}

static void forget(unsigned kind)
{
	heap.kept &= ~kind;
	if (heap.kept != 0)
		return;
	bi_blocks_clear(&bi_tap_blocks);
	bi_table_release(&heap.table);
}

static void forked(void)
{
	if (heap.kept == 0)
		return;
	bi_tap_end();
	bi_gate_reset(&heap.gate);
	heap.recording = 0;
	forget(HEAP | ALLOCATIONS);
}

void bi_heap_before_fork(void)
{
	bi_blocks_hold(&bi_tap_blocks);
}

void bi_heap_after_fork(void)
{
	bi_blocks_let_go(&bi_tap_blocks);
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
