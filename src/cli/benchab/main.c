/* benchab: two builds side by side. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/error.h"
#include "cli/benchab/again.h"
#include "cli/benchab/compare.h"
#include "cli/benchab/fitness.h"
#include "cli/benchab/gating.h"
#include "cli/benchab/git.h"
#include "cli/benchab/kernels.h"
#include "cli/benchab/live.h"
#include "cli/benchab/record.h"
#include "cli/benchab/report.h"
#include "cli/benchab/selftest.h"
#include "wire/protocol.h"

#define EXIT_USAGE 2
#define EXIT_INTERRUPTED 130

static int failed(const char *text)
{
	fprintf(stderr, "benchab: %s\n", text);
	return EXIT_USAGE;
}

/* What is wrong, or NULL, and the help; ALL flags, or the usual ones. */
static int help(const char *problem, bool all)
{
	struct bi_buf text = BI_BUF_INIT;
	FILE *out = problem ? stderr : stdout;

	if (problem != NULL)
		fprintf(stderr, "benchab: %s\n", problem);
	if (options_help(all, &text) == 0)
		fputs(bi_buf_str(&text), out);
	bi_buf_release(&text);
	return problem ? EXIT_USAGE : 0;
}

static int usage(const char *problem)
{
	return help(problem, false);
}

static int print_version(void)
{
	puts("benchkit " BENCH_VERSION);
	return fflush(stdout) == 0 ? 0 : EXIT_USAGE;
}

static void tell_doubts(const struct compare *compare)
{
	struct bi_buf doubts = BI_BUF_INIT;

	if (fitness_doubts(compare->path[0], compare->path[1], &doubts) == 0)
		fputs(bi_buf_str(&doubts), stderr);
	bi_buf_release(&doubts);
}

/* What the builds say of themselves: that one is not for timing. */
static void tell_notes(const struct bi_pair_run *run)
{
	static const char *const names[] = {"OLD", "NEW"};
	int side;

	for (side = 0; side < 2; side++) {
		const char *text = bi_buf_str(&run->suite.note[side]);

		while (*text != '\0') {
			size_t len = strcspn(text, "\n");

			fprintf(stderr, "%s: %.*s\n", names[side], (int)len,
				text);
			text += len + (text[len] == '\n');
		}
	}
}

/* Print and keep what came of it; the exit status. */
static int report(const struct bi_pair_run *run, const struct options *options)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf text = BI_BUF_INIT;
	struct findings findings = {.count = 0};
	int status;

	if (findings_make(&findings, run, options) < 0 ||
	    report_all(&findings, &text) < 0) {
		status = failed("out of memory");
	} else {
		fputs(bi_buf_str(&text), stdout);
		status = findings.status;
	}
	findings_release(&findings);
	bi_buf_release(&text);
	if (fflush(stdout) != 0)
		status = failed("cannot write to standard output");
	if (options->directory != NULL && record_write(run, options, &err) < 0)
		status = failed(err.text);
	return run->interrupted ? EXIT_INTERRUPTED : status;
}

/* Compare OLD and NEW, whose benchmarks get ARGS. */
static int compare(const struct options *options, const char *old_path,
		   const char *new_path, char *const *args)
{
	struct compare compare = {.path = {NULL, NULL}};
	struct bench_error err = BENCH_ERROR_INIT;
	struct program old = {old_path, args}, new = {new_path, args};
	struct live live;
	int status;

	if (compare_prepare(&compare, options, &old, &new, &err) < 0) {
		status = failed(err.text);
		goto out;
	}
	tell_doubts(&compare);
	live_init(&live, options);
	compare.plan.discovered = tell_notes;
	compare.plan.launched = live_launched;
	compare.plan.ctx = &live;
	if (bi_pair_run(&compare.run, &compare.plan, &err) < 0) {
		live_clear(&live);
		status = failed(err.text);
		goto out;
	}
	live_clear(&live);
	status = report(&compare.run, options);
out:
	compare_release(&compare);
	return status;
}

/* ARGV begins with at most NAMES names; behind "--" follow the arguments of the
 * benchmarks, to which *ARGS is set.  The number of names, or -1. */
static int split(int argc, char **argv, int names, char ***args)
{
	int count = 0;

	while (count < argc && count < names && strcmp(argv[count], "--") != 0)
		count++;
	if (count < argc && strcmp(argv[count], "--") != 0)
		return -1;
	*args = argv + count + (count < argc);
	return count;
}

