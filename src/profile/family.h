/* The program's malloc family, as somebody counts it.
 *
 * Who counts is libbenchkit-count, in the program itself, if it is there; if not,
 * the same code in the shared libbenchkit-profile.  (The static one brings
 * libbenchkit-count along.)  Of both one is asked, so that nothing is counted
 * twice, and when the program calls the first, the second stands aside. */
#ifndef BI_PROFILE_FAMILY_H
#define BI_PROFILE_FAMILY_H

#include <benchkit/counter.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "memory/allocator.h"

/* The counter that sees what the program allocates.  BENCH_ENOTSUP: none does.
 * One thread at a time. */
int bi_family_counter(const struct bench_counter **out,
		      struct bench_error *err);

/* Lead the program's calls through TAP from now on, which must stay, and whose
 * usable_size is filled in; *BEHIND is what it is to call, and there before the
 * first call of it comes.  Errors and threads like those of
 * bi_family_counter. */
int bi_family_tap(struct bi_allocator *tap, struct bi_allocator *behind,
		  struct bench_error *err);

/* No longer.  Threads may still be in it. */
void bi_family_untap(void);

/* How many innermost of these return addresses (less one) are in the family
 * itself: what is behind them called it.  Takes the loader's lock. */
size_t bi_family_frames(const uintptr_t *pcs, size_t depth);

#endif
