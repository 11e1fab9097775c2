/* What buffer_reuse.h promises, run once for each variant. */
#include "buffer_reuse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tcp_pair.h"
#include "test_heap.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { LIMIT = 65536 };

/* ---- A source that does as told ---- */

/* LEN bytes in portions of PORTION, and then the end, or the error FAILURE. */
struct script {
	const unsigned char *bytes;
	size_t len;
	size_t portion;
	int failure;
	size_t at;
	size_t asked; /* the end of what was ever asked for */
};

static ssize_t read_script(void *from, void *buffer, size_t len)
{
	struct script *script = from;
	size_t n = script->len - script->at;

	if (script->at + len > script->asked)
		script->asked = script->at + len;
	if (n > len)
		n = len;
	if (n > script->portion)
		n = script->portion;
	if (n == 0 && script->failure != 0) {
		errno = script->failure;
		return -1;
	}
	if (n > 0)
		memcpy(buffer, script->bytes + script->at, n);
	script->at += n;
	return (ssize_t)n;
}

/* A frame that says it is SAID bytes long, of LEN bytes that SEED chooses. */
static void write_frame(unsigned char *bytes, uint32_t said, size_t len,
			unsigned seed)
{
	size_t i;

	for (i = 0; i < len; i++)
		bytes[i] = (unsigned char)(seed * 31 + i * 7);
	bytes[4] = (unsigned char)(said >> 24);
	bytes[5] = (unsigned char)(said >> 16);
	bytes[6] = (unsigned char)(said >> 8);
	bytes[7] = (unsigned char)said;
}

static struct frame_reader *new_reader(struct script *script)
{
	struct frame_reader *reader = frame_reader_new(
		(struct frame_source){read_script, script}, LIMIT);

	assert_non_null(reader);
	return reader;
}

static void check_frame(struct frame_reader *reader, const unsigned char *want,
			size_t len)
{
	struct frame frame;

	assert_int_equal(frame_reader_next(reader, &frame), FRAME_OK);
	assert_int_equal(frame.len, len);
	assert_memory_equal(frame.bytes, want, len);
}

/* Twice: the stream is out of step for good. */
static void check_refused(struct frame_reader *reader, enum frame_status want)
{
	const unsigned char nothing = 0;
	struct frame frame = {&nothing, 1};
	int i;

	for (i = 0; i < 2; i++) {
		assert_string_equal(
			frame_status_text(frame_reader_next(reader, &frame)),
			frame_status_text(want));
		assert_ptr_equal(frame.bytes, &nothing);
		assert_int_equal(frame.len, 1);
	}
}

/* ---- Frames ---- */

/* Frames of LENS behind each other, in portions of PORTION bytes. */
static void check_stream(const size_t *lens, size_t count, size_t portion)
{
	static unsigned char bytes[4 * LIMIT];
	struct script script = {.bytes = bytes, .portion = portion};
	struct frame_reader *reader = new_reader(&script);
	size_t at = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		assert_true(lens[i] <= sizeof(bytes) - script.len);
		write_frame(bytes + script.len, (uint32_t)lens[i], lens[i],
			    (unsigned)i);
		script.len += lens[i];
	}
	for (i = 0; i < count; i++) {
		check_frame(reader, bytes + at, lens[i]);
		at += lens[i];
		assert_int_equal(script.at, at);
		assert_int_equal(script.asked, at);
	}
	check_refused(reader, FRAME_END);
	frame_reader_free(reader);
}

static void frames_come_in_order_whatever_the_portions(void **state)
{
	const size_t lens[] = {16, 17, 64, 16, 1024, 100, LIMIT, 16, 5000};
	const size_t portions[] = {1, 3, 16, 17, 4096, SIZE_MAX};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(portions); i++)
		check_stream(lens, LENGTH(lens), portions[i]);
	check_stream(lens, 0, 1);
}

static void a_kept_frame_stays(void **state)
{
	unsigned char bytes[300];
	struct script script = {
		.bytes = bytes, .len = sizeof(bytes), .portion = SIZE_MAX};
	struct frame_reader *reader = new_reader(&script);
	unsigned char *kept[3];
	size_t i;

	(void)state;
	assert_null(frame_reader_keep(reader));
	for (i = 0; i < 3; i++)
		write_frame(bytes + 100 * i, 100, 100, (unsigned)i);
	for (i = 0; i < 3; i++) {
		check_frame(reader, bytes + 100 * i, 100);
		kept[i] = frame_reader_keep(reader);
		assert_non_null(kept[i]);
		assert_null(frame_reader_keep(reader));
	}
	check_refused(reader, FRAME_END);
	frame_reader_free(reader);
	for (i = 0; i < 3; i++) {
		assert_memory_equal(kept[i], bytes + 100 * i, 100);
		free(kept[i]);
	}
}

/* ---- Streams that are wrong ---- */

/* After a good frame one that says SAID, of which there are LEN bytes: it is
 * refused with WANT.  Nothing behind its first TAKES bytes is asked for. */
