/* src/wire/frame.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "wire/frame.h"

/* A stream whose other end is PEER. */
struct wire {
	int peer;
	struct bi_frame_stream stream;
};

static struct wire open_wire(void)
{
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	return (struct wire){ends[0], {.fd = ends[1]}};
}

static void close_wire(struct wire *wire)
{
	if (wire->peer >= 0)
		close(wire->peer);
	close(wire->stream.fd);
	bi_frame_stream_release(&wire->stream);
}

static void send_bytes(struct wire *wire, const void *bytes, size_t len)
{
	assert_int_equal(write(wire->peer, bytes, len), (ssize_t)len);
	assert_int_equal(bi_frame_fill(&wire->stream), 1);
}

static void fields_come_back_in_order(void **state)
{
	struct wire wire = open_wire();
	struct bi_buf out = BI_BUF_INIT;
	struct bi_frame frame;
	size_t len;

	(void)state;
	assert_int_equal(bi_frame_begin(&out), 0);
	assert_int_equal(bi_frame_put_i64(&out, INT64_MIN), 0);
	assert_int_equal(bi_frame_put_f64(&out, -0.5), 0);
	assert_int_equal(bi_frame_put_text(&out, "a\0b", 3), 0);
	assert_int_equal(bi_frame_put_text(&out, "", 0), 0);
	assert_int_equal(bi_frame_send(wire.peer, &out), 0);
	assert_int_equal(bi_frame_next(&wire.stream, &frame), 0);
	assert_int_equal(bi_frame_fill(&wire.stream), 1);
	assert_int_equal(bi_frame_next(&wire.stream, &frame), 1);
	assert_true(bi_frame_get_i64(&frame) == INT64_MIN);
	assert_true(bi_frame_get_f64(&frame) == -0.5);
	assert_memory_equal(bi_frame_get_text(&frame, &len), "a\0b", 4);
	assert_int_equal(len, 3);
	assert_string_equal(bi_frame_get_text(&frame, NULL), "");
	assert_false(frame.bad);
	assert_int_equal(bi_frame_next(&wire.stream, &frame), 0);
	bi_buf_release(&out);
	close_wire(&wire);
}

static void a_field_that_is_not_there_is_noticed(void **state)
{
	struct wire wire = open_wire();
	struct bi_buf out = BI_BUF_INIT;
	struct bi_frame frame;

	(void)state;
	assert_int_equal(bi_frame_begin(&out), 0);
	assert_int_equal(bi_frame_put_i64(&out, 7), 0);
	assert_int_equal(bi_frame_send(wire.peer, &out), 0);
	assert_int_equal(bi_frame_fill(&wire.stream), 1);
	assert_int_equal(bi_frame_next(&wire.stream, &frame), 1);
	assert_int_equal(bi_frame_get_i64(&frame), 7);
	assert_false(frame.bad);
	assert_int_equal(bi_frame_get_i64(&frame), 0);
	assert_true(frame.bad);
	assert_true(bi_frame_get_f64(&frame) == 0);
	assert_string_equal(bi_frame_get_text(&frame, NULL), "");
	bi_buf_release(&out);
	close_wire(&wire);
}

/* The text of a frame whose length field says LENGTH, and of SIZE bytes. */
static void check_text(int64_t length, const char *bytes, size_t size,
		       bool good)
{
	struct wire wire = open_wire();
	struct bi_buf out = BI_BUF_INIT;
	struct bi_frame frame;
	size_t len = 99;
	const char *text;

	assert_int_equal(bi_frame_begin(&out), 0);
	assert_int_equal(bi_frame_put_i64(&out, length), 0);
	assert_int_equal(bi_buf_add(&out, bytes, size), 0);
	assert_int_equal(bi_frame_send(wire.peer, &out), 0);
	assert_int_equal(bi_frame_fill(&wire.stream), 1);
	assert_int_equal(bi_frame_next(&wire.stream, &frame), 1);
	text = bi_frame_get_text(&frame, &len);
	if (frame.bad == good || (!good && (len != 0 || *text != '\0')))
		fail_msg("length %lld of %zu: bad %d, len %zu",
			 (long long)length, size, frame.bad, len);
	bi_buf_release(&out);
	close_wire(&wire);
}

static void a_text_stays_in_its_frame(void **state)
{
	(void)state;
	check_text(2, "ab", 3, true);
	check_text(2, "ab", 2, false);
	check_text(3, "ab", 3, false);
	check_text(1, "ab", 3, false); /* no NUL behind it */
	check_text(0, "", 0, false);
	check_text(-1, "ab", 3, false);
	check_text(INT64_MAX, "ab", 3, false);
	check_text(INT64_MIN, "ab", 3, false);
}

