/* benchstat: compare recorded benchmark results.
 *
 * Everything is read before anything is printed: a file that cannot be read
 * leaves no table behind that looks complete. */
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/benchstat/gating.h"
#include "cli/benchstat/options.h"
#include "fmt/gather.h"
#include "proc/syntax.h"
#include "stat/dist.h"
#include "tab/build.h"

#define EXIT_FAILED 2

/* Blocks of this size are given back to the system when they are freed.  Left
 * to itself, malloc raises the limit when it sees the first of them freed, and
 * keeps what an input took while the next ones need as much again: a fifth of
 * the whole. */
#define GIVE_BACK (128 * 1024)

/* All that one run holds. */
struct run {
	struct options options;
	struct bi_arena memory;
	struct bi_input *inputs;
	size_t input_count;
	struct bi_schema *schema;
	struct bi_filter *filter;
	struct bi_metadata metadata;
	struct bi_layout layout;
	struct bi_builder *builder;
	struct bi_gate gate;
	bool has_fit; /* rows with a size */
	struct bench_error error; /* what stopped it */
};

/* Say what is wrong on stderr; the exit status.  Scripts made for Go's
 * benchstat expect 0 for all but usage errors. */
static int failed(const struct run *run, const char *text)
{
	fprintf(stderr, "benchstat: %s\n", text);
	return run->options.compat ? 0 : EXIT_FAILED;
}

/* What is wrong, or NULL, and the help; ALL flags, or the usual ones. */
static int help(const char *problem, bool all)
{
	struct bi_buf text = BI_BUF_INIT;

	if (problem != NULL)
		fprintf(stderr, "benchstat: %s\n", problem);
	if (options_help(all, &text) == 0)
		fputs(bi_buf_str(&text), stderr);
	bi_buf_release(&text);
	return EXIT_FAILED;
}

static int usage(const char *problem)
{
	return help(problem, false);
}

static int print_version(void)
{
	puts("benchkit " BENCH_VERSION);
	return fflush(stdout) == 0 ? 0 : EXIT_FAILED;
}

/* The error of parsing TEXT, which was given for FLAG. */
static int bad_syntax(struct run *run, const char *flag, const char *text)
{
	struct bi_buf message = BI_BUF_INIT;
	int rc = bi_buf_addf(&message, "parsing -%s: ", flag);

	if (rc == 0 && run->error.code == BENCH_EINPUT)
		rc = bi_syntax_describe(&run->error, text, &message);
	else if (rc == 0)
		rc = bi_buf_adds(&message, run->error.text);
	rc = failed(run, rc == 0 ? message.data : "out of memory");
	bi_buf_release(&message);
	return rc;
}

/* Read the rules of the gate.  Returns -1, or the exit status. */
static int load_gate(struct run *run)
{
	struct bi_buf message = BI_BUF_INIT;
	int status = -1;

	if (gating_load(&run->options, &run->gate, &message) < 0)
		status = failed(run, message.len > 0 ? message.data
						     : "out of memory");
	bi_buf_release(&message);
	run->layout.changes = true;
	run->layout.rules = &run->gate.rules;
	return status;
}

/* Note a reason why the gate, if there is one, cannot pass. */
static int spoil_gate(struct run *run, const char *path, const char *why)
{
	struct bi_buf text = BI_BUF_INIT;
	int rc = 0;

	if (run->options.gate != NULL)
		rc = bi_buf_addf(&text, "%s: %s", path, why);
	if (rc == 0 && text.len > 0)
		rc = bi_gate_problem(&run->gate, text.data);
	bi_buf_release(&text);
	return rc < 0 ? bi_error_nomem(&run->error) : 0;
}

/* CPUs that this process may use. */
static unsigned cpu_count(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) < 0)
		return 1;
	return (unsigned)CPU_COUNT(&set);
}

/* Fill the layout.  Returns -1, or the exit status. */
static int parse_layout(struct run *run)
{
	const struct options *options = &run->options;
	struct bi_layout *layout = &run->layout;
	struct bi_projection *ignore;
	struct {
		const char *flag;
		const char *text;
		struct bi_projection **projection;
	} part[] = {
		{"table", options->table, &layout->table},
		{"row", options->row, &layout->row},
		{"col", options->col, &layout->column},
		{"ignore", options->ignore, &ignore},
	};
	size_t i;

	if (bi_filter_new(options->filter, &run->filter, &run->error) < 0)
		return bad_syntax(run, "filter", options->filter);
	run->schema = bi_schema_new();
	if (run->schema == NULL)
		return failed(run, "out of memory");
	for (i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		if (bi_schema_parse(run->schema, part[i].text,
				    part[i].projection, &run->error) < 0)
			return bad_syntax(run, part[i].flag, part[i].text);
	}
	if (bi_projection_add_unit(layout->table) < 0 ||
	    bi_schema_residue(run->schema, &layout->residue) < 0)
		return failed(run, "out of memory");
	layout->schema = run->schema;
	layout->filter = run->filter;
	layout->alpha = options->alpha;
	layout->confidence = options->confidence;
	layout->compat = options->compat;
	layout->threads = cpu_count();
	return -1;
}

