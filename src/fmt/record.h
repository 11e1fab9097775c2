/* One benchmark result, as it passes from the reader to everything else. */
#ifndef BI_FMT_RECORD_H
#define BI_FMT_RECORD_H

#include <stddef.h>

#include "base/intern.h"

/* The key under which the label of the input stands in a configuration. */
#define BI_FILE_KEY ".file"

/* One entry of the configuration: "pkg: x". */
struct bi_pair {
	const struct bi_string *key;
	const struct bi_string *value;
};

/* The unit of one value.  They differ if the value was tidied (ns to sec). */
struct bi_measure {
	const struct bi_string *unit;    /* of the value */
	const struct bi_string *written; /* in the input */
};

/* All strings belong to the pool of the reader.  CONFIG and MEASURES are
 * interned arrays, so records that agree in them share the pointers. */
struct bi_record {
	const struct bi_string *config;   /* of struct bi_pair, in order */
	const struct bi_string *name;     /* what follows "Benchmark" */
	const struct bi_string *measures; /* of struct bi_measure */
	const double *values;             /* one for each measure */
};

static inline size_t bi_record_pair_count(const struct bi_record *record)
{
	return record->config->len / sizeof(struct bi_pair);
}

static inline const struct bi_pair *
bi_record_pairs(const struct bi_record *record)
{
	return (const void *)record->config->text;
}

static inline size_t bi_record_measure_count(const struct bi_record *record)
{
	return record->measures->len / sizeof(struct bi_measure);
}

static inline const struct bi_measure *
bi_record_measures(const struct bi_record *record)
{
	return (const void *)record->measures->text;
}

/* The value of configuration key KEY; NULL if it is not set. */
static inline const struct bi_string *
bi_record_config(const struct bi_record *record, const struct bi_string *key)
{
	const struct bi_pair *pair = bi_record_pairs(record);
	size_t i, count = bi_record_pair_count(record);

	for (i = 0; i < count; i++) {
		if (bi_string_equal(pair[i].key, key))
			return pair[i].value;
	}
	return NULL;
}

#endif
