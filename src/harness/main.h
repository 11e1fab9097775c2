/* What the rest of the harness may ask of bench_main(). */
#ifndef BI_HARNESS_MAIN_H
#define BI_HARNESS_MAIN_H

#include "harness/flags.h"

/* The flags of the bench_main() that runs, or NULL outside it. */
const struct bi_flags *bi_main_flags(void);

#endif
