/* Temporary directories of benchmarks: one root a run, one numbered directory
 * in it a call. */
#include "harness/tempdir.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "harness/bench.h"
#include "wire/tree.h"

/* A name keeps this many bytes of the benchmark's. */
#define NAME_BYTES 64

struct bi_temp {
	struct bi_temp *next; /* made before this one; the last is the root */
	char path[];
};

static void tell(const struct bi_bench *bench, const char *root, bool gone)
{
	struct bi_event event = {
		.kind = BI_EVENT_TEMP,
		.name = bench->name,
		.flag = gone,
		.text = root,
		.text_len = strlen(root),
	};

	bench->run->sink.take(bench->run->sink.ctx, &event);
}

void bi_tempdir_remove(struct bi_bench *bench)
{
	struct bi_temp *temp;

	while ((temp = bench->temp) != NULL) {
		bench->temp = temp->next;
		if (temp->next == NULL) {
			if (bi_tree_remove(temp->path) < 0)
				bi_bench_complain(bench, "cannot remove %s: %s",
						  temp->path, strerror(errno));
			tell(bench, temp->path, true);
		}
		free(temp);
	}
}

/* Keep PATH; NULL: no memory. */
static struct bi_temp *push(struct bi_bench *bench, const char *path)
{
	size_t size = strlen(path) + 1;
	struct bi_temp *temp = malloc(sizeof(*temp) + size);

	if (temp == NULL)
		return NULL;
	memcpy(temp->path, path, size);
	temp->next = bench->temp;
	bench->temp = temp;
	return temp;
}

/* Append the directory that temporary ones are made in.  Absolute: the benchmark
 * may change its own.  0, or an errno. */
static int add_parent(struct bi_buf *out)
{
	const char *dir = getenv("TMPDIR");
	char *here = NULL;
	int rc;

	if (dir == NULL || *dir == '\0')
		dir = "/tmp";
	if (*dir != '/' && (here = getcwd(NULL, 0)) == NULL)
		return errno;
	rc = bi_buf_addf(out, "%s%s%s", here ? here : "", here ? "/" : "", dir);
	free(here);
	return rc < 0 ? ENOMEM : 0;
}

/* Append "/NAME.XXXXXX", with only those bytes of the name that no shell or file
 * system minds.  0, or an errno. */
static int add_template(const char *name, struct bi_buf *out)
{
	size_t i;
	int rc = bi_buf_addc(out, '/');

	for (i = 0; rc == 0 && i < NAME_BYTES && name[i] != '\0'; i++) {
		char c = name[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr("+,-.=@_", c) != NULL)
			rc = bi_buf_addc(out, c);
	}
	if (rc == 0)
		rc = bi_buf_adds(out, ".XXXXXX");
	return rc < 0 ? ENOMEM : 0;
}

/* PATH is its path, also of one that could not be made.  0, or an errno. */
static int make_root(struct bi_bench *bench, struct bi_buf *path)
{
	int error = add_parent(path);

	if (error == 0)
		error = add_template(bench->name, path);
	if (error != 0)
		return error;
	if (mkdtemp(path->data) == NULL)
		return errno;
	if (push(bench, path->data) == NULL) {
		rmdir(path->data);
		return ENOMEM;
	}
	tell(bench, path->data, false);
	return 0;
}

/* As make_root. */
static int make_directory(struct bi_bench *bench, struct bi_buf *path)
{
	const struct bi_temp *root = bench->temp;

	while (root->next != NULL)
		root = root->next;
	bi_buf_reset(path);
	if (bi_buf_addf(path, "%s/%03u", root->path, ++bench->temp_count) < 0)
		return ENOMEM;
	if (mkdir(path->data, 0700) < 0)
		return errno;
	return push(bench, path->data) == NULL ? ENOMEM : 0;
}

/* PATH could not be made; its last part says nothing to anybody. */
static void complain(struct bi_bench *bench, const struct bi_buf *path,
		     int error)
{
	const char *text = bi_buf_str(path), *slash = strrchr(text, '/');

	bi_bench_complain(bench, "cannot make a directory in '%.*s': %s",
			  slash == NULL ? 0 : (int)(slash - text), text,
			  strerror(error));
}

const char *bench_temp_dir(bench_b *b)
{
	struct bi_bench *bench = bi_bench_of(b);
	bool on = bi_timer_hold(&bench->timer);
	struct bi_buf path = BI_BUF_INIT;
	int error = 0;

	if (bench->temp == NULL)
		error = make_root(bench, &path);
	if (error == 0)
		error = make_directory(bench, &path);
	if (error != 0)
		complain(bench, &path, error);
	bi_buf_release(&path);
	if (error != 0)
		bi_bench_leave(bench);
	bi_timer_release(&bench->timer, on);
	return bench->temp->path;
}
