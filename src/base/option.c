/* Command lines from a table: every program's flags are rows of one. */
#include "base/option.h"

#include <stdio.h>
#include <string.h>

/* Where the help's second column begins: the longest flag here, with its
 * argument, fits, and 56 columns are left for the text. */
#define HELP_COLUMN 24

/* May it stand without a value? */
static bool is_switch(const struct bi_option *option)
{
	return option->argument == NULL || option->argument[0] == '[';
}

/* One flag as it stands on the command line. */
struct flag {
	const char *name;
	size_t name_len;
	const char *value; /* behind '=', or NULL */
};

int bi_option_bool(const char *value, bool *out)
{
	static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True"};
	static const char *const no[] = {"0",     "f",     "F",
					 "false", "FALSE", "False"};
	size_t i;

	for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		if (strcmp(value, yes[i]) == 0) {
			*out = true;
			return 0;
		}
		if (strcmp(value, no[i]) == 0) {
			*out = false;
			return 0;
		}
	}
	return BENCH_EINPUT;
}

static int split(const char *arg, struct flag *flag, struct bench_error *err)
{
	const char *name = arg + (arg[1] == '-' ? 2 : 1);
	const char *equals;

	if (*name == '-' || *name == '=' || *name == '\0')
		return bi_error_set(err, BENCH_EINPUT, "bad flag syntax: %s",
				    arg);
	equals = strchr(name, '=');
	flag->name = name;
	flag->name_len = equals ? (size_t)(equals - name) : strlen(name);
	flag->value = equals ? equals + 1 : NULL;
	return 0;
}

static bool is_named(const struct flag *flag, const char *name)
{
	return strlen(name) == flag->name_len &&
	       memcmp(name, flag->name, flag->name_len) == 0;
}

static const struct bi_option *find(const struct bi_option_table *table,
				    struct flag flag)
{
	size_t skip = table->prefix ? strlen(table->prefix) : 0;
	size_t i;

	if (skip > 0 && flag.name_len > skip &&
	    memcmp(flag.name, table->prefix, skip) == 0) {
		flag.name += skip;
		flag.name_len -= skip;
	}
	for (i = 0; i < table->count; i++) {
		if (is_named(&flag, table->options[i].name))
			return &table->options[i];
	}
	return NULL;
}

static int set(const struct bi_option *option, const char *value, void *target,
	       struct bench_error *err)
{
	struct bench_error detail = BENCH_ERROR_INIT;
	const char *why = "parse error";
	bool on = false;
	int rc;

	if (option->argument == NULL) {
		rc = bi_option_bool(value, &on);
		why = "not a boolean";
		value = rc < 0 ? value : on ? "true" : "false";
	} else {
		rc = 0;
	}
	if (rc == 0)
		rc = option->set(target, value, &detail);
	if (rc == 0)
		return 0;
	if (rc == BENCH_ENOMEM)
		return bi_error_nomem(err);
	if (rc == BENCH_ERANGE)
		why = "value out of range";
	if (detail.code != 0)
		why = detail.text;
	return bi_error_set(err, BENCH_EINPUT,
			    "invalid value \"%s\" for flag -%s: %s", value,
			    option->name, why);
}

/* ARGV[*I] is a flag: store it, and move *I behind it. */
static int take(const struct bi_option_table *table, int argc,
		char *const *argv, int *i, void *target,
		struct bi_option_end *end, struct bench_error *err)
{
	const struct bi_option *option;
	struct flag flag;
	const char *value;
	int rc = split(argv[*i], &flag, err);

	if (rc < 0)
		return rc;
	option = find(table, flag);
	if (option == NULL) {
		if (is_named(&flag, "h") || is_named(&flag, "help")) {
			end->help = true;
			end->all = flag.value != NULL &&
				   strcmp(flag.value, "all") == 0;
			return 0;
		}
		if (is_named(&flag, "version")) {
			end->version = true;
			return 0;
		}
		return bi_error_set(err, BENCH_EINPUT,
				    "flag provided but not defined: -%.*s",
				    (int)flag.name_len, flag.name);
	}
	value = flag.value;
	if (value == NULL && is_switch(option))
		value = "true";
	if (value == NULL) {
		if (*i + 1 >= argc)
			return bi_error_set(err, BENCH_EINPUT,
					    "flag needs an argument: -%.*s",
					    (int)flag.name_len, flag.name);
		value = argv[++*i];
	}
	++*i;
	return set(option, value, target, err);
}

int bi_option_parse(const struct bi_option_table *table, int argc,
		    char *const *argv, void *target, struct bi_option_end *end,
		    struct bench_error *err)
{
	int i = 1, rc;

	*end = (struct bi_option_end){0};
	while (i < argc && argv[i][0] == '-' && argv[i][1] != '\0') {
		if (strcmp(argv[i], "--") == 0) {
			end->dashes = true;
			i++;
			break;
		}
		rc = take(table, argc, argv, &i, target, end, err);
		if (rc < 0)
			return rc;
		if (end->help || end->version)
			break;
	}
	end->next = i;
	return 0;
}

static int help_row(const struct bi_option *option, struct bi_buf *out)
{
	char flag[64];
	int n = snprintf(flag, sizeof(flag), "  -%s%s%s", option->name,
			 is_switch(option) ? "" : " ",
			 option->argument ? option->argument : "");
	bool fits = n >= 0 && n + 2 <= HELP_COLUMN;

	if (fits)
		return bi_buf_addf(out, "%-*s%s\n", HELP_COLUMN, flag,
				   option->help);
	return bi_buf_addf(out, "%s\n%*s%s\n", flag, HELP_COLUMN, "",
			   option->help);
}

int bi_option_help(const struct bi_option_table *table, bool all,
		   struct bi_buf *out)
{
	static const struct bi_option common[] = {
		{"h", "[=all]", "print the usual flags, or all, and exit", NULL},
		{"version", NULL, "print the version and exit", NULL}};
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < table->count; i++) {
		if (!all && table->more != NULL &&
		    strcmp(table->options[i].name, table->more) == 0)
			return 0;
		rc = help_row(&table->options[i], out);
	}
	for (i = 0; rc == 0 && all && i < sizeof(common) / sizeof(common[0]);
	     i++)
		rc = help_row(&common[i], out);
	return rc;
}
