/* The command line of benchab. */
#include "cli/benchab/options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/integer.h"
#include "base/real.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define NS_PER_SEC INT64_C(1000000000)

const struct options options_default = {
	.alpha = 0.01,
	.margin = 0.005,
	.budget_ns = 10 * NS_PER_SEC,
	.timeout_ns = 60 * NS_PER_SEC,
	.tries = 20,
};

static int set_text(const char **out, const char *value)
{
	*out = value;
	return 0;
}

static int set_alpha(void *target, const char *value, struct bench_error *err)
{
	struct options *options = target;
	int rc = bi_real_parse(value, strlen(value), &options->alpha);

	if (rc == 0 && !(options->alpha > 0 && options->alpha < 0.5))
		return bi_error_set(err, BENCH_EINPUT,
				    "not between 0 and 0.5");
	return rc;
}

static int set_margin(void *target, const char *value, struct bench_error *err)
{
	struct options *options = target;
	size_t len = strlen(value);
	double percent;

	if (len < 2 || value[len - 1] != '%' ||
	    bi_real_parse(value, len - 1, &percent) < 0 ||
	    !(percent > 0 && percent <= 100))
		return bi_error_set(err, BENCH_EINPUT,
				    "not a share such as 0.5%% or 3%%");
	options->margin = percent / 100;
	return 0;
}

static int set_duration(int64_t *out, const char *value,
			struct bench_error *err)
{
	int64_t ns;

	if (bi_duration_parse(value, &ns) < 0 || ns <= 0)
		return bi_error_set(err, BENCH_EINPUT, "invalid duration");
	*out = ns;
	return 0;
}

static int set_budget(void *target, const char *value, struct bench_error *err)
{
	return set_duration(&((struct options *)target)->budget_ns, value, err);
}

static int set_time(void *target, const char *value, struct bench_error *err)
{
	return set_duration(&((struct options *)target)->time_ns, value, err);
}

static int set_timeout(void *target, const char *value, struct bench_error *err)
{
	return set_duration(&((struct options *)target)->timeout_ns, value,
			    err);
}

/* The place of VALUE among COUNT words; -1: none of them. */
static int find_word(const char *value, const char *const *word, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (strcmp(value, word[i]) == 0)
			return (int)i;
	}
	return -1;
}

static int set_metric(void *target, const char *value, struct bench_error *err)
{
	static const char *const words[] = {"auto", "cpu", "wall"};
	static const enum bi_pair_metric metrics[] = {
		BI_PAIR_AUTO, BI_PAIR_CPU, BI_PAIR_WALL};
	int i = find_word(value, words, LENGTH(words));

	if (i < 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "must be auto, cpu or wall");
	((struct options *)target)->metric = metrics[i];
	return 0;
}

static int set_correct(void *target, const char *value, struct bench_error *err)
{
	static const char *const words[] = {"holm", "bh", "none"};
	static const enum bi_multiplicity methods[] = {
		BI_MULTIPLICITY_HOLM, BI_MULTIPLICITY_BH, BI_MULTIPLICITY_NONE};
	int i = find_word(value, words, LENGTH(words));

	if (i < 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "must be holm, bh or none");
	((struct options *)target)->correction = methods[i];
	return 0;
}

static int set_format(void *target, const char *value, struct bench_error *err)
{
	static const char *const words[] = {"text", "md", "json", "html"};
	static const enum format formats[] = {FORMAT_TEXT, FORMAT_MARKDOWN,
					      FORMAT_JSON, FORMAT_HTML};
	int i = find_word(value, words, LENGTH(words));

	if (i < 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "must be text, md, json or html");
	((struct options *)target)->format = formats[i];
	return 0;
}

static int set_exact(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return bi_option_bool(value, &((struct options *)target)->exact);
}

static int set_strict(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return bi_option_bool(value, &((struct options *)target)->strict);
}

static int set_undecided(void *target, const char *value,
			 struct bench_error *err)
{
	static const char *const words[] = {"fail", "pass"};
	int i = find_word(value, words, LENGTH(words));

	if (i < 0)
		return bi_error_set(err, BENCH_EINPUT, "must be fail or pass");
	((struct options *)target)->undecided_passes = i == 1;
	return 0;
}

