/* A wait of the program's. */
#include "profile/wait.h"

#include "profile/block.h"
#include "profile/guard.h"
#include "profile/thread.h"

atomic_uint bi_wait_wanted = BI_WAIT_UNREADY;

/* Before any constructor that locks something, if it can be. */
__attribute__((constructor(101))) static void prepare(void)
{
	bi_wait_prepare();
}

bool bi_wait_prepare(void)
{
	bi_real_find();
	/* Not from within itself: the rest is still missing then. */
	if (bi_real_is_found())
		bi_wait_unwant(BI_WAIT_UNREADY);
	return (atomic_load(&bi_wait_wanted) & ~(unsigned)BI_WAIT_UNREADY) != 0;
}

void bi_wait_want(unsigned kind)
{
	atomic_fetch_or(&bi_wait_wanted, kind);
}

void bi_wait_unwant(unsigned kind)
{
	atomic_fetch_and(&bi_wait_wanted, ~kind);
}

void bi_wait_begin(struct bi_wait *wait, const void *lock)
{
	wait->place = (struct bi_mutex_place){0};
	wait->counted = !bi_thread_is_apart() && !bi_guard_is_on();
	if (!wait->counted)
		return;
	wait->began = bi_clock_now();
	if (lock != NULL)
		bi_mutex_queue(lock, wait->began, &wait->place);
}

void bi_wait_end(struct bi_wait *wait, bool lasted, const void *caller)
{
	if (!wait->counted)
		return;
	bi_mutex_unqueue(&wait->place);
	if (lasted)
		bi_block_add(bi_clock_since(wait->began), caller);
}
