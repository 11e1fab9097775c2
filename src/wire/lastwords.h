/* What a dying worker can still say: the signal and where it happened.
 *
 * The worker writes raw addresses and its memory map to a pipe, from a signal
 * handler; the supervisor, which is healthy, turns them into names. */
#ifndef BI_WIRE_LASTWORDS_H
#define BI_WIRE_LASTWORDS_H

#include <stdbool.h>

#include "base/buf.h"

/* The signal with which a supervisor asks a worker that hangs where it is. */
#define BI_LASTWORDS_ASK SIGQUIT

/* The worker's function that calls the user's: where a stack trace ends. */
#define BI_LASTWORDS_BOUNDARY "call_guarded"

/* In the worker: on a fatal signal, or when asked, write to FD.  Does nothing
 * in a build with a sanitizer that reports these itself. */
void bi_lastwords_install(int fd);

/* In the supervisor: append what was written as text, a line for the signal
 * ("SIGSEGV at address 0x0"; none if the worker was asked) and a line for each
 * frame up to function UNTIL, every line behind INDENT.  BYTES is all that came
 * from the pipe.  1 something was there, 0 nothing was, BENCH_ENOMEM. */
int bi_lastwords_format(const struct bi_buf *bytes, const char *indent,
			const char *until, struct bi_buf *out);

/* All has been written that will be. */
bool bi_lastwords_complete(const struct bi_buf *bytes);

#endif
