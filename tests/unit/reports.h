/* Whole runs from texts: as benchstat makes them, with all that it can be asked
 * for. */
#ifndef TESTS_UNIT_REPORTS_H
#define TESTS_UNIT_REPORTS_H

#include <stdlib.h>

#include "tables.h"
#include "tab/view.h"

/* One of the renderers is not NULL. */
struct report_config {
	struct tables_config tables; /* its RENDER is NULL */
	struct bi_view view;
	const char *gate; /* a line of rules; NULL: none */
	bi_render_table *table;
	bi_render_report *report;
	bool color;
};

/* The work on one run. */
struct report_work {
	const struct report_config *config;
	struct bi_metadata metadata;
	struct bi_builder *builder;
	struct bi_gate gate;
	struct bi_table *tables;
	size_t count;
};

/* Compute and judge all tables. */
static inline int report_compute(struct report_work *work)
{
	size_t count = bi_builder_table_count(work->builder);
	int rc = 0;

	work->tables = calloc(count + 1, sizeof(*work->tables));
	if (work->tables == NULL)
		return BENCH_ENOMEM;
	while (rc == 0 && work->count < count) {
		struct bi_table *table = &work->tables[work->count];

		rc = bi_builder_table(work->builder, work->count++,
				      &work->metadata, table);
		if (rc == 0 && work->config->gate != NULL)
			rc = bi_gate_add(&work->gate, table);
		if (rc == 0)
			rc = bi_view_apply(&work->config->view, table);
	}
	if (rc == 0 && work->config->gate != NULL)
		rc = bi_gate_judge(&work->gate);
	return rc;
}

/* Write them, and what the gate says. */
static inline int report_write(const struct report_work *work,
			       struct bi_render *render, struct bi_buf *out)
{
	const struct report_config *config = work->config;
	struct bi_report report = {
		work->tables, work->count,
		config->gate != NULL ? &work->gate : NULL};
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && config->table != NULL && i < work->count; i++)
		rc = config->table(render, &work->tables[i]);
	if (rc == 0 && config->report != NULL && work->count > 0)
		rc = config->report(render, &report);
	if (rc == 0 && config->table != NULL && config->gate != NULL)
		rc = bi_gate_report(&work->gate, out);
	return rc;
}

/* Append to OUT what CONFIG makes of TEXTS, and warnings to WARNINGS. */
static inline int report_render(const struct report_config *config,
				const char *const *texts, struct bi_buf *out,
				struct bi_buf *warnings)
{
	struct report_work work = {.config = config,
				   .metadata = BI_METADATA_INIT,
				   .gate = {.alpha = 0.05}};
	struct bi_render render = {.out = {tables_add_to_buf, out},
				   .warnings = {tables_add_to_buf, warnings},
				   .color = config->color};
	struct bi_layout layout = {0};
	size_t i;
	int rc = tables_layout(&config->tables, &layout);

	layout.all_lines = config->report != NULL;
	if (rc == 0 && config->gate != NULL) {
		rc = bi_rules_parse(&work.gate.rules, config->gate,
				    strlen(config->gate), NULL);
		layout.rules = &work.gate.rules;
		layout.changes = true;
	}
	if (rc == 0 && config->gate != NULL)
		rc = bi_gate_start(&work.gate);
	if (rc == 0) {
		work.builder = bi_builder_new(&layout);
		rc = work.builder == NULL ? BENCH_ENOMEM : 0;
	}
	if (rc == 0)
		rc = tables_read(work.builder, &work.metadata, texts,
				 config->tables.labels);
	if (rc == 0)
		rc = report_compute(&work);
	if (rc == 0)
		rc = report_write(&work, &render, out);
	for (i = 0; i < work.count; i++)
		bi_table_release(&work.tables[i]);
	free(work.tables);
	bi_gate_release(&work.gate);
	bi_builder_free(work.builder);
	bi_filter_free(layout.filter);
	bi_schema_free(layout.schema);
	bi_metadata_release(&work.metadata);
	return rc;
}

#endif
