/* A benchmark program's flags. */
#include "harness/flags.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/integer.h"
#include "base/option.h"
#include "base/utf8.h"

#define NS_PER_SEC INT64_C(1000000000)
#define DEFAULT_TIMEOUT_NS (600 * NS_PER_SEC)

/* A worker that has three quarters of what was free is not about to stop, and
 * the rest keeps the machine alive until it is ended. */
#define DEFAULT_MEMLIMIT_PCT 75

/* More threads than this is a mistake in the flag, not a wish. */
#define MOST_CPUS 65536

static int keep(char **slot, const char *value)
{
	char *copy = strdup(value);

	if (copy == NULL)
		return BENCH_ENOMEM;
	free(*slot);
	*slot = copy;
	return 0;
}

static int set_bench(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return keep(&((struct bi_flags *)target)->bench, value);
}

static int set_skip(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return keep(&((struct bi_flags *)target)->skip, value);
}

static int set_list(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return keep(&((struct bi_flags *)target)->list, value);
}

static int set_count(void *target, const char *value, struct bench_error *err)
{
	struct bi_flags *flags = target;
	int64_t count = 0;
	int rc = bi_integer_parse(value, strlen(value), &count);

	(void)err;
	if (rc == 0 && count < 0)
		rc = BENCH_ERANGE;
	if (rc == 0)
		flags->count = count;
	return rc;
}

static int set_benchtime(void *target, const char *value,
			 struct bench_error *err)
{
	struct bi_flags *flags = target;
	size_t len = strlen(value);
	int64_t number;

	if (len > 0 && value[len - 1] == 'x') {
		if (bi_integer_parse(value, len - 1, &number) < 0 ||
		    number < 1)
			return bi_error_set(err, BENCH_EINPUT, "invalid count");
		flags->bench_n = number;
		return 0;
	}
	if (bi_duration_parse(value, &number) < 0 || number <= 0)
		return bi_error_set(err, BENCH_EINPUT, "invalid duration");
	flags->bench_n = 0;
	flags->bench_ns = number;
	return 0;
}

static int set_benchmem(void *target, const char *value,
			struct bench_error *err)
{
	struct bi_flags *flags = target;
	bool on;

	if (strcmp(value, "full") == 0) {
		flags->benchmem = BI_BENCHMEM_FULL;
		return 0;
	}
	if (bi_option_bool(value, &on) < 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "not a boolean, nor full");
	flags->benchmem = on ? BI_BENCHMEM_ON : BI_BENCHMEM_OFF;
	return 0;
}

static int set_perf(void *target, const char *value, struct bench_error *err)
{
	return bi_perf_list_parse(&((struct bi_flags *)target)->perf, value,
				  err);
}

BI_OPTION_SWITCH(struct bi_flags, short_run)
BI_OPTION_SWITCH(struct bi_flags, failfast)
BI_OPTION_SWITCH(struct bi_flags, verbose)
BI_OPTION_SWITCH(struct bi_flags, json)
BI_OPTION_SWITCH(struct bi_flags, cputime)
BI_OPTION_SWITCH(struct bi_flags, envinfo)
BI_OPTION_SWITCH(struct bi_flags, clockinfo)

static int set_isolate(void *target, const char *value,
		       struct bench_error *err)
{
	struct bi_flags *flags = target;

	if (strcmp(value, "on") != 0 && strcmp(value, "off") != 0)
		return bi_error_set(err, BENCH_EINPUT, "must be on or off");
	flags->isolate = strcmp(value, "on") == 0;
	flags->isolate_given = true;
	return 0;
}

/* One item of LIST, trimmed; *LIST moves behind it. */
static size_t next_item(const char **list, const char **item)
{
	const char *start = *list;
	size_t len = strcspn(start, ",");

	*list = start[len] == ',' ? start + len + 1 : start + len;
	while (len > 0 && (*start == ' ' || *start == '\t')) {
		start++;
		len--;
	}
	while (len > 0 && (start[len - 1] == ' ' || start[len - 1] == '\t'))
		len--;
	*item = start;
	return len;
}

static int default_cpus(void)
{
	cpu_set_t set;
	long online;

	if (sched_getaffinity(0, sizeof(set), &set) == 0)
		return CPU_COUNT(&set);
	/* More CPUs than the set holds. */
	online = sysconf(_SC_NPROCESSORS_ONLN);
	return online < 1 ? 1 : (int)online;
}

