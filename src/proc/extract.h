/* What a key asks of a result. */
#ifndef BI_PROC_EXTRACT_H
#define BI_PROC_EXTRACT_H

#include <stddef.h>

#include "base/intern.h"
#include "base/slice.h"
#include "fmt/record.h"

enum bi_extract_kind {
	BI_EXTRACT_NAME,      /* .name: the base of the name */
	BI_EXTRACT_FULL_NAME, /* .fullname */
	BI_EXTRACT_PART,      /* /key: a part of the name */
	BI_EXTRACT_PROCS,     /* /gomaxprocs: the number at its end */
	BI_EXTRACT_CONFIG,    /* a configuration key, also .file */
	BI_EXTRACT_CONFIGS,   /* .config: all of them */
	BI_EXTRACT_UNIT       /* .unit */
};

struct bi_extract {
	enum bi_extract_kind kind;
	const struct bi_string *key; /* without the slash of a part */
};

/* What KEY (not empty) asks for; its string goes to POOL.  BENCH_ENOMEM. */
int bi_extract_init(struct bi_extract *extract, struct bi_intern *pool,
		    const char *key, size_t len);

/* The answer, in RECORD's memory; empty if the result does not have it.  Not
 * for BI_EXTRACT_CONFIGS and BI_EXTRACT_UNIT, which have no single one. */
struct bi_slice bi_extract_value(const struct bi_extract *extract,
				 const struct bi_record *record);

#endif
