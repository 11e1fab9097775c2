/* benchprof: look at profiles.
 *
 * Everything is read, and the view made, before anything is printed. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/integer.h"
#include "cli/benchprof/view.h"
#include "fmt/source.h"
#include "stacks/load.h"
#include "stacks/scale.h"
#include "stacks/select.h"

#define EXIT_FAILED 2

struct run {
	struct options options;
	struct bi_stacks stacks;
	struct bi_selection selection;
	struct bi_regex *match;
	char *tag_key;
	struct bi_buf out;
	struct bench_error error;
};

static int failed(const char *text)
{
	fprintf(stderr, "benchprof: %s\n", text);
	return EXIT_FAILED;
}

static int usage(const char *problem, int status)
{
	struct bi_buf help = BI_BUF_INIT;

	if (problem != NULL)
		failed(problem);
	if (options_help(&help) == 0)
		fputs(bi_buf_str(&help), stderr);
	bi_buf_release(&help);
	return status;
}

static int print_version(void)
{
	puts("benchkit " BENCH_VERSION);
	return fflush(stdout) == 0 ? 0 : EXIT_FAILED;
}

/* ---- Reading ---- */

/* All of PATH; one byte more than is allowed is enough. */
static int read_file(struct run *run, const char *path, struct bi_buf *data)
{
	struct bi_source source;
	size_t got = 1;
	char piece[16384];
	int rc = bi_source_open(&source, path, &run->error);

	if (rc < 0)
		return rc;
	while (rc == 0 && got > 0 && data->len <= BI_LOAD_MOST) {
		rc = bi_source_read(&source, piece, sizeof(piece), &got,
				    &run->error);
		if (rc == 0)
			rc = bi_buf_add(data, piece, got);
	}
	bi_source_close(&source);
	return rc;
}

static int load_file(struct run *run, const char *path, struct bi_intake intake)
{
	struct bi_buf data = BI_BUF_INIT;
	int rc = read_file(run, path, &data);

	if (rc == 0)
		rc = bi_load(&run->stacks, path, &data, intake, &run->error);
	bi_buf_release(&data);
	return rc;
}

static int load_files(struct run *run, char *const *paths, size_t count)
{
	struct bi_intake plain = {false, false};
	struct bi_intake base = {true, run->options.diff};
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < count; i++)
		rc = load_file(run, paths[i], plain);
	if (rc == 0 && run->options.base != NULL)
		rc = load_file(run, run->options.base, base);
	bi_stacks_finish(&run->stacks);
	return rc;
}

/* ---- What is wanted ---- */

static int compile(struct run *run, const char *flag, const char *pattern,
		   struct bi_regex **out)
{
	struct bench_error err = BENCH_ERROR_INIT;
	int rc;

	if (pattern == NULL)
		return 0;
	rc = bi_regex_new((struct bi_slice){pattern, strlen(pattern)}, out,
			  &err);
	if (rc < 0)
		bi_error_set(&run->error, rc, "-%s: %.800s", flag, err.text);
	return rc;
}

/* "key=RE", or RE alone. */
static int compile_tag(struct run *run)
{
	const char *text = run->options.tag_focus;
	const char *equals = text == NULL ? NULL : strchr(text, '=');

	if (equals != NULL) {
		run->tag_key = strndup(text, (size_t)(equals - text));
		if (run->tag_key == NULL)
			return BENCH_ENOMEM;
		run->selection.tag_key = run->tag_key;
		text = equals + 1;
	}
	return compile(run, "tagfocus", text, &run->selection.tag_focus);
}

static int compile_all(struct run *run)
{
	const struct options *options = &run->options;
	bool list = options->view == VIEW_LIST;
	int rc = compile(run, "focus", options->focus, &run->selection.focus);

	if (rc == 0)
		rc = compile(run, "ignore", options->ignore,
			     &run->selection.ignore);
	if (rc == 0)
		rc = compile(run, "hide", options->hide, &run->selection.hide);
	if (rc == 0)
		rc = compile_tag(run);
	if (rc == 0 && (list || options->view == VIEW_PEEK))
		rc = compile(run, list ? "list" : "peek", options->pattern,
			     &run->match);
	return rc;
}

