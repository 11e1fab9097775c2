/* A stack of calls, as addresses.
 *
 * The unwinder is glibc's backtrace(): it reads the unwind tables, so that it
 * gets through libraries without frame pointers (all of Debian's), and from
 * glibc 2.35 on it finds them without a lock, so that it may run in a signal
 * handler that has interrupted dlopen.  Where that does not hold, or a stack
 * ends at its first frame because the tables are missing, frame pointers are
 * followed.  libunwind is no alternative: its cache has a lock, and a handler
 * that interrupts the holder never returns. */
#ifndef BI_PROFILE_STACK_H
#define BI_PROFILE_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Deeper stacks lose their outer end.  Go keeps 64; C programs that recurse
 * should still show their main. */
enum { BI_STACK_MOST = 128 };

/* Innermost first.  The leaf of an interrupted stack is the instruction itself;
 * every other address is one below the return address, which lies in the call,
 * whose line it then has. */
struct bi_stack {
	size_t depth;
	bool walked; /* by frame pointers */
	uintptr_t pc[BI_STACK_MOST];
};

/* Load what the unwinder needs, which allocates.  Before anything else here;
 * any thread, any number of times. */
void bi_stack_prepare(void);

/* Where the code was that a signal interrupted; CONTEXT is the handler's third
 * argument.  From that handler only; async-signal-safe; keeps errno. */
void bi_stack_of_signal(const void *context, struct bi_stack *out);

/* The stack of the caller, without its SKIP innermost frames (0: its own call of
 * this is the leaf).  Allocates nothing, takes no lock. */
void bi_stack_here(size_t skip, struct bi_stack *out);

/* The same from within a function that was called from CALLER, its own
 * __builtin_return_address(0): that function is the leaf, however many there are
 * between it and this. */
void bi_stack_from(const void *caller, struct bi_stack *out);

#endif
