/* Input files: the only place of this folder that does I/O. */
#include "fmt/source.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"

/* How often a path without label was given, and numbered so far. */
struct repeat {
	const char *path;
	size_t given;
	size_t numbered;
};

static bool equal(const void *item, const void *key)
{
	return strcmp(((const struct repeat *)item)->path, key) == 0;
}

static uint32_t hash(const char *path)
{
	return bi_map_hash(path, strlen(path));
}

static int count_path(struct bi_map *repeats, struct bi_arena *memory,
		      const char *path)
{
	struct repeat *repeat = bi_map_find(repeats, hash(path), equal, path);

	if (repeat == NULL) {
		repeat = bi_arena_alloc(memory, sizeof(*repeat));
		if (repeat == NULL)
			return BENCH_ENOMEM;
		*repeat = (struct repeat){path, 0, 0};
		if (bi_map_add(repeats, hash(path), repeat) < 0)
			return BENCH_ENOMEM;
	}
	repeat->given++;
	return 0;
}

/* The label of PATH, which has none of its own; NULL: no memory. */
static const char *label_for(struct bi_map *repeats, struct bi_arena *memory,
			     const char *path)
{
	struct repeat *repeat = bi_map_find(repeats, hash(path), equal, path);
	size_t size = strlen(path) + 32;
	char *label;

	if (repeat->given == 1)
		return path;
	label = bi_arena_alloc(memory, size);
	if (label != NULL)
		snprintf(label, size, "%s#%zu", path, repeat->numbered++);
	return label;
}

int bi_inputs(struct bi_arena *memory, char *const *args, size_t count,
	      struct bi_input **inputs)
{
	struct bi_map repeats = BI_MAP_INIT;
	struct bi_input *input = NULL;
	int rc = BENCH_ENOMEM;
	size_t i;

	if (count <= SIZE_MAX / sizeof(*input))
		input = bi_arena_alloc(memory, count * sizeof(*input));
	if (input == NULL)
		goto out;
	for (i = 0; i < count; i++) {
		const char *equals = strchr(args[i], '=');

		input[i].path = equals != NULL ? equals + 1 : args[i];
		input[i].label = NULL;
		if (equals != NULL)
			input[i].label = bi_arena_copy(
				memory, args[i], (size_t)(equals - args[i]));
		else if (count_path(&repeats, memory, args[i]) < 0)
			goto out;
		if (equals != NULL && input[i].label == NULL)
			goto out;
	}
	for (i = 0; i < count; i++) {
		if (input[i].label == NULL)
			input[i].label =
				label_for(&repeats, memory, input[i].path);
		if (input[i].label == NULL)
			goto out;
	}
	*inputs = input;
	rc = 0;
out:
	bi_map_release(&repeats);
	return rc;
}

/* The error of a failed system call, in lower case like all our messages. */
static int fail(struct bench_error *err, const char *call, const char *path)
{
	char why[256];

	snprintf(why, sizeof(why), "%s", strerror(errno));
	why[0] = (char)tolower((unsigned char)why[0]);
	return bi_error_set(err, BENCH_EIO, "%s %s: %s", call, path, why);
}

int bi_source_open(struct bi_source *source, const char *path,
		   struct bench_error *err)
{
	source->path = path;
	source->fd = STDIN_FILENO;
	if (strcmp(path, BI_SOURCE_STDIN) == 0)
		return 0;
	source->fd = open(path, O_RDONLY | O_CLOEXEC);
	return source->fd < 0 ? fail(err, "open", path) : 0;
}

int bi_source_member(const struct bi_source *source, const char *name,
		     struct bi_source *member, struct bench_error *err)
{
	member->path = name;
	member->fd = openat(source->fd, name, O_RDONLY | O_CLOEXEC);
	if (member->fd >= 0)
		return 1;
	/* A standard input that is closed (EBADF) has no members either, and
	 * reading it will say what is wrong. */
	if (errno == ENOENT || errno == ENOTDIR || errno == EBADF)
		return 0;
	return fail(err, "open", name);
}

bool bi_source_is_folder(const struct bi_source *source)
{
	struct stat status;

	return fstat(source->fd, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A growing list of names. */
struct names {
	const char **name;
	size_t count;
	size_t cap;
};

static int add_name(struct names *names, struct bi_arena *memory,
		    const char *name)
{
	if (names->count == names->cap) {
		size_t cap = names->cap == 0 ? 16 : 2 * names->cap;
		const char **grown =
			bi_arena_alloc(memory, cap * sizeof(*grown));

		if (grown == NULL)
			return BENCH_ENOMEM;
		if (names->count > 0)
			memcpy(grown, names->name,
			       names->count * sizeof(*grown));
		names->name = grown;
		names->cap = cap;
	}
	name = bi_arena_copy(memory, name, strlen(name));
	if (name == NULL)
		return BENCH_ENOMEM;
	names->name[names->count++] = name;
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* File systems without types of their entries say nothing in d_type. */
static bool is_folder(int folder, const char *name)
{
	struct stat status;

	return name[0] != '.' &&
	       fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(status.st_mode);
}

int bi_source_folders(const struct bi_source *source, struct bi_arena *memory,
		      const char ***names, size_t *count,
		      struct bench_error *err)
{
	struct names list = {NULL, 0, 0};
	const struct dirent *entry;
	int rc = 0;
	/* The descriptor is closed with the stream. */
	int fd = openat(source->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);

	if (folder == NULL) {
		rc = fail(err, "open", source->path);
		if (fd >= 0)
			close(fd);
		return rc;
	}
	for (;;) {
		errno = 0;
		entry = readdir(folder);
		if (entry == NULL || rc < 0)
			break;
		if (is_folder(fd, entry->d_name))
			rc = add_name(&list, memory, entry->d_name);
	}
	if (rc < 0)
		bi_error_nomem(err);
	else if (errno != 0)
		rc = fail(err, "read", source->path);
	closedir(folder);
	if (list.count > 0)
		qsort(list.name, list.count, sizeof(*list.name),
		      compare_names);
	*names = list.name;
	*count = list.count;
	return rc;
}

int bi_source_read(void *arg, char *buf, size_t cap, size_t *len,
		   struct bench_error *err)
{
	const struct bi_source *source = arg;
	ssize_t n;

	do
		n = read(source->fd, buf, cap);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return fail(err, "read", source->path);
	*len = (size_t)n;
	return 0;
}

void bi_source_close(struct bi_source *source)
{
	if (source->fd > STDIN_FILENO)
		close(source->fd);
	source->fd = -1;
}
