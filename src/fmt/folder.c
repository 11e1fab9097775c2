/* A folder as an input: what Criterion.rs leaves there.
 *
 *	target/criterion/GROUP/FUNCTION/VALUE/new/sample.json
 *
 * is what the last run measured (GROUP alone for a benchmark without a group).
 * Beside "new" there are "base" and whatever baselines the user has saved: each
 * is an input of its own, given as such. */
#include "fmt/folder.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "fmt/import.h"

/* Folders below the one given: a group, a function, a value, and one more for
 * who gives "target". */
#define DEPTH 4

#define LATEST "new/"

/* Folders are read in pieces of this size. */
#define PIECE ((size_t)64 * 1024)

/* All of one input. */
struct walk {
	struct bi_buf *out;
	struct bench_error *err;
	bool found;
};

static int read_all(struct bi_source *source, struct bi_buf *out,
		    struct bench_error *err)
{
	size_t len = 1;
	int rc = 0;

	while (rc == 0 && len > 0) {
		if (bi_buf_reserve(out, PIECE) < 0)
			return bi_error_nomem(err);
		rc = bi_source_read(source, out->data + out->len, PIECE, &len,
				    err);
		if (rc < 0)
			break;
		out->len += len;
		out->data[out->len] = '\0';
	}
	return rc;
}

/* File NAME below the folder SOURCE into OUT: 1, 0 if there is none. */
static int read_member(const struct bi_source *source, const char *name,
		       struct bi_buf *out, struct bench_error *err)
{
	struct bi_source member;
	int rc = bi_source_member(source, name, &member, err);

	if (rc <= 0)
		return rc;
	rc = read_all(&member, out, err);
	bi_source_close(&member);
	return rc < 0 ? rc : 1;
}

static struct bi_slice word(const char *text)
{
	return (struct bi_slice){text, strlen(text)};
}

/* The last part of PATH that is not what Criterion calls every baseline. */
static struct bi_slice name_of(struct bi_slice path)
{
	struct bi_slice part = path;

	for (;;) {
		const char *slash;

		while (path.len > 1 && path.text[path.len - 1] == '/')
			path.len--;
		slash = path.len == 0 ? NULL
				      : memrchr(path.text, '/', path.len);
		part = path;
		if (slash != NULL) {
			part.text = slash + 1;
			part.len = path.len - (size_t)(part.text - path.text);
		}
		if (slash == NULL ||
		    (!bi_slice_equal(part, word("new")) &&
		     !bi_slice_equal(part, word("base"))))
			return part;
		path.len = (size_t)(slash - path.text);
	}
}

/* Import PREFIX "sample.json" below SOURCE, whose benchmark is NAMED so if
 * nothing else is said: 1, 0 if there is none. */
static int import(const struct bi_source *source, struct bi_slice named,
		  const char *prefix, struct bi_buf *out,
		  struct bench_error *err)
{
	struct bi_criterion folder = {.name = named};
	struct bi_buf name = BI_BUF_INIT;
	int rc = bi_buf_addf(&name, "%ssample.json", prefix);

	if (rc == 0)
		rc = read_member(source, name.data, &folder.sample, err);
	if (rc == 1) {
		bi_buf_reset(&name);
		rc = bi_buf_addf(&name, "%sbenchmark.json", prefix);
		if (rc == 0)
			rc = read_member(source, name.data, &folder.benchmark,
					 err);
		if (rc >= 0)
			rc = bi_import_criterion(&folder, out, err);
		rc = rc < 0 ? rc : 1;
	}
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
	bi_buf_release(&name);
	bi_buf_release(&folder.sample);
	bi_buf_release(&folder.benchmark);
	return rc;
}

static int visit(struct walk *walk, const struct bi_source *folder,
		 const char *path, int depth);

/* Visit folder NAME in ABOVE, whose path from the folder given is PATH. */
static int descend(struct walk *walk, const struct bi_source *above,
		   const char *path, const char *name, int depth)
{
	struct bi_buf below = BI_BUF_INIT;
	struct bi_source folder;
	int rc = bi_source_member(above, name, &folder, walk->err);

	/* It may be gone. */
	if (rc <= 0)
		return rc;
	rc = bi_buf_addf(&below, "%s%s/", path, name);
	if (rc < 0)
		bi_error_nomem(walk->err);
	else
		rc = visit(walk, &folder, below.data, depth);
	bi_buf_release(&below);
	bi_source_close(&folder);
	return rc;
}

/* Import the latest results of FOLDER, and of the folders in it. */
static int visit(struct walk *walk, const struct bi_source *folder,
		 const char *path, int depth)
{
	struct bench_error problem = BENCH_ERROR_INIT;
	struct bi_arena memory = BI_ARENA_INIT;
	const char **names = NULL;
	size_t i, count = 0;
	struct bi_slice name = word(path);
	int rc;

	name.len -= name.len > 0; /* the slash */
	rc = import(folder, name, LATEST, walk->out, &problem);
	if (rc < 0) {
		bi_error_set(walk->err, rc, "%.200s" LATEST "%.700s", path,
			     problem.text);
		if (walk->err != NULL)
			walk->err->line = problem.line;
		return rc;
	}
	walk->found |= rc == 1;
	if (depth == DEPTH)
		return 0;
	rc = bi_source_folders(folder, &memory, &names, &count, walk->err);
	for (i = 0; rc == 0 && i < count; i++)
		rc = descend(walk, folder, path, names[i], depth + 1);
	bi_arena_release(&memory);
	return rc;
}

int bi_folder_import(const struct bi_source *source, struct bi_buf *out,
		     struct bench_error *err)
{
	struct walk walk = {out, err, false};
	int rc;

	if (!bi_source_is_folder(source))
		return 0;
	rc = import(source, name_of(word(source->path)), "", out, err);
	if (rc == 0)
		rc = visit(&walk, source, "", 0);
	if (rc == 0)
		rc = walk.found;
	return rc;
}
