/* All kinds at once, into files. */
#include "profile/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "profile/kind.h"

/* As the files of go-zero's services are named. */
static const struct {
	const char *kind;
	const char *name; /* in the file's */
} rows[BI_CAPTURE_MOST] = {
	{"cpu", "cpu"},     {"heap", "mem"},
	{"mutex", "mutex"}, {"block", "block"},
	{"threadcreate", "threadcreate"},
};

const char *bi_capture_directory(const char *directory)
{
	if (directory == NULL)
		directory = getenv("TMPDIR");
	return directory == NULL || directory[0] == '\0' ? "/tmp" : directory;
}

/* ---- Files ---- */

static int set_path(struct bi_capture_file *file, const char *directory,
		    const char *name, const char *suffix,
		    struct bench_error *err)
{
	time_t now = time(NULL);
	char stamp[16] = "";
	struct tm tm;
	int n;

	if (localtime_r(&now, &tm) != NULL)
		strftime(stamp, sizeof(stamp), "%m%d%H%M%S", &tm);
	n = snprintf(file->path, sizeof(file->path), "%s/%s-%ld-%s-%s.%s",
		     directory, program_invocation_short_name, (long)getpid(),
		     name, stamp, suffix);
	if (n < 0 || (size_t)n >= sizeof(file->path))
		return bi_error_set(err, BENCH_ERANGE,
				    "the name of a directory is too long");
	return 0;
}

/* Make FILE, which must not be there: in a directory that all may write to
 * somebody could have planted a link. */
static int make_file(struct bi_capture_file *file, struct bench_error *err)
{
	int fd = open(file->path,
		      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		      0600);
	struct stat st;
	int rc = 0;

	if (fd < 0)
		return bi_error_errno(err, "cannot make", file->path);
	if (fstat(fd, &st) < 0)
		rc = bi_error_errno(err, "cannot make", file->path);
	file->device = st.st_dev;
	file->inode = st.st_ino;
	close(fd);
	return rc;
}

/* Open FILE again, if it still is the one that was made. */
static int open_file(const struct bi_capture_file *file,
		     struct bench_error *err)
{
	int fd = open(file->path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return bi_error_errno(err, "cannot open", file->path);
	if (fstat(fd, &st) < 0 || st.st_dev != file->device ||
	    st.st_ino != file->inode || st.st_nlink != 1) {
		close(fd);
		return bi_error_set(err, BENCH_EIO, "%s is not our file",
				    file->path);
	}
	return fd;
}

static int write_to(void *arg, const void *data, size_t size)
{
	const int *fd = arg;
	const char *from = data;

	while (size > 0) {
		ssize_t n = write(*fd, from, size);

		if (n < 0 && errno != EINTR)
			return -1;
		from += n > 0 ? n : 0;
		size -= n > 0 ? (size_t)n : 0;
	}
	return 0;
}

/* Write KIND to FILE by FUNCTION, which writes it, or writes and stops it. */
static int write_file(const char *kind, const struct bi_capture_file *file,
		      enum bench_profile_format format,
		      __typeof__(bench_profile_stop) *function,
		      struct bench_error *err)
{
	struct bench_profile_output output = {.format = format};
	int fd = open_file(file, err);
	int rc;

	if (fd < 0)
		return fd;
	output.sink = write_to;
	output.arg = &fd;
	errno = 0;
	rc = function(kind, &output, err);
	if (close(fd) < 0 && rc == 0)
		rc = bi_error_errno(err, "cannot write", file->path);
	return rc;
}

/* ---- Profiles ---- */

static int start_part(struct bi_capture_part *part, const char *directory,
		      const char *name, struct bench_error *err)
{
	struct bench_error refused = BENCH_ERROR_INIT;
	int rc = set_path(&part->file, directory, name, "pprof", err);

	if (rc == 0)
		rc = make_file(&part->file, err);
	if (rc < 0)
		return rc;
	rc = bench_profile_start(part->kind, 0, &refused);
	part->shared = rc == BENCH_EBUSY;
	if (part->shared)
		rc = 0;
	if (rc < 0) {
		unlink(part->file.path);
		bi_error_set(err, rc, "%s", refused.text);
	}
	return rc;
}

int bi_capture_start(struct bi_capture *capture, const char *directory,
		     struct bench_error *err)
{
	size_t i;
	int first = 0;

	directory = bi_capture_directory(directory);
	capture->count = 0;
	for (i = 0; i < BI_CAPTURE_MOST; i++) {
		struct bi_capture_part *part = &capture->part[capture->count];
		int rc;

		if (bi_kind_find(rows[i].kind) == NULL)
			continue;
		part->kind = rows[i].kind;
		rc = start_part(part, directory, rows[i].name, err);
		if (rc == 0)
			capture->count++;
		else if (first == 0)
			first = rc;
	}
	return first;
}

int bi_capture_stop(struct bi_capture *capture, struct bench_error *err)
{
	size_t i;
	int first = 0;

	for (i = 0; i < capture->count; i++) {
		const struct bi_capture_part *part = &capture->part[i];
		int rc = write_file(part->kind, &part->file,
				    BENCH_PROFILE_PROTO,
				    part->shared ? bench_profile_write
						 : bench_profile_stop,
				    err);

		/* Of a file that was lost the profile is, too. */
		if (rc < 0 && !part->shared)
			bench_profile_stop(part->kind, NULL, NULL);
		if (first == 0)
			first = rc;
	}
	capture->count = 0;
	return first;
}

int bi_capture_stacks(const char *directory, struct bench_error *err)
{
	struct bi_capture_file file;
	int rc = set_path(&file, bi_capture_directory(directory), "threads",
			  "dump", err);

	if (rc == 0)
		rc = make_file(&file, err);
	if (rc == 0)
		rc = write_file("threads", &file, BENCH_PROFILE_STACKS,
				bench_profile_write, err);
	return rc;
}
