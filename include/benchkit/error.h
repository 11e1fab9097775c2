/* How a failing call says what went wrong.
 *
 * A call that can fail returns 0, or one of the negative codes below; the
 * detail goes to a struct bench_error that the caller owns and may leave out
 * (NULL).  The first error wins: a struct that holds one is not overwritten.
 * Nothing here is global, so any number of threads may fail at once. */
#ifndef BENCHKIT_ERROR_H
#define BENCHKIT_ERROR_H

enum bench_err {
	BENCH_OK = 0,
	BENCH_ENOMEM = -1,   /* no memory */
	BENCH_EIO = -2,      /* a system call failed; the text says which */
	BENCH_EINPUT = -3,   /* malformed input: a line, a pattern, a number */
	BENCH_ERANGE = -4,   /* well-formed, but out of range */
	BENCH_EFAILED = -5,  /* a benchmark failed */
	BENCH_EPROTO = -6,   /* the other side does not speak our protocol */
	BENCH_ENOTSUP = -7,  /* not possible in this build or on this machine */
	BENCH_EBUSY = -8     /* somebody else has it */
};

/* File and line are those of the user's input, 0 and "" where there is none;
 * line and column count from 1.  A text that does not fit is cut. */
struct bench_error {
	int code; /* enum bench_err; 0: no error yet */
	int line;
	int column;
	char file[1024];
	char text[1024];
};

#define BENCH_ERROR_INIT {0, 0, 0, "", ""}

#endif