static void check_wrong(uint32_t said, size_t len, int failure, size_t takes,
			enum frame_status want)
{
	static unsigned char bytes[64 + LIMIT];
	struct script script = {
		.bytes = bytes, .len = 64 + len, .portion = 5, .failure = failure};
	struct frame_reader *reader = new_reader(&script);
	bool lent = want != FRAME_TRUNCATED && want != FRAME_GONE;
	struct frame frame;

	write_frame(bytes, 64, 64, 1);
	write_frame(bytes + 64, said, LIMIT, 2);
	assert_int_equal(frame_reader_next(reader, &frame), FRAME_OK);
	check_refused(reader, want);
	assert_int_equal(script.asked, 64 + takes);
	if (lent)
		assert_memory_equal(frame.bytes, bytes, 64);
	frame_reader_free(reader);
}

static void a_length_below_that_of_the_head_is_refused(void **state)
{
	(void)state;
	check_wrong(0, LIMIT, 0, FRAME_HEAD, FRAME_TOO_SHORT);
	check_wrong(15, LIMIT, 0, FRAME_HEAD, FRAME_TOO_SHORT);
}

static void a_length_above_the_limit_is_refused(void **state)
{
	(void)state;
	check_wrong(LIMIT + 1, LIMIT, 0, FRAME_HEAD, FRAME_TOO_LONG);
	check_wrong(UINT32_MAX, LIMIT, 0, FRAME_HEAD, FRAME_TOO_LONG);
}

static void an_end_inside_of_a_frame_is_told_from_the_end(void **state)
{
	(void)state;
	check_wrong(100, 0, 0, FRAME_HEAD, FRAME_END);
	check_wrong(100, 1, 0, FRAME_HEAD, FRAME_TRUNCATED);
	check_wrong(100, 15, 0, FRAME_HEAD, FRAME_TRUNCATED);
	check_wrong(100, 16, 0, 100, FRAME_TRUNCATED);
	check_wrong(100, 99, 0, 100, FRAME_TRUNCATED);
	check_wrong(LIMIT, LIMIT - 1, 0, LIMIT, FRAME_TRUNCATED);
}

static void a_peer_that_is_gone_is_told_with_its_errno(void **state)
{
	(void)state;
	check_wrong(100, 0, ECONNRESET, FRAME_HEAD, FRAME_GONE);
	check_wrong(100, 7, ECONNRESET, FRAME_HEAD, FRAME_GONE);
	check_wrong(100, 16, EIO, 100, FRAME_GONE);
	check_wrong(100, 99, EIO, 100, FRAME_GONE);
	assert_int_equal(errno, EIO);
}

static void a_limit_below_the_head_refuses_all(void **state)
{
	unsigned char bytes[16];
	struct frame_memory memory = {bytes, sizeof(bytes), 0};
	struct frame_reader *reader = frame_reader_new(
		(struct frame_source){frame_read_memory, &memory}, 15);

	(void)state;
	assert_non_null(reader);
	write_frame(bytes, 16, 16, 0);
	check_refused(reader, FRAME_TOO_LONG);
	frame_reader_free(reader);
}

static void every_status_has_a_text_of_its_own(void **state)
{
	enum frame_status one, other;

	(void)state;
	for (one = FRAME_OK; one <= FRAME_NO_MEMORY; one++)
		for (other = FRAME_OK; other < one; other++)
			assert_string_not_equal(frame_status_text(one),
						frame_status_text(other));
}

/* ---- Pipes and connections ---- */

struct sent {
	int fd;
	const unsigned char *bytes;
	size_t len;
};

static void *send_and_close(void *arg)
{
	struct sent *sent = arg;
	ssize_t n;

	while (sent->len > 0) {
		n = write(sent->fd, sent->bytes, sent->len);
		if (n <= 0)
			break;
		sent->bytes += n;
		sent->len -= (size_t)n;
	}
	close(sent->fd);
	return NULL;
}

/* More than fits on the way at once, written by another thread. */
static void check_descriptors(const int ends[2])
{
	static unsigned char bytes[10 * LIMIT];
	struct sent sent = {ends[1], bytes, sizeof(bytes)};
	int in = ends[0];
	struct frame_reader *reader = frame_reader_new(
		(struct frame_source){frame_read_fd, &in}, LIMIT);
	pthread_t thread;
	size_t i;

	assert_non_null(reader);
	for (i = 0; i < 10; i++)
		write_frame(bytes + i * LIMIT, LIMIT, LIMIT, (unsigned)i);
	assert_int_equal(pthread_create(&thread, NULL, send_and_close, &sent),
			 0);
	for (i = 0; i < 10; i++)
		check_frame(reader, bytes + i * LIMIT, LIMIT);
	check_refused(reader, FRAME_END);
	pthread_join(thread, NULL);
	frame_reader_free(reader);
	close(in);
}

static void frames_come_out_of_a_pipe(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	check_descriptors(ends);
}

static void frames_come_out_of_a_connection(void **state)
{
	int ends[2];

	(void)state;
	if (tcp_pair(ends) < 0)
		skip();
	check_descriptors(ends);
}

