/* Where a profile goes: a file, or a function. */
#include "profile/output.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* A function gets pieces of this size, so that a long profile can be given up
 * half-way. */
#define PIECE ((size_t)1 << 16)

int bi_output_open(struct bi_output *output,
		   const struct bench_profile_output *to,
		   struct bench_error *err)
{
	*output = (struct bi_output){to, -1};
	if (to->path == NULL)
		return 0;
	output->fd = open(to->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			  0666);
	if (output->fd < 0)
		return bi_error_errno(err, "cannot open", to->path);
	return 0;
}

static int write_file(const struct bi_output *output, const char *data,
		      size_t size, struct bench_error *err)
{
	while (size > 0) {
		ssize_t n = write(output->fd, data, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return bi_error_errno(err, "cannot write",
					      output->to->path);
		data += n;
		size -= (size_t)n;
	}
	return 0;
}

int bi_output_write(struct bi_output *output, const void *data, size_t size,
		    struct bench_error *err)
{
	const struct bench_profile_output *to = output->to;
	const char *from = data;

	if (output->fd >= 0)
		return write_file(output, data, size, err);
	while (size > 0) {
		size_t n = size < PIECE ? size : PIECE;

		if (to->sink(to->arg, from, n) != 0)
			return bi_error_set(err, BENCH_EIO,
					    "the profile was not wanted");
		from += n;
		size -= n;
	}
	return 0;
}

int bi_output_close(struct bi_output *output, struct bench_error *err)
{
	if (output->fd < 0)
		return 0;
	if (close(output->fd) < 0)
		return bi_error_errno(err, "cannot write", output->to->path);
	return 0;
}