/* Metadata of one event, or a complaint about it. */
static int take_event(struct run *run, const struct bi_input *input,
		      const struct bi_event *event)
{
	const struct bi_metadata_item *item = &event->metadata;
	const struct bi_string *valid;
	int rc;

	if (event->error != NULL) {
		fprintf(stderr, "%s:%zu: %s\n", input->path, event->line,
			event->error);
		return spoil_gate(run, input->path, "malformed lines");
	}
	rc = bi_metadata_set(&run->metadata, item->unit, item->key,
			     item->value, &valid);
	if (rc < 0)
		return bi_error_nomem(&run->error);
	if (valid->len == item->value->len &&
	    memcmp(valid->text, item->value->text, valid->len) == 0)
		return 0;
	fprintf(stderr, "%s:%zu: metadata %s of unit %s already set to %s\n",
		input->path, event->line, item->key->text, item->written->text,
		valid->text);
	return spoil_gate(run, input->path, "metadata that contradicts");
}

/* Move one input's results into the builder; what it says besides, in order,
 * even if it could not be read to its end. */
static int take_input(void *arg, struct bi_gathered *gathered)
{
	struct run *run = arg;
	const struct bi_event *event;
	size_t before = bi_builder_portion_count(run->builder);
	int rc = 0;

	for (event = gathered->collection.events; rc == 0 && event != NULL;
	     event = event->next)
		rc = take_event(run, gathered->input, event);
	if (rc == 0 && gathered->error.code < 0) {
		run->error = gathered->error;
		rc = run->error.code;
	}
	if (rc < 0)
		return rc;
	rc = bi_builder_add(run->builder, &gathered->collection, &run->error);
	if (rc == 0 && bi_builder_portion_count(run->builder) == before)
		rc = spoil_gate(run, gathered->input->path, "no results");
	return rc;
}

static int read_inputs(struct run *run)
{
	int rc = bi_gather(run->inputs, run->input_count, run->layout.threads,
			   take_input, run);

	if (rc == 0)
		rc = bi_builder_finish(run->builder);
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(&run->error);
	return rc;
}

/* A sink's write to a stdio stream. */
static int write_stream(void *arg, const char *data, size_t len)
{
	return fwrite(data, 1, len, arg) == len ? 0 : BENCH_EIO;
}

/* Print the gate's report: under the tables for people, beside those for
 * programs. */
static int write_gate(struct run *run)
{
	FILE *to = options_is_text(&run->options) ? stdout : stderr;
	struct bi_buf report = BI_BUF_INIT;
	int rc = 0;

	if (to == stdout)
		rc = bi_buf_addc(&report, '\n');
	if (rc == 0)
		rc = bi_gate_report(&run->gate, &report);
	if (rc == 0)
		rc = write_stream(to, report.data, report.len);
	bi_buf_release(&report);
	return rc;
}

/* Compute table I into *TABLE, which the caller releases in any case. */
static int make_table(struct run *run, size_t i, struct bi_table *table)
{
	int rc = bi_builder_table(run->builder, i, &run->metadata, table);

	run->has_fit |= rc == 0 && table->fit_count > 0;
	if (rc == 0 && run->options.gate != NULL)
		rc = bi_gate_add(&run->gate, table);
	/* What is not shown is judged all the same. */
	return rc < 0 ? rc : bi_view_apply(&run->options.view, table);
}

/* Compute and write one table after the other. */
static int write_each(struct run *run, struct bi_render *render, size_t count)
{
	bi_render_table *write_table = options_render(&run->options);
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < count; i++) {
		struct bi_table table;

		rc = make_table(run, i, &table);
		if (rc == 0)
			rc = write_table(render, &table);
		bi_table_release(&table);
	}
	if (rc == 0 && run->options.gate != NULL)
		rc = bi_gate_judge(&run->gate);
	return rc;
}

