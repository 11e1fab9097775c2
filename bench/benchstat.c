/* benchstat by stage: two inputs of 50,000 lines each, in memory.
 *
 * Read, Parse and Group each contain the stage before; Statistics and Render
 * are what comes behind, alone.  All are divided by the lines of the inputs. */
#include <benchkit/bench.h>

#include <string.h>

#include "fmt/lines.h"
#include "fmt/metadata.h"
#include "results.h"
#include "tab/build.h"
#include "tab/render.h"

enum { INPUTS = 2, LINES = 50000 };

/* A bi_read (fmt/reader.h) from memory. */
struct memory {
	const struct bi_buf *text;
	size_t at;
};

static int memory_read(void *arg, char *buf, size_t cap, size_t *len,
		       struct bench_error *err)
{
	struct memory *memory = arg;

	(void)err;
	*len = memory->text->len - memory->at;
	if (*len > cap)
		*len = cap;
	memcpy(buf, memory->text->data + memory->at, *len);
	memory->at += *len;
	return 0;
}

/* What all stages work on. */
struct work {
	struct bi_buf text[INPUTS];
	struct bi_layout layout;
	struct bi_metadata metadata;
	struct bi_builder *builder;
	struct bi_table table;
	size_t written;
};

static void release(void *arg)
{
	struct work *work = arg;
	size_t i;

	for (i = 0; i < INPUTS; i++)
		bi_buf_release(&work->text[i]);
}

/* The inputs of SHAPE; from here on a line is what time is divided by. */
static void prepare(bench_b *b, struct work *work, struct results_shape shape)
{
	int64_t bytes = 0;
	size_t i, name;
	int rc = 0;

	shape.lines = LINES;
	for (i = 0; i < INPUTS; i++) {
		struct bi_buf *text = &work->text[i];

		shape.shift = 1 - 0.02 * (double)i;
		shape.state = i + 1;
		rc = results_add_header(text);
		for (name = 0; rc == 0 && name < shape.names; name++)
			rc = results_add_name(text, &shape, name);
		if (rc < 0)
			break;
		bytes += (int64_t)text->len;
	}
	bench_cleanup(b, release, work);
	if (rc < 0)
		bench_fatalf(b, "out of memory");
	bench_set_bytes(b, bytes);
}

static void report(bench_b *b)
{
	bench_report_metric(b,
			    (double)bench_elapsed_ns(b) / (double)b->n /
				    (INPUTS * LINES),
			    "ns/line");
}

static void run_read(bench_b *b, void *shape)
{
	struct work work = {.written = 0};
	size_t i;

	prepare(b, &work, *(struct results_shape *)shape);
	while (bench_loop(b)) {
		for (i = 0; i < INPUTS; i++) {
			struct memory memory = {&work.text[i], 0};
			struct bi_lines lines =
				BI_LINES_INIT(memory_read, &memory);
			struct bi_line line;

			while (bi_lines_next(&lines, &line, NULL) > 0)
				bench_keep(line.end);
			bi_lines_release(&lines);
		}
	}
	report(b);
}

static void run_parse(bench_b *b, void *shape)
{
	struct work work = {.written = 0};
	size_t i;

	prepare(b, &work, *(struct results_shape *)shape);
	while (bench_loop(b)) {
		for (i = 0; i < INPUTS; i++) {
			struct memory memory = {&work.text[i], 0};
			struct bi_intern pool = BI_INTERN_INIT;
			struct bi_reader *reader = bi_reader_new(
				&pool, "old", memory_read, &memory);
			struct bi_item item;

			while (bi_reader_next(reader, &item, NULL) > 0)
				bench_keep(item.record.values[0]);
			bi_reader_free(reader);
			bi_intern_release(&pool);
		}
	}
	report(b);
}

static int lay_out(struct bi_layout *layout)
{
	int rc;

	*layout = (struct bi_layout){.alpha = 0.05,
				     .confidence = 0.95,
				     .threads = 1,
				     .schema = bi_schema_new()};
	if (layout->schema == NULL)
		return BENCH_ENOMEM;
	rc = bi_schema_parse(layout->schema, ".config", &layout->table, NULL);
	if (rc == 0)
		rc = bi_schema_parse(layout->schema, ".fullname", &layout->row,
				     NULL);
	if (rc == 0)
		rc = bi_schema_parse(layout->schema, ".file", &layout->column,
				     NULL);
	if (rc == 0)
		rc = bi_projection_add_unit(layout->table);
	return rc < 0 ? rc
		      : bi_schema_residue(layout->schema, &layout->residue);
}