static int compare_programs(const struct options *options, int argc,
			    char **argv)
{
	char **args;
	int count = split(argc, argv, 2, &args);

	if (count < 0)
		return usage("arguments of the benchmarks follow --");
	if (count < 2)
		return usage("two programs are needed, OLD and NEW");
	return compare(options, argv[0], argv[1], args);
}

/* DASHES: "--" has been read already, so that there is no NEWREV. */
static int compare_revisions(const struct options *options, int argc,
			     char **argv, bool dashes)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct git git = {.root = NULL};
	char **args = argv;
	int status, count = dashes ? 0 : split(argc, argv, 1, &args);

	if (count < 0)
		return usage("arguments of the benchmarks follow --");
	if (options->build == NULL || options->program == NULL)
		return usage("-git needs -build and -prog");
	if (git_prepare(&git, options->revision, count == 1 ? argv[0] : NULL,
			options->build, options->program, &err) < 0)
		status = compare_is_stopped() ? EXIT_INTERRUPTED
					      : failed(err.text);
	else if (compare_is_stopped())
		status = EXIT_INTERRUPTED;
	else
		status = compare(options, git.program[0].data,
				 git.program[1].data, args);
	git_release(&git);
	return status;
}

/* The rules of OPTIONS: -1, or the exit status. */
static int load_gate(struct options *options)
{
	struct bi_buf message = BI_BUF_INIT;
	int status = -1;

	if (gating_load(options, &message) < 0)
		status = failed(message.len > 0 ? message.data
						: "out of memory");
	bi_buf_release(&message);
	return status;
}

/* Tell the error in ERR, with its place if it has one. */
static int failed_at(const struct bench_error *err)
{
	if (err->file[0] != '\0')
		fprintf(stderr, "benchab: %s:%d: %s\n", err->file, err->line,
			err->text);
	else
		fprintf(stderr, "benchab: %s\n", err->text);
	return EXIT_USAGE;
}

/* Flags that are not given are as they were when the launches were made, so
 * ARGV is parsed once more over those. */
static int judge_again(int argc, char **argv, const char *directory)
{
	struct bi_record record = {.terms = {.gate = ""}};
	struct options options = options_default;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_option_end end;
	int status;

	if (again_load(&record, directory, &err) < 0) {
		status = failed_at(&err);
		goto out;
	}
	again_defaults(&record, &options);
	if (bi_option_parse(&options_table, argc, argv, &options, &end, &err) <
	    0) {
		status = usage(err.text);
		goto out;
	}
	status = load_gate(&options);
	if (status >= 0)
		goto out;
	status = again_judge(&record, &options, &err) < 0
			 ? failed_at(&err)
			 : report(&record.run, &options);
out:
	options_release(&options);
	bi_record_release(&record);
	return status;
}

static uint64_t any_seed(void)
{
	uint64_t seed;

	/* Short enough to be typed again. */
	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed = (uint64_t)time(NULL);
	return seed % 1000000000;
}

int main(int argc, char **argv)
{
	struct options options = options_default;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_option_end end;
	int status;

	/* Of -selftest both builds are this program. */
	if (getenv(BI_WIRE_ENV) != NULL)
		return kernels_main(argc, argv);
	if (bi_option_parse(&options_table, argc, argv, &options, &end, &err) <
	    0) {
		status = usage(err.text);
		options_release(&options);
		return status;
	}
	if (end.help)
		return help(NULL, end.all);
	if (end.version)
		return print_version();
	if (!options.seed_given)
		options.seed = any_seed();
	if (options.reanalyse != NULL) {
		status = end.next < argc
				 ? usage("-reanalyse takes no programs")
				 : judge_again(argc, argv, options.reanalyse);
		options_release(&options);
		return status;
	}
	status = load_gate(&options);
	if (status >= 0) {
		options_release(&options);
		return status;
	}
	compare_catch_signals();
	if (options.selftest && end.next < argc)
		status = usage("-selftest takes no programs");
	else if (options.selftest)
		status = selftest_run(&options);
	else if (options.revision != NULL)
		status = compare_revisions(&options, argc - end.next,
					   argv + end.next, end.dashes);
	else
		status = compare_programs(&options, argc - end.next,
					  argv + end.next);
	options_release(&options);
	return status;
}
