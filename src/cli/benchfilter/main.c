/* benchfilter: benchmark results in, those that match a query out. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/option.h"
#include "base/grow.h"
#include "cli/benchfilter/emit.h"
#include "fmt/source.h"
#include "fmt/stream.h"
#include "proc/filter.h"
#include "proc/syntax.h"

#define EXIT_FAILED 2

/* Output is written in pieces of about this size. */
#define PIECE ((size_t)64 * 1024)

struct run {
	struct bi_filter *filter;
	struct emit emit;
	struct bi_buf out;
	bool *keep;
	size_t keep_cap;
	struct bench_error error;
};

static const char usage[] =
	"Usage: benchfilter query [[label=]file...]\n"
	"\n"
	"Copy the benchmark results that match the query, with their "
	"configuration, from\n"
	"the files (default: standard input) to standard output.\n"
	"\n"
	"A query is a list such as '.name:Sort .unit:(ns/op OR B/op) "
	"-/size:/^1/'.\n"
	"benchfilter(1) tells all.  Exit status: 0, or 2 if something "
	"failed.\n";

static int failed(const char *text)
{
	fprintf(stderr, "benchfilter: %s\n", text);
	return EXIT_FAILED;
}

static int flush(struct run *run)
{
	size_t len = run->out.len;

	if (fwrite(bi_buf_str(&run->out), 1, len, stdout) != len)
		return bi_error_errno(&run->error, "cannot write to",
				      "standard output");
	bi_buf_reset(&run->out);
	return 0;
}

static int copy_result(struct run *run, const struct bi_item *item)
{
	size_t width = bi_record_measure_count(&item->record);
	bool *grown;
	int rc;

	grown = bi_grow(run->keep, &run->keep_cap, width, sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	run->keep = grown;
	rc = bi_filter_match(run->filter, &item->record, run->keep);
	if (rc == BENCH_ERANGE)
		return bi_error_set(&run->error, rc,
				    "a pattern of the query takes too long");
	if (rc > 0)
		rc = emit_result(&run->emit, item, run->keep, &run->out);
	return rc;
}

static int copy_item(struct run *run, const char *path,
		     const struct bi_item *item)
{
	switch (item->kind) {
	case BI_ITEM_RESULT:
		return copy_result(run, item);
	case BI_ITEM_METADATA:
		return emit_metadata(&run->emit, item, &run->out);
	case BI_ITEM_ERROR:
		fprintf(stderr, "%s:%zu: %s\n", path, item->line, item->text);
		break;
	}
	return 0;
}

static int copy_input(struct run *run, const struct bi_input *input)
{
	struct bi_intern pool = BI_INTERN_INIT;
	struct bi_item item = {0};
	struct bi_reader *reader;
	struct bi_stream stream;
	int rc = bi_stream_open(&stream, input->path, &run->error);

	if (rc < 0)
		return rc;
	emit_input(&run->emit);
	reader = bi_reader_new(&pool, input->label, bi_stream_read, &stream);
	rc = reader == NULL ? BENCH_ENOMEM : 1;
	while (rc > 0) {
		rc = bi_reader_next(reader, &item, &run->error);
		if (rc < 0)
			bi_error_place(&run->error, input->path,
				       run->error.line, 0);
		if (rc <= 0)
			break;
		rc = copy_item(run, input->path, &item);
		if (rc == 0 && run->out.len >= PIECE)
			rc = flush(run);
		rc = rc < 0 ? rc : 1;
	}
	bi_reader_free(reader);
	bi_intern_release(&pool);
	bi_stream_close(&stream);
	return rc;
}

/* Copy the inputs that ARGS name.  The failure is in the run's error. */
static int copy_inputs(struct run *run, char *const *args, size_t count)
{
	struct bi_arena memory = BI_ARENA_INIT;
	struct bi_input *inputs;
	size_t i;
	int rc = bi_inputs(&memory, args, count, &inputs);

	for (i = 0; rc == 0 && i < count; i++)
		rc = copy_input(run, &inputs[i]);
	if (rc == 0)
		rc = flush(run);
	if (rc == 0 && fflush(stdout) != 0)
		rc = bi_error_errno(&run->error, "cannot write to",
				    "standard output");
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(&run->error);
	bi_arena_release(&memory);
	return rc;
}

static int bad_query(const struct bench_error *error, const char *query)
{
	struct bi_buf text = BI_BUF_INIT;
	int rc = error->code;

	if (rc == BENCH_EINPUT && bi_syntax_describe(error, query, &text) == 0)
		rc = failed(text.data);
	else
		rc = failed(error->text);
	bi_buf_release(&text);
	return rc;
}

static int print_version(void)
{
	puts("benchkit " BENCH_VERSION);
	return fflush(stdout) == 0 ? 0 : EXIT_FAILED;
}

static int report(const struct bench_error *error)
{
	char line[BI_ERROR_SIZE];

	return failed(bi_error_line(error, line));
}

/* What the table has, and what all programs have. */
static void print_help(const struct bi_option_table *table)
{
	struct bi_buf flags = BI_BUF_INIT;

	fputs(usage, stderr);
	if (bi_option_help(table, true, &flags) == 0)
		fprintf(stderr, "\n%s", bi_buf_str(&flags));
	bi_buf_release(&flags);
}

int main(int argc, char **argv)
{
	static const struct bi_option_table no_options = {NULL, 0, NULL, NULL};
	static char standard_input[] = BI_SOURCE_STDIN;
	static char *const default_args[] = {standard_input};
	struct run run = {.emit = EMIT_INIT, .error = BENCH_ERROR_INIT};
	struct bi_option_end end;
	char *const *args;
	size_t count;
	int status = 0;

	signal(SIGPIPE, SIG_IGN);
	if (bi_option_parse(&no_options, argc, argv, NULL, &end, &run.error) <
	    0) {
		fprintf(stderr, "benchfilter: %s\n%s", run.error.text, usage);
		return EXIT_FAILED;
	}
	if (end.version)
		return print_version();
	if (end.help || end.next == argc) {
		print_help(&no_options);
		return end.help ? 0 : EXIT_FAILED;
	}
	if (bi_filter_new(argv[end.next], &run.filter, &run.error) < 0)
		return bad_query(&run.error, argv[end.next]);
	args = argv + end.next + 1;
	count = (size_t)(argc - end.next) - 1;
	if (count == 0) {
		args = default_args;
		count = 1;
	}
	if (copy_inputs(&run, args, count) < 0)
		status = report(&run.error);
	bi_filter_free(run.filter);
	emit_release(&run.emit);
	bi_buf_release(&run.out);
	free(run.keep);
	return status;
}
