/* Command lines from a table: every program's flags are rows of one.
 *
 * "-name value", "-name=value", one or two dashes alike; a flag without an
 * argument takes "-name" or "-name=true|false|1|0|t|f|T|F|TRUE|FALSE|True|False".
 * Flags end at the first argument that is not one, at a lone "-", or behind
 * "--".  The last occurrence wins. */
#ifndef BI_BASE_OPTION_H
#define BI_BASE_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/* Store VALUE in TARGET.  A negative result, with or without a text in ERR,
 * becomes: invalid value "VALUE" for flag -NAME: TEXT. */
typedef int bi_option_set(void *target, const char *value,
			  struct bench_error *err);

struct bi_option {
	const char *name;
	const char *argument; /* what the help calls it; NULL: a switch;
			       * "[=full]": a switch with more values */
	const char *help;     /* one line */
	bi_option_set *set;   /* a switch gets "true" or "false"; one with
			       * more values what was given, else "true" */
};

struct bi_option_table {
	const struct bi_option *options;
	size_t count;
	const char *prefix; /* "-PREFIXname" is "-name"; NULL: none */
	const char *more;   /* the first that only -h=all shows, for -h fits
			     * a screen; NULL: none */
};

/* What stopped the parse. */
struct bi_option_end {
	int next;      /* first argument that is not a flag */
	bool help;     /* -h, -help: nothing after it was read */
	bool all;      /* -h=all */
	bool version;  /* -version: likewise */
	bool dashes;   /* flags ended with "--" */
};

/* Read ARGV[1] to ARGV[ARGC-1] into TARGET.  Returns 0, or BENCH_EINPUT or
 * BENCH_ENOMEM with the text to print in ERR. */
int bi_option_parse(const struct bi_option_table *table, int argc,
		    char *const *argv, void *target, struct bi_option_end *end,
		    struct bench_error *err);

/* A value of a switch.  BENCH_EINPUT for anything else. */
int bi_option_bool(const char *value, bool *out);

/* Define set_MEMBER(), which keeps a switch in the bool MEMBER of the target, a
 * STRUCT. */
#define BI_OPTION_SWITCH(STRUCT, member)                                       \
	static int set_##member(void *target, const char *value,               \
				struct bench_error *err)                       \
	{                                                                      \
		(void)err;                                                     \
		return bi_option_bool(value, &((STRUCT *)target)->member);     \
	}

/* Append the table's help, two columns, to OUT; ALL: as -h=all wants it. */
int bi_option_help(const struct bi_option_table *table, bool all,
		   struct bi_buf *out);

#endif
