/* Source files, by the names that profiles have for them. */
#include "cli/benchprof/source.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* No source is larger; a device would never end. */
#define MOST_BYTES ((off_t)64 * 1024 * 1024)

static int read_file(const char *path, struct bi_buf *out)
{
	struct stat what;
	char piece[8192];
	FILE *file;
	size_t n;
	int rc = 0;

	if (stat(path, &what) < 0 || !S_ISREG(what.st_mode) ||
	    what.st_size > MOST_BYTES)
		return BENCH_EIO;
	file = fopen(path, "rb");
	if (file == NULL)
		return BENCH_EIO;
	while (rc == 0 && (n = fread(piece, 1, sizeof(piece), file)) > 0)
		rc = bi_buf_add(out, piece, n);
	if (rc == 0 && ferror(file))
		rc = BENCH_EIO;
	fclose(file);
	return rc;
}

/* The part of PATH that may stand below the working directory FOLDER. */
static const char *local_part(const char *path, const char *folder)
{
	const char *name = strrchr(folder, '/');
	char part[PATH_MAX + 2];
	const char *found;

	if (path[0] != '/')
		return path;
	if (name == NULL || name[1] == '\0')
		return NULL;
	snprintf(part, sizeof(part), "%s/", name);
	found = strstr(path, part);
	return found == NULL ? NULL : found + strlen(part);
}

/* Look for PART in FOLDER, which is cut down to nothing, and above. */
static int look_for(const char *part, char *folder, struct bi_buf *out)
{
	char path[2 * PATH_MAX + 2];
	int rc = BENCH_EIO;

	while (rc == BENCH_EIO && folder[0] != '\0') {
		char *slash = strrchr(folder, '/');

		snprintf(path, sizeof(path), "%s/%s", folder, part);
		rc = read_file(path, out);
		if (slash == NULL)
			break;
		*slash = '\0';
	}
	return rc;
}

int source_read(const char *path, struct bi_buf *out)
{
	char folder[PATH_MAX];
	const char *part;
	int rc = BENCH_EIO;

	if (path[0] == '/')
		rc = read_file(path, out);
	if (rc != BENCH_EIO || strlen(path) > PATH_MAX ||
	    getcwd(folder, sizeof(folder)) == NULL)
		return rc;
	part = local_part(path, folder);
	return part == NULL ? rc : look_for(part, folder, out);
}

bool source_line(struct bi_slice *rest, struct bi_slice *line)
{
	const char *end;

	if (rest->len == 0)
		return false;
	end = memchr(rest->text, '\n', rest->len);
	line->text = rest->text;
	line->len = end == NULL ? rest->len : (size_t)(end - rest->text);
	rest->len -= line->len + (end != NULL);
	rest->text += line->len + (end != NULL);
	if (line->len > 0 && line->text[line->len - 1] == '\r')
		line->len--;
	return true;
}
