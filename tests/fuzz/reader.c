/* Any bytes at all as benchmark format.  However they come in pieces, the same
 * groups come out, and tables can be made of them. */
#include <stdlib.h>

#include "fuzz/target.h"
#include "unit/tables.h"

/* The groups of SOURCE as bytes that can be compared. */
static void collect(struct text_source source, struct bi_buf *out)
{
	struct bi_collection collection = BI_COLLECTION_INIT;
	const struct bi_event *event;
	size_t i;

	bi_collect(&collection, "f", text_source_read, &source, NULL);
	for (i = 0; i < collection.count; i++) {
		const struct bi_group *group = collection.groups[i];
		size_t width = bi_record_measure_count(&group->record);
		const struct bi_block *block;

		if (width == 0 || group->first == NULL)
			abort();
		bi_buf_addf(out, "%s %zu", group->record.name->text, width);
		for (block = group->first; block != NULL; block = block->next)
			bi_buf_add(out, block->values,
				   block->lines * width * sizeof(double));
	}
	for (event = collection.events; event != NULL; event = event->next)
		bi_buf_addf(out, "%zu %s", event->line,
			    event->error ? event->error
					 : event->metadata.key->text);
	bi_collection_release(&collection, NULL);
}

/* All tables of TEXT through RENDER_TABLE. */
static void make_tables(const char *text, bi_render_table *render_table)
{
	const char *const texts[] = {text, text, NULL};
	struct tables_config config = {.render = render_table};
	struct bi_buf out = BI_BUF_INIT, warnings = BI_BUF_INIT;

	if (tables_render(&config, texts, &out, &warnings) < 0)
		abort();
	bi_buf_release(&out);
	bi_buf_release(&warnings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_source whole = {(const char *)data, size, 0, 0, 0};
	struct text_source pieces = {(const char *)data, size, 3, 0, 0};
	struct bi_buf a = BI_BUF_INIT, b = BI_BUF_INIT, text = BI_BUF_INIT;

	collect(whole, &a);
	collect(pieces, &b);
	if (a.len != b.len || (a.len > 0 && memcmp(a.data, b.data, a.len) != 0))
		abort();
	/* The text sources of tables end at a NUL; UTF-16 has no tables. */
	if (size < 2 || (data[0] != 0xff && data[0] != 0xfe)) {
		bi_buf_add(&text, data, size);
		make_tables(bi_buf_str(&text), bi_render_text);
		make_tables(bi_buf_str(&text), bi_render_csv);
	}
	bi_buf_release(&text);
	bi_buf_release(&a);
	bi_buf_release(&b);
	return 0;
}