static void a_frame_may_come_byte_by_byte(void **state)
{
	struct wire wire = open_wire();
	struct bi_buf out = BI_BUF_INIT;
	struct bi_frame frame;
	uint32_t length = 8;
	int64_t value = 42;
	size_t i;

	(void)state;
	assert_int_equal(bi_buf_add(&out, &length, sizeof(length)), 0);
	assert_int_equal(bi_buf_add(&out, &value, sizeof(value)), 0);
	for (i = 0; i < out.len; i++) {
		assert_int_equal(bi_frame_next(&wire.stream, &frame), 0);
		send_bytes(&wire, out.data + i, 1);
	}
	assert_int_equal(bi_frame_next(&wire.stream, &frame), 1);
	assert_int_equal(bi_frame_get_i64(&frame), 42);
	/* A frame may be empty. */
	length = 0;
	send_bytes(&wire, &length, sizeof(length));
	assert_int_equal(bi_frame_next(&wire.stream, &frame), 1);
	assert_true(frame.at == frame.end);
	bi_buf_release(&out);
	close_wire(&wire);
}

static void a_stream_that_ends_in_a_frame_ends(void **state)
{
	struct wire wire = open_wire();
	struct bi_frame frame;
	uint32_t length = 100;

	(void)state;
	send_bytes(&wire, &length, sizeof(length));
	close(wire.peer);
	wire.peer = -1;
	assert_int_equal(bi_frame_next(&wire.stream, &frame), 0);
	assert_int_equal(bi_frame_fill(&wire.stream), 0);
	assert_int_equal(bi_frame_next(&wire.stream, &frame), 0);
	close_wire(&wire);
}

static void a_length_out_of_bounds_is_no_frame(void **state)
{
	struct wire wire = open_wire();
	struct bi_frame frame;
	uint32_t length = UINT32_MAX;

	(void)state;
	send_bytes(&wire, &length, sizeof(length));
	assert_int_equal(bi_frame_next(&wire.stream, &frame), BENCH_EPROTO);
	close_wire(&wire);
}

static void *send_large(void *arg)
{
	struct bi_buf out = BI_BUF_INIT;
	const int *fd = arg;
	int i;

	for (i = 0; i < 3; i++) {
		assert_int_equal(bi_frame_begin(&out), 0);
		assert_int_equal(bi_buf_fill(&out, (char)('a' + i), 1 << 20),
				 0);
		assert_int_equal(bi_frame_send(*fd, &out), 0);
	}
	bi_buf_release(&out);
	return NULL;
}

/* Longer than the socket's buffer and than one read. */
static void large_frames_arrive_whole(void **state)
{
	struct wire wire = open_wire();
	struct bi_frame frame;
	pthread_t thread;
	int i, rc;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, send_large, &wire.peer),
			 0);
	for (i = 0; i < 3; i++) {
		while ((rc = bi_frame_next(&wire.stream, &frame)) == 0)
			assert_int_equal(bi_frame_fill(&wire.stream), 1);
		assert_int_equal(rc, 1);
		assert_int_equal(frame.end - frame.at, 1 << 20);
		assert_int_equal(frame.at[0], 'a' + i);
		assert_int_equal(frame.end[-1], 'a' + i);
	}
	pthread_join(thread, NULL);
	close_wire(&wire);
}

static void a_peer_that_is_gone_is_an_error(void **state)
{
	struct wire wire = open_wire();
	struct bi_buf out = BI_BUF_INIT;

	(void)state;
	close(wire.peer);
	wire.peer = -1;
	assert_int_equal(bi_frame_begin(&out), 0);
	assert_int_equal(bi_frame_send(wire.stream.fd, &out), BENCH_EIO);
	assert_int_equal(errno, EPIPE);
	bi_buf_release(&out);
	close_wire(&wire);
	wire.stream.fd = -1;
	assert_int_equal(bi_frame_fill(&wire.stream), BENCH_EIO);
	bi_frame_stream_release(&wire.stream);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_come_back_in_order),
		cmocka_unit_test(a_field_that_is_not_there_is_noticed),
		cmocka_unit_test(a_text_stays_in_its_frame),
		cmocka_unit_test(a_frame_may_come_byte_by_byte),
		cmocka_unit_test(a_stream_that_ends_in_a_frame_ends),
		cmocka_unit_test(a_length_out_of_bounds_is_no_frame),
		cmocka_unit_test(large_frames_arrive_whole),
		cmocka_unit_test(a_peer_that_is_gone_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