static int set_missing(void *target, const char *value, struct bench_error *err)
{
	static const char *const words[] = {"fail", "ok"};
	int i = find_word(value, words, LENGTH(words));

	if (i < 0)
		return bi_error_set(err, BENCH_EINPUT, "must be fail or ok");
	((struct options *)target)->missing_ok = i == 1;
	return 0;
}

static int set_seed(void *target, const char *value, struct bench_error *err)
{
	struct options *options = target;
	int64_t seed;
	int rc = bi_integer_parse(value, strlen(value), &seed);

	(void)err;
	if (rc == 0) {
		options->seed = (uint64_t)seed;
		options->seed_given = true;
	}
	return rc;
}

static int set_bench(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return set_text(&((struct options *)target)->bench, value);
}

static int set_skip(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return set_text(&((struct options *)target)->skip, value);
}

static int set_cpu(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return set_text(&((struct options *)target)->cpu, value);
}

static int set_directory(void *target, const char *value,
			 struct bench_error *err)
{
	(void)err;
	return set_text(&((struct options *)target)->directory, value);
}

static int set_gate(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return set_text(&((struct options *)target)->gate, value);
}

static int set_reanalyse(void *target, const char *value,
			 struct bench_error *err)
{
	(void)err;
	return set_text(&((struct options *)target)->reanalyse, value);
}

static int set_git(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return set_text(&((struct options *)target)->revision, value);
}

static int set_build(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return set_text(&((struct options *)target)->build, value);
}

static int set_program(void *target, const char *value,
		       struct bench_error *err)
{
	(void)err;
	return set_text(&((struct options *)target)->program, value);
}

static int set_short(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return bi_option_bool(value, &((struct options *)target)->short_run);
}

static int set_config(void *target, const char *value, struct bench_error *err)
{
	struct options *options = target;
	const char *equals = strchr(value, '=');
	const char **list;

	if (equals == NULL || equals == value || equals[1] == '\0' ||
	    strpbrk(value, "\r\n") != NULL)
		return bi_error_set(err, BENCH_EINPUT, "must be key=value");
	list = reallocarray(options->config, options->config_count + 1,
			    sizeof(*list));
	if (list == NULL)
		return BENCH_ENOMEM;
	options->config = list;
	list[options->config_count++] = value;
	return 0;
}

static int set_selftest(void *target, const char *value,
			struct bench_error *err)
{
	(void)err;
	return bi_option_bool(value, &((struct options *)target)->selftest);
}

static int set_sequential(void *target, const char *value,
			  struct bench_error *err)
{
	(void)err;
	return bi_option_bool(value, &((struct options *)target)->sequential);
}

static int set_minutes(void *target, const char *value, struct bench_error *err)
{
	struct options *options = target;
	int rc = bi_real_parse(value, strlen(value), &options->minutes);

	if (rc == 0 && !(options->minutes > 0))
		return bi_error_set(err, BENCH_EINPUT, "not a time");
	return rc;
}

static int set_count(int *out, const char *value, int least)
{
	int64_t number;
	int rc = bi_integer_parse(value, strlen(value), &number);

	if (rc == 0 && (number < least || number > 100000))
		rc = BENCH_ERANGE;
	if (rc == 0)
		*out = (int)number;
	return rc;
}

/* "0,0.5,1" in per cent, by halves: a kernel's steps are whole. */
static int set_changes(void *target, const char *value, struct bench_error *err)
{
	struct options *options = target;
	size_t len, count = 0;
	double percent;

	free(options->changes);
	options->change_count = 0;
	options->changes = calloc(strlen(value) + 1, sizeof(int));
	if (options->changes == NULL)
		return BENCH_ENOMEM;
	for (;; value += len + 1) {
		len = strcspn(value, ",");
		if (bi_real_parse(value, len, &percent) < 0 ||
		    !(percent >= 0 && percent <= 100) ||
		    fabs(2 * percent - round(2 * percent)) > 1e-9)
			return bi_error_set(err, BENCH_EINPUT,
					    "not a list of half per cents "
					    "such as 0,0.5,1");
		options->changes[count++] = (int)lround(10 * percent);
		if (value[len] == '\0')
			break;
	}
	options->change_count = count;
	return 0;
}