static int set_cpu(void *target, const char *value, struct bench_error *err)
{
	struct bi_flags *flags = target;
	int *cpus = calloc(strlen(value) + 1, sizeof(*cpus));
	size_t count = 0;

	if (cpus == NULL)
		return BENCH_ENOMEM;
	while (*value != '\0') {
		const char *item;
		size_t len = next_item(&value, &item);
		int64_t number;

		if (len == 0)
			continue;
		if (bi_integer_parse(item, len, &number) < 0 || number < 1 ||
		    number > MOST_CPUS) {
			free(cpus);
			return bi_error_set(err, BENCH_EINPUT,
					    "not a number of CPUs: '%.*s'",
					    (int)len, item);
		}
		cpus[count++] = (int)number;
	}
	/* An empty list: the default. */
	if (count == 0)
		cpus[count++] = default_cpus();
	free(flags->cpus);
	flags->cpus = cpus;
	flags->cpu_count = count;
	return 0;
}

static int set_timeout(void *target, const char *value,
		       struct bench_error *err)
{
	struct bi_flags *flags = target;
	int64_t ns;

	if (bi_duration_parse(value, &ns) < 0 || ns < 0)
		return bi_error_set(err, BENCH_EINPUT, "invalid duration");
	flags->timeout_ns = ns;
	flags->limits_given = true;
	return 0;
}

/* "512MiB", "2G", "1000000": powers of 1024, whatever the spelling. */
static int parse_bytes(const char *value, size_t len, int64_t *out)
{
	static const char prefixes[] = "KMGT";
	const char *prefix;
	int64_t number;
	int shift = 0;
	size_t digits = strspn(value, "0123456789");

	if (digits == 0 || bi_integer_parse(value, digits, &number) < 0)
		return BENCH_EINPUT;
	value += digits;
	len -= digits;
	prefix = len > 0 ? memchr(prefixes, *value, 4) : NULL;
	if (prefix != NULL) {
		shift = 10 * (int)(prefix - prefixes + 1);
		value++;
		if (*value == 'i')
			value++;
	}
	if (*value == 'B')
		value++;
	if (*value != '\0' || number > INT64_MAX >> shift)
		return BENCH_EINPUT;
	*out = number << shift;
	return 0;
}

static int set_memlimit(void *target, const char *value,
			struct bench_error *err)
{
	struct bi_flags *flags = target;
	size_t len = strlen(value);
	int64_t number;

	flags->limits_given = true;
	if (len > 1 && value[len - 1] == '%') {
		if (bi_integer_parse(value, len - 1, &number) < 0 ||
		    number < 1 || number > 100)
			return bi_error_set(err, BENCH_EINPUT,
					    "not a share of 1%% to 100%%");
		flags->memlimit_pct = (int)number;
		return 0;
	}
	if (parse_bytes(value, len, &number) < 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "not a size such as 512M, 2G or 75%%");
	flags->memlimit_pct = 0;
	flags->memlimit_bytes = number;
	return 0;
}

static int set_shuffle(void *target, const char *value,
		       struct bench_error *err)
{
	struct bi_flags *flags = target;
	int64_t seed;

	if (strcmp(value, "off") == 0) {
		flags->shuffle = BI_SHUFFLE_OFF;
	} else if (strcmp(value, "on") == 0) {
		flags->shuffle = BI_SHUFFLE_ON;
	} else if (bi_integer_parse(value, strlen(value), &seed) == 0) {
		flags->shuffle = BI_SHUFFLE_SEED;
		flags->seed = (uint64_t)seed;
	} else {
		return bi_error_set(err, BENCH_EINPUT,
				    "must be off, on or an integer");
	}
	return 0;
}

static int add_config(struct bi_flags *flags, const char *key, size_t key_len,
		      const char *value)
{
	struct bi_config_pair *config =
		reallocarray(flags->config, flags->config_count + 1,
			     sizeof(*config));
	struct bi_config_pair *pair;

	if (config == NULL)
		return BENCH_ENOMEM;
	flags->config = config;
	pair = &config[flags->config_count];
	*pair = (struct bi_config_pair){strndup(key, key_len), strdup(value)};
	if (pair->key == NULL || pair->value == NULL) {
		free(pair->key);
		free(pair->value);
		return BENCH_ENOMEM;
	}
	flags->config_count++;
	return 0;
}