static void a_reset_connection_is_a_peer_that_is_gone(void **state)
{
	const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
	unsigned char bytes[64];
	struct frame_reader *reader;
	int ends[2];

	(void)state;
	if (tcp_pair(ends) < 0)
		skip();
	reader = frame_reader_new(
		(struct frame_source){frame_read_fd, &ends[0]}, LIMIT);
	assert_non_null(reader);
	write_frame(bytes, 64, 64, 0);
	assert_int_equal(write(ends[1], bytes, 64), 64);
	check_frame(reader, bytes, 64);
	setsockopt(ends[1], SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(ends[1]);
	errno = 0;
	check_refused(reader, FRAME_GONE);
	assert_int_equal(errno, ECONNRESET);
	frame_reader_free(reader);
	close(ends[0]);
}

/* ---- Memory that runs out ---- */

/* Read three frames, each longer than the last, and keep one, with the NTH
 * request failing: returns true if it was met. */
static bool reader_survives(long nth)
{
	static const size_t lens[] = {64, 1000, 5000};
	unsigned char bytes[64 + 1000 + 5000];
	struct script script = {
		.bytes = bytes, .len = sizeof(bytes), .portion = SIZE_MAX};
	struct frame frame = {NULL, 0};
	struct frame_reader *reader;
	unsigned char *kept = NULL;
	size_t at = 0;
	size_t i;

	for (i = 0; i < 3; at += lens[i++])
		write_frame(bytes + at, (uint32_t)lens[i], lens[i],
			    (unsigned)i);
	at = 0;
	arm(nth);
	reader = frame_reader_new((struct frame_source){read_script, &script},
				  LIMIT);
	for (i = 0; reader != NULL && i < 3; at += lens[i++]) {
		enum frame_status status = frame_reader_next(reader, &frame);

		if (status == FRAME_OK) {
			assert_memory_equal(frame.bytes, bytes + at, lens[i]);
			continue;
		}
		/* The one before is still there. */
		assert_int_equal(status, FRAME_NO_MEMORY);
		assert_int_equal(frame.len, i == 0 ? 0 : lens[i - 1]);
		if (i > 0)
			assert_memory_equal(frame.bytes,
					    bytes + at - lens[i - 1],
					    lens[i - 1]);
		check_refused(reader, FRAME_NO_MEMORY);
		break;
	}
	if (reader != NULL && i == 3)
		kept = frame_reader_keep(reader);
	if (i == 3)
		assert_memory_equal(kept == NULL ? frame.bytes : kept,
				    bytes + at - lens[2], lens[2]);
	free(kept);
	frame_reader_free(reader);
	assert_int_equal(live_blocks, 0);
	return requests >= nth;
}

static void every_failed_request_is_reported(void **state)
{
	long nth = 1;

	(void)state;
	while (reader_survives(nth))
		nth++;
	assert_true(nth > 4);
}

#ifdef LESSON_after
static void the_longest_frame_is_the_last_that_allocates(void **state)
{
	static unsigned char bytes[2 * LIMIT];
	struct script script = {.bytes = bytes, .portion = SIZE_MAX};
	struct frame_reader *reader = new_reader(&script);
	struct frame frame;
	size_t len;

	(void)state;
	arm(NONE);
	for (len = LIMIT; len >= FRAME_HEAD; len /= 2) {
		write_frame(bytes + script.len, (uint32_t)len, len, 0);
		script.len += len;
	}
	while (frame_reader_next(reader, &frame) == FRAME_OK)
		;
	assert_int_equal(requests, 1);
	frame_reader_free(reader);
}

static void frames_that_grow_allocate_seldom(void **state)
{
	static unsigned char bytes[300 * 300];
	struct script script = {.bytes = bytes, .portion = SIZE_MAX};
	struct frame_reader *reader = new_reader(&script);
	struct frame frame;
	size_t len;

	(void)state;
	arm(NONE);
	for (len = FRAME_HEAD; len < 300; len++) {
		write_frame(bytes + script.len, (uint32_t)len, len, 0);
		script.len += len;
	}
	while (frame_reader_next(reader, &frame) == FRAME_OK)
		;
	assert_int_equal(requests, 6); /* of 16, 32, 64, 128, 256, 512 */
	frame_reader_free(reader);
}
#endif

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, nothing_armed, nothing_leaked)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(frames_come_in_order_whatever_the_portions),
		TEST(a_kept_frame_stays),
		TEST(a_length_below_that_of_the_head_is_refused),
		TEST(a_length_above_the_limit_is_refused),
		TEST(an_end_inside_of_a_frame_is_told_from_the_end),
		TEST(a_peer_that_is_gone_is_told_with_its_errno),
		TEST(a_limit_below_the_head_refuses_all),
		TEST(every_status_has_a_text_of_its_own),
		TEST(frames_come_out_of_a_pipe),
		TEST(frames_come_out_of_a_connection),
		TEST(a_reset_connection_is_a_peer_that_is_gone),
		TEST(every_failed_request_is_reported),
#ifdef LESSON_after
		TEST(the_longest_frame_is_the_last_that_allocates),
		TEST(frames_that_grow_allocate_seldom),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
