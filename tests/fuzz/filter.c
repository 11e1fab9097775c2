/* Any text as a filter: it is refused with a place within it, or it decides,
 * and then its negation decides the opposite. */
#include <stdlib.h>

#include "fuzz/target.h"
#include "unit/tables.h"

static const char results[] = "goos: linux\n"
			      "BenchmarkA/n=1-8 1 1 ns/op 2 B/op\n";

/* What QUERY keeps; -1 if it cannot be asked. */
static int match(const char *query, bool keep[2])
{
	struct bi_collection collection = BI_COLLECTION_INIT;
	struct text_source source = text_source(results);
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_filter *filter;
	int rc = bi_filter_new(query, &filter, &err);

	if (rc < 0) {
		if (err.column < 1 || (size_t)err.column > strlen(query) + 1)
			abort();
		return -1;
	}
	bi_collect(&collection, "f", text_source_read, &source, NULL);
	rc = bi_filter_match(filter, &collection.groups[0]->record, keep);
	if (rc >= 0 && rc != keep[0] + keep[1])
		abort();
	bi_filter_free(filter);
	bi_collection_release(&collection, NULL);
	return rc < 0 ? -1 : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bi_buf query = BI_BUF_INIT, negated = BI_BUF_INIT;
	bool keep[2], other[2];

	bi_buf_add(&query, data, size);
	bi_buf_addf(&negated, "-(%s)", bi_buf_str(&query));
	if (match(bi_buf_str(&query), keep) == 0 &&
	    match(negated.data, other) == 0 &&
	    (keep[0] == other[0] || keep[1] == other[1]))
		abort();
	bi_buf_release(&query);
	bi_buf_release(&negated);
	return 0;
}