/* -sample_index, as a number or a name; "inuse_space" is also "space". */
static int find_measure(struct run *run, size_t *out)
{
	static const char prefix[] = "inuse_";
	const struct bi_stacks *stacks = &run->stacks;
	const char *name = run->options.sample_index;
	const char *shorter = name;
	struct bi_buf names = BI_BUF_INIT;
	int64_t number;
	size_t i;

	*out = stacks->default_measure;
	if (name == NULL || name[0] == '\0')
		return 0;
	if (bi_integer_parse(name, strlen(name), &number) == 0 && number >= 0 &&
	    (uint64_t)number < stacks->measure_count) {
		*out = (size_t)number;
		return 0;
	}
	if (strncmp(name, prefix, sizeof(prefix) - 1) == 0)
		shorter += sizeof(prefix) - 1;
	for (i = 0; i < stacks->measure_count; i++) {
		const char *type = stacks->measures[i].type;

		if (strcmp(type, name) == 0 || strcmp(type, shorter) == 0) {
			*out = i;
			bi_buf_release(&names);
			return 0;
		}
		bi_buf_addf(&names, "%s%s", i > 0 ? ", " : "", type);
	}
	bi_error_set(&run->error, BENCH_EINPUT,
		     "-sample_index '%.100s': the profile has %.800s", name,
		     bi_buf_str(&names));
	bi_buf_release(&names);
	return BENCH_EINPUT;
}

/* What percentages are of: all, or the profile compared against. */
static int64_t find_total(const struct bi_stacks *stacks, size_t measure)
{
	int64_t all = 0, base = 0;
	size_t i;

	for (i = 0; i < stacks->trace_count; i++) {
		int64_t value =
			bi_value_abs(stacks->traces[i].values[measure]);

		all = bi_value_add(all, value);
		if (stacks->traces[i].base)
			base = bi_value_add(base, value);
	}
	return base > 0 ? base : all;
}

static void warn(bool matched, const char *flag)
{
	if (!matched)
		fprintf(stderr, "benchprof: nothing matches -%s\n", flag);
}

static int select_stacks(struct run *run)
{
	struct bi_selected selected;
	int rc = bi_select(&run->stacks, &run->selection, &selected,
			   &run->error);

	if (rc == 0) {
		warn(selected.focus, "focus");
		warn(selected.ignore, "ignore");
		warn(selected.hide, "hide");
		warn(selected.tag_focus, "tagfocus");
	}
	return rc;
}

/* ---- Showing ---- */

static int make_view(struct view *view)
{
	switch (view->options->view) {
	case VIEW_TOP:
		return view_top(view);
	case VIEW_TREE:
	case VIEW_PEEK:
		return view_tree(view);
	case VIEW_LIST:
		return view_list(view);
	case VIEW_TRACES:
		return view_traces(view);
	case VIEW_RAW:
		return view_raw(view);
	case VIEW_FOLDED:
		return view_folded(view);
	case VIEW_DOT:
		return view_dot(view);
	}
	return BENCH_EINPUT;
}

static int show(struct run *run)
{
	struct view view = {.options = &run->options,
			    .stacks = &run->stacks,
			    .match = run->match,
			    .unit = BI_SCALE_AUTO,
			    .out = &run->out,
			    .err = &run->error};
	int rc = find_measure(run, &view.measure);

	if (rc < 0)
		return rc;
	view.total = find_total(&run->stacks, view.measure);
	rc = select_stacks(run);
	if (rc == 0)
		rc = make_view(&view);
	if (rc == BENCH_ERANGE)
		bi_error_set(&run->error, rc, "a pattern takes too long");
	if (rc == 0 &&
	    (fwrite(bi_buf_str(&run->out), 1, run->out.len, stdout) !=
		     run->out.len ||
	     fflush(stdout) != 0))
		rc = bi_error_errno(&run->error, "cannot write to",
				    "standard output");
	return rc;
}

static int report(struct run *run, int rc)
{
	char line[BI_ERROR_SIZE];

	if (rc == BENCH_ENOMEM)
		bi_error_nomem(&run->error);
	return failed(bi_error_line(&run->error, line));
}

static void release(struct run *run)
{
	bi_regex_free(run->selection.focus);
	bi_regex_free(run->selection.ignore);
	bi_regex_free(run->selection.hide);
	bi_regex_free(run->selection.tag_focus);
	bi_regex_free(run->match);
	free(run->tag_key);
	bi_stacks_release(&run->stacks);
	bi_buf_release(&run->out);
}

int main(int argc, char **argv)
{
	struct run run = {.options = OPTIONS_INIT,
			  .stacks = BI_STACKS_INIT,
			  .error = BENCH_ERROR_INIT};
	struct bi_option_end end;
	int rc, status = 0;

	signal(SIGPIPE, SIG_IGN);
	if (options_parse(&run.options, argc, argv, &end, &run.error) < 0)
		return usage(run.error.text, EXIT_FAILED);
	if (end.version)
		return print_version();
	if (end.help || end.next == argc)
		return usage(NULL, end.help ? 0 : EXIT_FAILED);
	rc = compile_all(&run);
	if (rc == 0)
		rc = load_files(&run, argv + end.next,
				(size_t)(argc - end.next));
	if (rc == 0)
		rc = show(&run);
	if (rc < 0)
		status = report(&run, rc);
	release(&run);
	return status;
}
