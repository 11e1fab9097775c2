/* The page of /debug/pprof/ itself: what there is, and how much of it. */
#include "profile/page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* More kinds than there will be. */
enum { MOST_ROWS = 32 };

struct row {
	const char *name;
	const char *description;
	const char *query;
	int64_t count;
};

static const struct row fixed[] = {
	{"cmdline", "the command line of this program", "", 0},
	{"profile", "where CPU time is spent; ?seconds= says for how long", "",
	 0},
};

enum { FIXED = sizeof(fixed) / sizeof(fixed[0]) };

static const char head[] =
	"<!DOCTYPE html>\n"
	"<html lang=\"en\">\n"
	"<head><title>/debug/pprof/</title>\n"
	"<style>td { padding: .1em .8em .1em 0; vertical-align: top }\n"
	"td:first-child { text-align: right }</style></head>\n"
	"<body>\n"
	"<h1>/debug/pprof/</h1>\n"
	"<p>Add ?debug=1 for text, or give the address to go tool pprof.</p>\n"
	"<table>\n"
	"<tr><th>Count</th><th>Profile</th><th></th></tr>\n";

const char *bi_page_name(const struct bi_kind *kind)
{
	if (kind == &bi_cpu_kind)
		return NULL;
	return strcmp(kind->name, "threads") == 0 ? "goroutine" : kind->name;
}

/* How many stacks KIND has, or what it counts itself. */
static int64_t count_of(const struct bi_kind *kind)
{
	struct bi_profile profile;
	int64_t count = 0;

	if (kind->count != NULL)
		return kind->count();
	if (bi_kind_sample(kind, &profile, NULL) == 0)
		count = (int64_t)profile.sample_count;
	bi_profile_release(&profile);
	return count;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct row *)a)->name,
		      ((const struct row *)b)->name);
}

static size_t list(struct row rows[MOST_ROWS])
{
	const struct bi_kind *kind;
	size_t i, count = 0;

	for (i = 0; i < FIXED; i++)
		rows[count++] = fixed[i];
	for (i = 0; (kind = bi_kind_at(i)) != NULL && count < MOST_ROWS; i++) {
		const char *name = bi_page_name(kind);

		if (name != NULL)
			rows[count++] = (struct row){name, kind->description,
						     "?debug=1",
						     count_of(kind)};
	}
	qsort(rows, count, sizeof(rows[0]), by_name);
	return count;
}

static int add_row(const struct row *row, struct bi_buf *out)
{
	return bi_buf_addf(out,
			   "<tr><td>%" PRId64 "</td>"
			   "<td><a href=\"%s%s\">%s</a></td><td>%s</td></tr>\n",
			   row->count, row->name, row->query, row->name,
			   row->description);
}

int bi_page_write(struct bi_buf *out)
{
	struct row rows[MOST_ROWS];
	size_t i, count = list(rows);
	int rc = bi_buf_adds(out, head);

	for (i = 0; rc == 0 && i < count; i++)
		rc = add_row(&rows[i], out);
	if (rc == 0)
		rc = bi_buf_adds(out, "</table>\n");
	if (rc == 0 && bi_kind_find("threads") != NULL)
		rc = bi_buf_adds(out, "<p><a href=\"goroutine?debug=2\">full "
				      "goroutine stack dump</a>: the stack of "
				      "each thread</p>\n");
	return rc == 0 ? bi_buf_adds(out, "</body>\n</html>\n") : rc;
}
