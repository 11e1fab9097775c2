/* Frames of 64 bytes to 64 KiB that are read and looked at: out of memory, out
 * of a pipe, out of a TCP connection on loopback; and out of memory by a caller
 * who keeps them all.  Linked once with each variant. */
#include "buffer_reuse.h"

#include <benchkit/bench.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tcp_pair.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const size_t lens[] = {64, 1024, 16384, 65536};

enum { LONGEST = 65536 };

/* A frame on its way. */
struct bench {
	unsigned char frame[LONGEST];
	size_t len;
	struct frame_reader *reader;

	struct frame_memory memory; /* it, again and again */
	int in, out;		    /* the ends of what carries it */
};

static void make_frame(struct bench *bench, size_t len)
{
	memset(bench->frame, 'x', len);
	bench->frame[4] = (unsigned char)(len >> 24);
	bench->frame[5] = (unsigned char)(len >> 16);
	bench->frame[6] = (unsigned char)(len >> 8);
	bench->frame[7] = (unsigned char)len;
	bench->len = len;
}

static void free_reader(void *reader)
{
	frame_reader_free(reader);
}

/* Freed when this run of the benchmark is over. */
static void new_reader(bench_b *b, struct bench *bench,
		       struct frame_source source)
{
	bench->reader = frame_reader_new(source, LONGEST);
	if (bench->reader == NULL)
		bench_fatalf(b, "out of memory");
	bench_cleanup(b, free_reader, bench->reader);
	bench_set_bytes(b, (int64_t)bench->len);
}

static void read_one(bench_b *b, struct bench *bench)
{
	struct frame frame;
	enum frame_status status = frame_reader_next(bench->reader, &frame);

	if (status != FRAME_OK)
		bench_fatalf(b, "%s", frame_status_text(status));
	/* Whoever gets a frame looks at it. */
	bench_keep(frame.bytes[frame.len - 1]);
}

/* ---- Memory ---- */

static void read_memory(bench_b *b, void *arg)
{
	struct bench *bench = arg;

	new_reader(b, bench,
		   (struct frame_source){frame_read_memory, &bench->memory});
	while (bench_loop(b)) {
		bench->memory =
			(struct frame_memory){bench->frame, bench->len, 0};
		read_one(b, bench);
	}
}

/* The frame before the last one is still kept, as in a queue of two. */
static void keep_memory(bench_b *b, void *arg)
{
	struct bench *bench = arg;
	unsigned char *kept = NULL;
	unsigned char *next;

	new_reader(b, bench,
		   (struct frame_source){frame_read_memory, &bench->memory});
	while (bench_loop(b)) {
		bench->memory =
			(struct frame_memory){bench->frame, bench->len, 0};
		read_one(b, bench);
		next = frame_reader_keep(bench->reader);
		if (next == NULL)
			bench_errorf(b, "out of memory");
		free(kept);
		kept = next;
	}
	free(kept);
}

static void run_lens(bench_b *b, bench_fn *fn, struct bench *bench)
{
	size_t i;

	for (i = 0; i < LENGTH(lens); i++) {
		make_frame(bench, lens[i]);
		bench_runf(b, fn, bench, "bytes=%zu", lens[i]);
	}
}

BENCHMARK(Memory)
{
	static struct bench bench;

	run_lens(b, read_memory, &bench);
}

BENCHMARK(Keep)
{
	static struct bench bench;

	run_lens(b, keep_memory, &bench);
}

/* ---- Descriptors ---- */

static void read_descriptor(bench_b *b, void *arg)
{
	struct bench *bench = arg;

	new_reader(b, bench, (struct frame_source){frame_read_fd, &bench->in});
	while (bench_loop(b)) {
		/* What carries it holds all of a frame: this does not block. */
		if (write(bench->out, bench->frame, bench->len) !=
		    (ssize_t)bench->len)
			bench_fatalf(b, "cannot write: %s", strerror(errno));
		read_one(b, bench);
	}
}

static void close_ends(void *arg)
{
	const struct bench *bench = arg;

	close(bench->in);
	close(bench->out);
}

static void run_descriptor(bench_b *b, int (*open_pair)(int ends[2]))
{
	static struct bench bench;
	int ends[2];

	if (open_pair(ends) < 0)
		bench_skipf(b, "no connection: %s", strerror(errno));
	bench.in = ends[0];
	bench.out = ends[1];
	bench_cleanup(b, close_ends, &bench);
	run_lens(b, read_descriptor, &bench);
}

BENCHMARK(Pipe)
{
	run_descriptor(b, pipe);
}

BENCHMARK(Tcp)
{
	run_descriptor(b, tcp_pair);
}

BENCH_MAIN();