static int set_pkg(void *target, const char *value, struct bench_error *err)
{
	if (*value == '\0' || strpbrk(value, "\r\n") != NULL)
		return bi_error_set(err, BENCH_EINPUT,
				    "not a value of one line");
	return add_config(target, "pkg", 3, value);
}

/* A key that the reader takes for one: it begins with a lower-case letter and
 * holds no white space, no upper-case letter and no colon. */
static bool is_config_key(const char *key, size_t len)
{
	size_t i, size;

	for (i = 0; i < len; i += size) {
		uint32_t c = bi_utf8_next(key + i, len - i, &size);

		if ((i == 0 && !bi_rune_is_lower(c)) || c == ':' ||
		    (c != BI_UTF8_INVALID &&
		     (bi_rune_is_space(c) || bi_rune_is_upper(c))))
			return false;
	}
	return len > 0;
}

static int set_config(void *target, const char *value, struct bench_error *err)
{
	const char *equals = strchr(value, '=');

	if (equals == NULL || equals[1] == '\0' ||
	    !is_config_key(value, (size_t)(equals - value)))
		return bi_error_set(
			err, BENCH_EINPUT,
			"must be key=value, the key in lower case");
	if (strpbrk(equals, "\r\n") != NULL)
		return bi_error_set(err, BENCH_EINPUT,
				    "not a value of one line");
	return add_config(target, value, (size_t)(equals - value), equals + 1);
}

static const struct bi_option options[] = {
	{"bench", "REGEXP", "run what matches, '/' between levels (default all)",
	 set_bench},
	{"skip", "REGEXP", "leave out what matches", set_skip},
	{"list", "REGEXP", "print the names that match and exit", set_list},
	{"count", "N", "rounds, each in a fresh process (default 1)",
	 set_count},
	{"benchtime", "T", "measure for T (1s, 200ms) or T times (100x)",
	 set_benchtime},
	{"benchmem", "[=full]", "B/op and allocs/op; full: and leaks and peak",
	 set_benchmem},
	{"cpu", "LIST", "values of P, as in 1,2,4 (default: CPUs we may use)",
	 set_cpu},
	{"timeout", "D", "longest run of one benchmark, 0: none (default 10m)",
	 set_timeout},
	{"memlimit", "SIZE", "most memory, as 2G or 50%, 0: any (default 75%)",
	 set_memlimit},
	{"shuffle", "off|on|N", "order of each round at random, from seed N",
	 set_shuffle},
	{"short", NULL, "bench_short() is true", set_short_run},
	{"failfast", NULL, "stop after the first failure", set_failfast},
	{"v", NULL, "names and logs on stderr as they happen", set_verbose},
	{"json", NULL, "JSON lines on stdout in place of text", set_json},
	{"isolate", "on|off", "measure in processes of their own (default on)",
	 set_isolate},
	{"pkg", "NAME", "add the line 'pkg: NAME'", set_pkg},
	{"config", "KEY=VALUE", "add the line 'KEY: VALUE'", set_config},
	{"cpuprofile", "FILE", "where CPU time is spent, for pprof (x.folded: stacks)",
	 bi_profiling_set_cpuprofile},
	{"memprofile", "FILE", "where memory is allocated",
	 bi_profiling_set_memprofile},
	{"memprofilerate", "N", "one sample in N bytes (default 524288, 0: none)",
	 bi_profiling_set_memprofilerate},
	{"blockprofile", "FILE", "where threads wait",
	 bi_profiling_set_blockprofile},
	{"blockprofilerate", "N", "all waits of N ns, fewer shorter (default 1)",
	 bi_profiling_set_blockprofilerate},
	{"mutexprofile", "FILE", "who keeps threads waiting",
	 bi_profiling_set_mutexprofile},
	{"mutexprofilefraction", "N", "one contention in N (default 1)",
	 bi_profiling_set_mutexprofilefraction},
	{"outputdir", "DIR", "of profiles with a relative name (default: here)",
	 bi_profiling_set_outputdir},
	{"profile-each", "DIR", "a CPU profile for each benchmark, into DIR",
	 bi_profiling_set_each},
	{"perf", "EVENTS", "count also instructions,cycles,page-faults,...",
	 set_perf},
	{"cputime", NULL, "cpu-ns/op, ctx-sw/op and faults/op, of all threads",
	 set_cputime},
	{"envinfo", NULL, "lines on the machine, compiler and source in front",
	 set_envinfo},
	{"clockinfo", NULL, "print what the clock is like and exit",
	 set_clockinfo},
};