/* Compute all tables, then write them. */
static int write_all(struct run *run, struct bi_render *render, size_t count)
{
	struct bi_report report = {.count = count};
	struct bi_table *tables = calloc(count, sizeof(*tables));
	size_t i;
	int rc = tables == NULL ? BENCH_ENOMEM : 0;

	for (i = 0; rc == 0 && i < count; i++)
		rc = make_table(run, i, &tables[i]);
	if (rc == 0 && run->options.gate != NULL) {
		rc = bi_gate_judge(&run->gate);
		report.gate = &run->gate;
	}
	report.tables = tables;
	if (rc == 0)
		rc = options_report(&run->options)(render, &report);
	for (i = 0; tables != NULL && i < count; i++)
		bi_table_release(&tables[i]);
	free(tables);
	return rc;
}

/* Whether standard output is a screen that is to have colours
 * (no-color.org). */
static bool wants_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	switch (options->color) {
	case COLOR_ALWAYS:
		return true;
	case COLOR_NEVER:
		return false;
	case COLOR_AUTO:
		break;
	}
	return (no_color == NULL || *no_color == '\0') && term != NULL &&
	       strcmp(term, "dumb") != 0 && isatty(STDOUT_FILENO);
}

static int write_tables(struct run *run)
{
	struct bi_render render = {.out = {write_stream, stdout},
				   .warnings = {write_stream, stderr},
				   .color = wants_color(&run->options)};
	size_t count = bi_builder_table_count(run->builder);
	int rc;

	if (options_report(&run->options) != NULL)
		rc = write_all(run, &render, count);
	else
		rc = write_each(run, &render, count);
	if (rc == 0 && run->options.gate != NULL)
		rc = write_gate(run);
	if (rc == 0 && fflush(stdout) != 0)
		rc = BENCH_EIO;
	if (rc == BENCH_ENOMEM)
		return bi_error_nomem(&run->error);
	if (rc < 0)
		return bi_error_errno(&run->error, "cannot write to",
				      "standard output");
	return 0;
}

/* Tell the error that stopped the run; the exit status. */
static int report(const struct run *run)
{
	char line[BI_ERROR_SIZE];

	return failed(run, bi_error_line(&run->error, line));
}

/* What there is to say beside the tables, to who would wonder. */
static void tell_notes(const struct run *run)
{
	if (run->options.fit != NULL && !run->has_fit)
		fprintf(stderr, "benchstat: no row has what -fit asks for: "
				"%s\n",
			run->options.fit);
}

static int run_benchstat(struct run *run)
{
	const char *problem;
	int status = parse_layout(run);

	if (status >= 0)
		return status;
	problem = options_check(&run->options);
	if (problem != NULL)
		return failed(run, problem);
	run->layout.keep = options_keep(&run->options);
	run->layout.spread = run->options.spread;
	if (run->options.fit != NULL)
		run->layout.fit = (struct bi_slice){run->options.fit,
						    strlen(run->options.fit)};
	run->layout.all_lines = options_report(&run->options) != NULL;
	run->layout.changes = options_changes(&run->options);
	if (run->options.gate != NULL) {
		status = load_gate(run);
		if (status >= 0)
			return status;
	}
	run->builder = bi_builder_new(&run->layout);
	if (run->builder == NULL)
		return failed(run, "out of memory");
	if (read_inputs(run) < 0)
		return report(run);
	if (bi_builder_table_count(run->builder) == 0)
		return run->options.compat ? 0 : failed(run, "no results");
	if (write_tables(run) < 0)
		return report(run);
	tell_notes(run);
	return run->options.gate != NULL ? bi_gate_status(&run->gate) : 0;
}

int main(int argc, char **argv)
{
	struct run run = {.options = OPTIONS_INIT, .error = BENCH_ERROR_INIT};
	struct bi_option_end end;
	int status;

	bi_dist_start();
	mallopt(M_MMAP_THRESHOLD, GIVE_BACK);
	/* A reader that goes away is an error like any other. */
	signal(SIGPIPE, SIG_IGN);
	if (bi_option_parse(&options_table, argc, argv, &run.options, &end,
			    &run.error) < 0)
		return usage(run.error.text);
	if (end.help) {
		help(NULL, end.all);
		return 0;
	}
	if (end.version)
		return print_version();
	if (end.next == argc)
		return usage(NULL);
	if (options_conflict(&run.options) != NULL)
		return usage(options_conflict(&run.options));
	run.input_count = (size_t)(argc - end.next);
	if (bi_inputs(&run.memory, argv + end.next, run.input_count,
		      &run.inputs) < 0)
		status = failed(&run, "out of memory");
	else
		status = run_benchstat(&run);
	bi_builder_free(run.builder);
	bi_gate_release(&run.gate);
	bi_filter_free(run.filter);
	bi_schema_free(run.schema);
	bi_metadata_release(&run.metadata);
	bi_arena_release(&run.memory);
	return status;
}
