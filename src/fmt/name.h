/* The parts of a benchmark's name: "Sort/size=10/fmt=json-8" is base, parts
 * "/key=value" and the number of processors. */
#ifndef BI_FMT_NAME_H
#define BI_FMT_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* A name without the leading "Benchmark", and where its parts end. */
struct bi_name {
	const char *text;
	size_t len;
	size_t base_len; /* "Sort" */
	size_t body_len; /* all but the "-8" */
};

/* A piece of a name. */
struct bi_name_piece {
	const char *text;
	size_t len;
};

/* Where the base ends: at the first '/', or before the processors. */
struct bi_name bi_name_split(const char *text, size_t len);

/* Walk over the parts behind the base: each begins with its '/'.  PIECE starts
 * as {NULL, 0}; false at the end. */
bool bi_name_next(const struct bi_name *name, struct bi_name_piece *piece);

/* Whether PIECE is "/KEY=...". */
bool bi_name_piece_is(const struct bi_name_piece *piece, const char *key,
		      size_t key_len);

/* The value of the first part "/KEY=" into *VALUE; false if there is none. */
bool bi_name_value(const struct bi_name *name, const char *key, size_t key_len,
		   struct bi_name_piece *value);

/* The number of processors, as digits; false if the name does not say it. */
bool bi_name_procs(const struct bi_name *name, struct bi_name_piece *value);

#endif
