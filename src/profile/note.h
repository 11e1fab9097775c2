/* One line on standard error: for what nobody called, and nobody can be told
 * otherwise. */
#ifndef BI_PROFILE_NOTE_H
#define BI_PROFILE_NOTE_H

#include <benchkit/version.h>

/* "benchkit: ...", in one piece, so that lines of threads do not mix.  Keeps quiet
 * where that cannot be written. */
void bi_note(const char *fmt, ...) BENCH_PRINTF(1, 2);

#endif
