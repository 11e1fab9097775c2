/* Any text as a projection: it is refused with a place within it, or results
 * can be projected by it. */
#include <stdlib.h>

#include "fuzz/target.h"
#include "proc/syntax.h"
#include "unit/tables.h"

static const char results[] = "goos: linux\nBenchmarkA/n=1-8 1 1 ns/op\n"
			      "pkg: p\nBenchmarkB/n=10k 1 1 ns/op 2 x\n";

static void project(struct bi_schema *schema, struct bi_projection *projection)
{
	struct bi_collection collection = BI_COLLECTION_INIT;
	struct text_source source = text_source(results);
	struct bi_buf label = BI_BUF_INIT;
	const bi_key *key[2] = {NULL};
	size_t i;

	bi_collect(&collection, "f", text_source_read, &source, NULL);
	for (i = 0; i < collection.count; i++) {
		const struct bi_record *record = &collection.groups[i]->record;

		bi_schema_keeps(schema, record);
		key[i] = bi_projection_key(projection, record, 0);
		if (key[i] == NULL ||
		    bi_projection_label(projection, key[i], &label) < 0)
			abort();
	}
	if (bi_projection_compare(projection, key[0], key[1]) == 0 &&
	    key[0] != key[1])
		abort();
	bi_buf_release(&label);
	bi_collection_release(&collection, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_schema *schema = bi_schema_new();
	struct bi_projection *projection;
	struct bi_buf text = BI_BUF_INIT, message = BI_BUF_INIT;

	bi_buf_add(&text, data, size);
	if (bi_schema_parse(schema, bi_buf_str(&text), &projection, &err) == 0)
		project(schema, projection);
	else if (err.column < 1 || (size_t)err.column > size + 1 ||
		 bi_syntax_describe(&err, bi_buf_str(&text), &message) < 0)
		abort();
	bi_buf_release(&message);
	bi_buf_release(&text);
	bi_schema_free(schema);
	return 0;
}