static int set_load(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return set_count(&((struct options *)target)->load, value, 0);
}

static int set_tries(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return set_count(&((struct options *)target)->tries, value, 1);
}

static const struct bi_option options[] = {
	{"bench", "REGEXP", "compare what matches (default all)", set_bench},
	{"skip", "REGEXP", "leave out what matches", set_skip},
	{"margin", "SHARE", "less than this is no change (default 0.5%)",
	 set_margin},
	{"alpha", "LEVEL", "chance of a false verdict in the suite (default 0.01)",
	 set_alpha},
	{"budget", "D", "longest time for one benchmark (default 10s)",
	 set_budget},
	{"time", "D", "longest time for all of them (default: none)", set_time},
	{"gate", "EXPR", "limits for other units, or @FILE: allocs/op>0",
	 set_gate},
	{"o", "DIR", "old.txt, new.txt and launches.jsonl into DIR",
	 set_directory},
	{"format", "text|md|json|html", "of the table (default text)", set_format},
	{"git", "OLDREV", "build OLDREV, and NEWREV or the working tree",
	 set_git},
	{"build", "CMD", "-git: the command that builds", set_build},
	{"prog", "PATH", "-git: the program that it makes", set_program},
	{"timeout", "D", "a benchmark this long without an answer hangs (1m)",
	 set_timeout},
	{"metric", "auto|cpu|wall", "time of the CPU or of the clock (auto)",
	 set_metric},
	{"exact", NULL, "intervals valid at any stopping, half as fast",
	 set_exact},
	{"strict", NULL, "'slower' of unsettled size fails, too", set_strict},
	{"undecided", "fail|pass", "whether what is open fails (exit 3)",
	 set_undecided},
	{"correct", "holm|bh|none", "for many benchmarks (default holm)",
	 set_correct},
	{"missing", "fail|ok", "whether NEW may lack one (default fail)",
	 set_missing},
	{"seed", "N", "the coins thrown (default: another each time)",
	 set_seed},
	{"reanalyse", "DIR", "judge again what -o DIR wrote; run nothing",
	 set_reanalyse},
	{"cpu", "LIST", "values of P, as in 1,2,4 (default: our CPUs)",
	 set_cpu},
	{"short", NULL, "bench_short() is true", set_short},
	{"config", "KEY=VALUE", "add 'KEY: VALUE' to the records", set_config},
	{"selftest", NULL, "prove it here, with kernels of known work",
	 set_selftest},
	{"minutes", "N", "-selftest: stop after N minutes", set_minutes},
	{"tries", "N", "-selftest: comparisons for each change (default 20)",
	 set_tries},
	{"changes", "LIST", "-selftest: per cents of work more (default "
			    "0,0.5,1,2,5)", set_changes},
	{"load", "K", "-selftest: beside K busy processes", set_load},
	{"vs-sequential", NULL, "-selftest: and 10 runs, 10 runs, U test",
	 set_sequential},
};

const struct bi_option_table options_table = {options, LENGTH(options), NULL,
						"timeout"};

int options_help(bool all, struct bi_buf *out)
{
	int rc = bi_buf_adds(
		out,
		"Usage: benchab [flags] OLD NEW [-- arguments of both]\n"
		"       benchab -git OLDREV -build CMD -prog PATH [flags] "
		"[NEWREV] [-- arguments]\n"
		"       benchab -reanalyse DIR [flags]\n"
		"       benchab -selftest [flags]\n"
		"\n"
		"Runs two builds of a benchmark program side by side and says "
		"what changed.\n"
		"\n");

	if (rc == 0)
		rc = bi_option_help(&options_table, all, out);
	if (rc == 0)
		rc = bi_buf_adds(
			out,
			"\n"
			"Exit status: 0 fine, 1 REGRESSION or a gate's FAIL, "
			"2 usage or a benchmark\nthat failed or is missing, 3 "
			"undecided or UNFIT, 130 interrupted.\n"
			"-h=all and benchab(1) tell all.\n");
	return rc;
}

void options_release(struct options *values)
{
	free(values->config);
	free(values->changes);
	values->config = NULL;
	free(values->gate_given);
	values->gate_given = NULL;
	free(values->gate_text);
	values->gate_text = NULL;
	values->changes = NULL;
}
