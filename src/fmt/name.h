/* The parts of a benchmark's name: "Sort/size=10/fmt=json-8" is base, parts
 * "/key=value" and the number of processors. */
#ifndef BI_FMT_NAME_H
#define BI_FMT_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* A name without the leading "Benchmark", and where its parts end. */
struct bi_name {
	const char *text;
	size_t len;
	size_t base_len; /* "Sort" */
	size_t body_len; /* all but the "-8" */
};

/* Where the base ends: at the first '/', or before the processors. */
struct bi_name bi_name_split(const char *text, size_t len);

/* The base: "Sort". */
struct bi_slice bi_name_base(const struct bi_name *name);

/* Walk over the parts behind the base: each begins with its '/'.  PIECE starts
 * as the base; false at the end. */
bool bi_name_next(const struct bi_name *name, struct bi_slice *piece);

/* Whether PIECE is "/KEY=...". */
bool bi_name_piece_is(const struct bi_slice *piece, const char *key,
		      size_t key_len);

/* The value of the first part "/KEY=" into *VALUE; false if there is none. */
bool bi_name_value(const struct bi_name *name, const char *key, size_t key_len,
		   struct bi_slice *value);

/* The number of processors, as digits; false if the name does not say it. */
bool bi_name_procs(const struct bi_name *name, struct bi_slice *value);

#endif
