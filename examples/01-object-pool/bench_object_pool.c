/* Books that are taken and given back, by one thread and by several
 * (-cpu=1,2,4), one at a time and many at once; and a server whose buffers are
 * taken and given back.  Linked once with each variant. */
#include "object_pool.h"

#include <benchkit/bench.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "udp_echo.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

struct book {
	char title[64];
	char author[32];
	unsigned pages;
	unsigned chapters;
};

static void reset_book(void *object)
{
	struct book *book = object;

	book->title[0] = '\0';
	book->author[0] = '\0';
	book->pages = 0;
	book->chapters = 0;
}

static void write_book(struct book *book)
{
	static const char title[] = "Around the World in Eighty Days";
	static const char author[] = "Jules Verne";

	memcpy(book->title, title, sizeof(title));
	memcpy(book->author, author, sizeof(author));
	book->pages = 312;
	book->chapters = 37;
}

static void free_pool(void *pool)
{
	pool_free(pool);
}

/* Freed when this run of the benchmark is over. */
static struct pool *new_pool(bench_b *b, const struct pool_options *options)
{
	struct pool *pool = pool_new(options);

	if (pool == NULL)
		bench_fatalf(b, "no pool: %s", strerror(errno));
	bench_cleanup(b, free_pool, pool);
	return pool;
}

static struct pool *new_book_pool(bench_b *b)
{
	return new_pool(b, &(struct pool_options){
				   .size = sizeof(struct book),
				   .reset = reset_book,
			   });
}

struct shelf {
	bench_b *b;
	struct pool *books;
};

static void take_and_give_back(bench_pb *pb, void *arg)
{
	const struct shelf *shelf = arg;
	struct book *book;

	while (bench_pb_next(pb)) {
		book = pool_get(shelf->books);
		if (book == NULL) {
			bench_errorf(shelf->b, "out of memory");
			continue;
		}
		write_book(book);
		bench_keep(book);
		bench_clobber();
		pool_put(shelf->books, book);
	}
}

BENCHMARK(Book)
{
	struct shelf shelf = {b, new_book_pool(b)};

	bench_run_parallel(b, take_and_give_back, &shelf);
}

/* The same memory with nothing written to it: what any allocation costs. */
static void malloc_and_free(bench_pb *pb, void *arg)
{
	void *block;

	(void)arg;
	while (bench_pb_next(pb)) {
		block = malloc(sizeof(struct book));
		bench_keep(block);
		free(block);
	}
}

BENCHMARK(Malloc)
{
	bench_run_parallel(b, malloc_and_free, NULL);
}

/* Threads that share nothing: how well anything can scale on this machine. */
static void add_and_shift(bench_pb *pb, void *arg)
{
	uint32_t x = 2463534242;

	(void)arg;
	while (bench_pb_next(pb)) {
		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		bench_keep(x);
	}
}

BENCHMARK(Control)
{
	bench_run_parallel(b, add_and_shift, NULL);
}

/* An iteration takes COUNT books, and only then gives them all back. */
struct burst {
	struct pool *pool;
	struct book **books;
	size_t count;
};

static void take_all_and_give_all_back(bench_b *b, void *arg)
{
	const struct burst *burst = arg;
	size_t taken, i;

	while (bench_loop(b)) {
		for (taken = 0; taken < burst->count; taken++) {
			burst->books[taken] = pool_get(burst->pool);
			if (burst->books[taken] == NULL)
				break;
			write_book(burst->books[taken]);
		}
		if (taken < burst->count)
			bench_errorf(b, "out of memory");
		for (i = 0; i < taken; i++)
			pool_put(burst->pool, burst->books[i]);
	}
}

BENCHMARK(Burst)
{
	static const size_t counts[] = {50, 1000, 50000};
	static struct book *books[50000];
	struct burst burst = {.pool = new_book_pool(b), .books = books};
	size_t i;

	for (i = 0; i < LENGTH(counts); i++) {
		burst.count = counts[i];
		bench_runf(b, take_all_and_give_all_back, &burst, "books=%zu",
			   burst.count);
	}
}

static struct pool *new_buffer_pool(bench_b *b)
{
	return new_pool(b, &(struct pool_options){.size = UDP_ECHO_BUFFER});
}

/* What the pool saves the server, without the server. */
BENCHMARK(Buffer)
{
	struct pool *buffers = new_buffer_pool(b);
	void *buffer;

	while (bench_loop(b)) {
		buffer = pool_get(buffers);
		bench_keep(buffer);
		pool_put(buffers, buffer);
	}
}

struct call {
	int fd;
	char text[1024];
	size_t len;
};

/* One datagram there and back.  Nothing else is on the way: on loopback none is
 * lost, and none overtakes another. */
static void call_server(bench_b *b, void *arg)
{
	const struct call *call = arg;
	char answer[sizeof(call->text)];
	ssize_t len;

	bench_set_bytes(b, (int64_t)call->len);
	while (bench_loop(b)) {
		len = send(call->fd, call->text, call->len, 0);
		if (len >= 0)
			len = recv(call->fd, answer, sizeof(answer), 0);
		if (len != (ssize_t)call->len)
			bench_fatalf(b, "no answer: %s",
				     len < 0 ? strerror(errno) : "cut short");
	}
}

static void stop_server(void *server)
{
	udp_echo_stop(server);
}

static void close_socket(void *fd)
{
	close(*(int *)fd);
}

BENCHMARK(Echo)
{
	static const size_t lens[] = {16, 1024};
	static struct udp_echo server;
	static struct call call;
	size_t i;
	int rc = udp_echo_start(&server, new_buffer_pool(b));

	if (rc != 0)
		bench_skipf(b, "no server on loopback: %s", strerror(rc));
	bench_cleanup(b, stop_server, &server);
	call.fd = udp_echo_connect(&server);
	if (call.fd < 0)
		bench_skipf(b, "no socket: %s", strerror(errno));
	bench_cleanup(b, close_socket, &call.fd);
	for (i = 0; i < LENGTH(lens); i++) {
		call.len = lens[i];
		bench_runf(b, call_server, &call, "bytes=%zu", call.len);
	}
}

BENCH_MAIN();