/* All up to the point where tables can be computed. */
static int group(struct work *work)
{
	static const char *const labels[INPUTS] = {"old", "new"};
	size_t i;
	int rc = lay_out(&work->layout);

	if (rc == 0)
		work->builder = bi_builder_new(&work->layout);
	if (work->builder == NULL)
		return BENCH_ENOMEM;
	for (i = 0; rc == 0 && i < INPUTS; i++) {
		struct bi_collection collection = BI_COLLECTION_INIT;
		struct memory memory = {&work->text[i], 0};

		rc = bi_collect(&collection, labels[i], memory_read, &memory,
				NULL);
		if (rc == 0)
			rc = bi_builder_add(work->builder, &collection, NULL);
	}
	return rc < 0 ? rc : bi_builder_finish(work->builder);
}

static void forget(struct work *work)
{
	bi_builder_free(work->builder);
	work->builder = NULL;
	bi_schema_free(work->layout.schema);
	bi_metadata_release(&work->metadata);
}

static void run_group(bench_b *b, void *shape)
{
	struct work work = {.written = 0};

	prepare(b, &work, *(struct results_shape *)shape);
	while (bench_loop(b)) {
		if (group(&work) < 0)
			bench_fatalf(b, "out of memory");
		forget(&work);
	}
	report(b);
}

static int count_bytes(void *arg, const char *data, size_t len)
{
	struct work *work = arg;

	bench_keep(data);
	work->written += len;
	return 0;
}

/* Compute all tables and hand each to RENDER; only one of the two is timed,
 * the rendering if RENDER is not NULL. */
static void make_tables(bench_b *b, struct work *work,
			bi_render_table *render_table)
{
	struct bi_render render = {.out = {count_bytes, work},
				   .warnings = {count_bytes, work}};
	size_t i, count = bi_builder_table_count(work->builder);
	int rc = 0;

	for (i = 0; rc == 0 && i < count; i++) {
		if (render_table == NULL)
			bench_start_timer(b);
		rc = bi_builder_table(work->builder, i, &work->metadata,
				      &work->table);
		bench_stop_timer(b);
		if (rc == 0 && render_table != NULL) {
			bench_start_timer(b);
			rc = render_table(&render, &work->table);
			bench_stop_timer(b);
		}
		bi_table_release(&work->table);
	}
	if (rc < 0)
		bench_fatalf(b, "out of memory");
}

static void run_tables(bench_b *b, struct results_shape shape,
		       bi_render_table *render_table)
{
	struct work work = {.written = 0};

	prepare(b, &work, shape);
	while (bench_loop(b)) {
		bench_stop_timer(b);
		if (group(&work) < 0)
			bench_fatalf(b, "out of memory");
		make_tables(b, &work, render_table);
		forget(&work);
		bench_start_timer(b);
	}
	report(b);
}

static void run_statistics(bench_b *b, void *shape)
{
	run_tables(b, *(struct results_shape *)shape, NULL);
}

static void run_render_text(bench_b *b, void *shape)
{
	run_tables(b, *(struct results_shape *)shape, bi_render_text);
}

static void run_render_csv(bench_b *b, void *shape)
{
	run_tables(b, *(struct results_shape *)shape, bi_render_csv);
}

/* Few names with many samples each, and many names with few. */
static void run_shapes(bench_b *b, bench_fn *run)
{
	struct results_shape few = {.names = 50, .units = 1};
	struct results_shape many = {.names = 5000, .units = 4};

	bench_run(b, "names=50/units=1", run, &few);
	bench_run(b, "names=5000/units=4", run, &many);
}

BENCHMARK(Read)
{
	run_shapes(b, run_read);
}

BENCHMARK(Parse)
{
	run_shapes(b, run_parse);
}

BENCHMARK(Group)
{
	run_shapes(b, run_group);
}

BENCHMARK(Statistics)
{
	run_shapes(b, run_statistics);
}

BENCHMARK(RenderText)
{
	run_shapes(b, run_render_text);
}

BENCHMARK(RenderCsv)
{
	run_shapes(b, run_render_csv);
}

BENCH_MAIN();
