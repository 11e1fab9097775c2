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

/* "$TMPDIR/NAME.XXXXXX", with only those bytes of the name that no shell or
 * file system minds. */
static int root_template(const char *name, struct bi_buf *out)
{
	const char *dir = getenv("TMPDIR");
	size_t i;
	int rc = bi_buf_addf(out, "%s/", dir && *dir ? dir : "/tmp");

	for (i = 0; rc == 0 && i < NAME_BYTES && name[i] != '\0'; i++) {
		char c = name[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr("+,-.=@_", c) != NULL)
			rc = bi_buf_addc(out, c);
	}
	return rc == 0 ? bi_buf_adds(out, ".XXXXXX") : rc;
}

/* 0, or an errno. */
static int make_root(struct bi_bench *bench)
{
	struct bi_buf path = BI_BUF_INIT;
	int error = ENOMEM;

	if (root_template(bench->name, &path) == 0) {
		error = 0;
		if (mkdtemp(path.data) == NULL) {
			error = errno;
		} else if (push(bench, path.data) == NULL) {
			rmdir(path.data);
			error = ENOMEM;
		}
	}
	if (error == 0)
		tell(bench, path.data, false);
	bi_buf_release(&path);
	return error;
}

static int make_directory(struct bi_bench *bench)
{
	const struct bi_temp *root = bench->temp;
	struct bi_buf path = BI_BUF_INIT;
	int error = ENOMEM;

	while (root->next != NULL)
		root = root->next;
	if (bi_buf_addf(&path, "%s/%03u", root->path, ++bench->temp_count) ==
	    0) {
		error = 0;
		if (mkdir(path.data, 0700) < 0)
			error = errno;
		else if (push(bench, path.data) == NULL)
			error = ENOMEM;
	}
	bi_buf_release(&path);
	return error;
}

const char *bench_temp_dir(bench_b *b)
{
	struct bi_bench *bench = bi_bench_of(b);
	bool on = bi_timer_hold(&bench->timer);
	int error = 0;

	if (bench->temp == NULL)
		error = make_root(bench);
	if (error == 0)
		error = make_directory(bench);
	if (error != 0) {
		bi_bench_complain(bench, "cannot make a directory: %s",
				  strerror(error));
		bi_bench_leave(bench);
	}
	bi_timer_release(&bench->timer, on);
	return bench->temp->path;
}
