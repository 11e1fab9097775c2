/* Tables from texts: what stands between the reader and a renderer. */
#ifndef TESTS_UNIT_TABLES_H
#define TESTS_UNIT_TABLES_H

#include <string.h>

#include "base/error.h"
#include "fmt/collect.h"
#include "tab/build.h"
#include "tab/render.h"
#include "text_source.h"

/* What is asked of the inputs; NULL and 0 stand for benchstat's defaults. */
struct tables_config {
	const char *table;
	const char *row;
	const char *column;
	const char *filter;
	const char *labels; /* a letter for each text */
	unsigned threads;
	bool compat;
	enum bi_keep keep;
	bool changes;
	bool spread;
	const char *fit;
	bi_render_table *render;
};

static inline int tables_layout(const struct tables_config *config,
				struct bi_layout *layout)
{
	const char *table = config->table ? config->table : ".config";
	const char *row = config->row ? config->row : ".fullname";
	const char *column = config->column ? config->column : ".file";
	int rc;

	*layout = (struct bi_layout){.alpha = 0.05,
				     .confidence = 0.95,
				     .compat = config->compat,
				     .threads = config->threads,
				     .keep = config->keep,
				     .changes = config->changes,
				     .spread = config->spread};
	if (config->fit != NULL)
		layout->fit = (struct bi_slice){config->fit,
						strlen(config->fit)};
	layout->schema = bi_schema_new();
	if (layout->schema == NULL)
		return BENCH_ENOMEM;
	rc = bi_schema_parse(layout->schema, table, &layout->table, NULL);
	if (rc == 0)
		rc = bi_schema_parse(layout->schema, row, &layout->row, NULL);
	if (rc == 0)
		rc = bi_schema_parse(layout->schema, column, &layout->column,
				     NULL);
	if (rc == 0)
		rc = bi_projection_add_unit(layout->table);
	if (rc == 0)
		rc = bi_schema_residue(layout->schema, &layout->residue);
	if (rc == 0 && config->filter != NULL)
		rc = bi_filter_new(config->filter, &layout->filter, NULL);
	return rc;
}

/* Read TEXTS, which end with NULL. */
static inline int tables_read(struct bi_builder *builder,
			      struct bi_metadata *metadata,
			      const char *const *texts, const char *labels)
{
	int rc = 0;

	if (labels == NULL)
		labels = "abcdefgh";
	for (; rc == 0 && *texts != NULL; texts++, labels++) {
		const char label[] = {*labels, '\0'};
		struct bi_collection collection = BI_COLLECTION_INIT;
		struct text_source source = text_source(*texts);
		const struct bi_string *valid;
		const struct bi_event *event;

		rc = bi_collect(&collection, label, text_source_read, &source,
				NULL);
		for (event = collection.events; rc == 0 && event != NULL;
		     event = event->next) {
			if (event->error == NULL)
				rc = bi_metadata_set(metadata,
						     event->metadata.unit,
						     event->metadata.key,
						     event->metadata.value,
						     &valid);
		}
		if (rc == 0)
			rc = bi_builder_add(builder, &collection, NULL);
		else
			bi_collection_release(&collection, NULL);
	}
	return rc < 0 ? rc : bi_builder_finish(builder);
}

static inline int tables_add_to_buf(void *arg, const char *data, size_t len)
{
	return bi_buf_add(arg, data, len);
}

/* Hand what CONFIG makes of TEXTS to its writer, which writes to RENDER. */
static inline int tables_print(const struct tables_config *config,
			       const char *const *texts,
			       struct bi_render render)
{
	struct bi_metadata metadata = BI_METADATA_INIT;
	struct bi_layout layout = {0};
	struct bi_builder *builder = NULL;
	size_t i;
	int rc = tables_layout(config, &layout);

	if (rc == 0)
		builder = bi_builder_new(&layout);
	if (rc == 0 && builder == NULL)
		rc = BENCH_ENOMEM;
	if (rc == 0)
		rc = tables_read(builder, &metadata, texts,
				 config->labels);
	for (i = 0; rc == 0 && i < bi_builder_table_count(builder); i++) {
		struct bi_table table;

		rc = bi_builder_table(builder, i, &metadata, &table);
		if (rc == 0)
			rc = config->render(&render, &table);
		bi_table_release(&table);
	}
	bi_builder_free(builder);
	bi_filter_free(layout.filter);
	bi_schema_free(layout.schema);
	bi_metadata_release(&metadata);
	return rc;
}

/* Append what CONFIG makes of TEXTS to OUT, and warnings to WARNINGS. */
static inline int tables_render(const struct tables_config *config,
				const char *const *texts, struct bi_buf *out,
				struct bi_buf *warnings)
{
	return tables_print(
		config, texts,
		(struct bi_render){.out = {tables_add_to_buf, out},
				   .warnings = {tables_add_to_buf, warnings}});
}

#endif