static const struct bi_option_table table = {
	options, sizeof(options) / sizeof(options[0]), "test.",
	"memprofilerate"};

int bi_flags_init(struct bi_flags *flags)
{
	*flags = (struct bi_flags){
		.count = 1,
		.bench_ns = NS_PER_SEC,
		.timeout_ns = DEFAULT_TIMEOUT_NS,
		.memlimit_pct = DEFAULT_MEMLIMIT_PCT,
		.isolate = true,
	};
	flags->cpus = malloc(sizeof(*flags->cpus));
	if (flags->cpus == NULL)
		return BENCH_ENOMEM;
	flags->cpus[0] = default_cpus();
	flags->cpu_count = 1;
	return 0;
}

/* Split TEXT at blanks into WORDS (room for every second byte); quotes of
 * either kind keep blanks.  The words live in MEMORY, as long as TEXT. */
static int split_words(const char *text, char *memory, char **words,
		       struct bench_error *err)
{
	int count = 1; /* the program's place */
	char quote = '\0';

	words[0] = memory;
	*memory++ = '\0';
	while (*(text += strspn(text, " \t\n")) != '\0') {
		words[count++] = memory;
		for (; *text != '\0'; text++) {
			if (quote != '\0' && *text == quote)
				quote = '\0';
			else if (quote == '\0' &&
				 (*text == '\'' || *text == '"'))
				quote = *text;
			else if (quote == '\0' && strchr(" \t\n", *text))
				break;
			else
				*memory++ = *text;
		}
		*memory++ = '\0';
	}
	if (quote != '\0')
		return bi_error_set(err, BENCH_EINPUT,
				    "BENCH_FLAGS: missing end quote");
	return count;
}

static int parse_environment(struct bi_flags *flags, const char *text,
			     struct bench_error *err)
{
	struct bench_error detail = BENCH_ERROR_INIT;
	struct bi_option_end end;
	size_t len = strlen(text);
	char *memory = malloc(2 * len + 2);
	char **words = calloc(len + 2, sizeof(*words));
	int count, rc = BENCH_ENOMEM;

	if (memory == NULL || words == NULL) {
		bi_error_nomem(err);
		goto out;
	}
	count = split_words(text, memory, words, err);
	if (count < 0) {
		rc = count;
		goto out;
	}
	rc = bi_option_parse(&table, count, words, flags, &end, &detail);
	if (rc < 0)
		bi_error_set(err, rc, "BENCH_FLAGS: %s", detail.text);
	else if (end.next < count && !end.help && !end.version)
		rc = bi_error_set(err, BENCH_EINPUT,
				  "BENCH_FLAGS: '%s' is not a flag",
				  words[end.next]);
	flags->help = end.help;
	flags->help_all = end.all;
	flags->version = end.version;
out:
	free(memory);
	free(words);
	return rc;
}

int bi_flags_parse(struct bi_flags *flags, const char *text, int argc,
		   char *const *argv, struct bench_error *err)
{
	struct bi_option_end end;
	int rc;

	if (text != NULL) {
		rc = parse_environment(flags, text, err);
		if (rc < 0)
			return rc;
	}
	rc = bi_option_parse(&table, argc, argv, flags, &end, err);
	if (rc < 0)
		return rc;
	flags->help = flags->help || end.help;
	flags->help_all = flags->help_all || end.all;
	flags->version = flags->version || end.version;
	flags->argc = argc - end.next;
	flags->argv = argv + end.next;
	if (flags->argc > 0 && !end.dashes && !flags->help && !flags->version)
		return bi_error_set(
			err, BENCH_EINPUT,
			"'%s' is not a flag; arguments for the benchmarks follow --",
			flags->argv[0]);
	return flags->help ? 0 : bi_profiling_check(&flags->profile, err);
}

int bi_flags_help(bool all, struct bi_buf *out)
{
	return bi_option_help(&table, all, out);
}

void bi_flags_release(struct bi_flags *flags)
{
	size_t i;

	free(flags->bench);
	free(flags->skip);
	free(flags->list);
	free(flags->cpus);
	for (i = 0; i < flags->config_count; i++) {
		free(flags->config[i].key);
		free(flags->config[i].value);
	}
	free(flags->config);
	bi_profile_flags_release(&flags->profile);
	*flags = (struct bi_flags){0};
}
