/* Addresses of another process as function names, from its memory map and the
 * symbol tables of the files that it maps. */
#ifndef BI_WIRE_SYMTAB_H
#define BI_WIRE_SYMTAB_H

#include <stdint.h>

#include "base/buf.h"

/* Append what stands at PC: "function+0x12 (/path/file+0x1234)", as much of it
 * as is known.  MAPS is the text of /proc/PID/maps, NUL-terminated.  0 or
 * BENCH_ENOMEM. */
int bi_symtab_describe(const char *maps, uint64_t pc, struct bi_buf *out);

#endif
