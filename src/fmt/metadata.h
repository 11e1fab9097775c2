/* What Unit lines say about units: "Unit allocs/op assume=exact". */
#ifndef BI_FMT_METADATA_H
#define BI_FMT_METADATA_H

#include "base/intern.h"
#include "base/map.h"
#include "base/slice.h"

/* BI_METADATA_INIT (all zero) knows nothing. */
struct bi_metadata {
	struct bi_intern pool;
	struct bi_map entries;
};

#define BI_METADATA_INIT {BI_INTERN_INIT, BI_MAP_INIT}

/* Note VALUE for KEY of UNIT (tidy); the strings are copied.  *VALID is the
 * value that counts from now on, the first one that was noted.  Returns 0 or
 * BENCH_ENOMEM. */
int bi_metadata_set(struct bi_metadata *metadata, const struct bi_string *unit,
		    const struct bi_string *key, const struct bi_string *value,
		    const struct bi_string **valid);

/* The value for KEY of UNIT, tidy or not, into *VALUE; NULL if there is none.
 * It lives as long as METADATA.  Returns 0 or BENCH_ENOMEM. */
int bi_metadata_get(struct bi_metadata *metadata, struct bi_slice unit,
		    const char *key, const struct bi_string **value);

void bi_metadata_release(struct bi_metadata *metadata);

#endif
