/* What an executable says of itself before it is started. */
#ifndef BI_WIRE_NOTE_H
#define BI_WIRE_NOTE_H

#include "base/error.h"

/* The protocol that the program at PATH speaks, from the ELF note that
 * <benchkit/bench.h> leaves in it, into *PROTOCOL; 0 if it has none, and so was
 * not built with benchkit.  BENCH_EIO if it cannot be read, BENCH_EINPUT if it
 * is no executable of this machine. */
int bi_note_read(const char *path, int *protocol, struct bench_error *err);

#endif
