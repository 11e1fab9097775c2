/* src/wire/protocol.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "wire/protocol.h"

/* Both ends of a connection. */
struct pipe {
	int out;
	struct bi_frame_stream in;
};

static struct pipe open_pipe(void)
{
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	return (struct pipe){ends[0], {.fd = ends[1]}};
}

static void close_pipe(struct pipe *pipe)
{
	close(pipe->out);
	close(pipe->in.fd);
	bi_frame_stream_release(&pipe->in);
}

static struct bi_frame receive(struct pipe *pipe)
{
	struct bi_frame frame;

	while (bi_frame_next(&pipe->in, &frame) == 0)
		assert_int_equal(bi_frame_fill(&pipe->in), 1);
	return frame;
}

static void assert_same(const struct bi_event *got, const struct bi_event *want)
{
	const struct bench_result *g = &got->result, *w = &want->result;
	size_t i;

	assert_int_equal(got->kind, want->kind);
	assert_string_equal(got->name, want->name);
	assert_int_equal(got->procs, want->procs);
	assert_int_equal(got->flag, want->flag);
	assert_int_equal(got->text_len, want->text_len);
	assert_memory_equal(got->text, want->text, want->text_len + 1);
	assert_true(g->n == w->n && g->elapsed_ns == w->elapsed_ns &&
		    g->bytes == w->bytes && g->counted == w->counted &&
		    g->mallocs == w->mallocs &&
		    g->malloc_bytes == w->malloc_bytes);
	assert_memory_equal(&got->cost, &want->cost, sizeof(got->cost));
	assert_int_equal(g->metric_count, w->metric_count);
	for (i = 0; i < w->metric_count; i++) {
		assert_string_equal(g->metrics[i].unit, w->metrics[i].unit);
		assert_memory_equal(&g->metrics[i].value, &w->metrics[i].value,
				    sizeof(double));
	}
}

static void every_kind_of_event_comes_through(void **state)
{
	struct bench_metric metrics[] = {
		{"\xc2\xb5s/op", -0.0}, {"a", NAN}, {"b", 1e300}};
	struct pipe pipe = open_pipe();
	struct bi_buf scratch = BI_BUF_INIT;
	int kind;

	(void)state;
	for (kind = BI_EVENT_HELLO; kind <= BI_EVENT_DONE; kind++) {
		struct bi_event sent = {
			.kind = (enum bi_event_kind)kind,
			.name = kind % 2 ? "BenchmarkA/\xc3\xbc" : "",
			.procs = kind,
			.flag = kind % 3 == 0,
			.text = "a line\n\0and more\n",
			.text_len = 17,
			.result = {.n = INT64_MAX,
				   .elapsed_ns = 1,
				   .bytes = -1,
				   .counted = true,
				   .mallocs = 2,
				   .malloc_bytes = INT64_MIN,
				   .metrics = metrics,
				   .metric_count = (size_t)kind % 4},
			.cost = {1, -2, INT64_MAX, INT64_MIN, kind, -1},
		};
		struct bi_event got;
		struct bi_frame frame;

		assert_int_equal(bi_event_send(pipe.out, &scratch, &sent), 0);
		frame = receive(&pipe);
		assert_int_equal(bi_event_decode(&frame, &got), 0);
		assert_same(&got, &sent);
		assert_true(frame.at == frame.end);
		free(got.result.metrics);
	}
	bi_buf_release(&scratch);
	close_pipe(&pipe);
}

static void orders_come_through_with_their_lists(void **state)
{
	const char *const done[] = {"BenchmarkA/x", ""};
	const char *const failed[] = {"BenchmarkA/y"};
	struct bi_order sent = {.kind = BI_ORDER_RUN,
				.name = "BenchmarkA",
				.leaf = "BenchmarkA/z",
				.procs = 3,
				.n = INT64_MAX,
				.done = done,
				.done_count = 2,
				.failed = failed,
				.failed_count = 1};
	struct bi_order quit = {.kind = BI_ORDER_QUIT, .name = ""}, got;
	struct pipe pipe = open_pipe();
	struct bi_buf scratch = BI_BUF_INIT;
	struct bi_frame frame;

	(void)state;
	assert_int_equal(bi_order_send(pipe.out, &scratch, &sent), 0);
	assert_int_equal(bi_order_send(pipe.out, &scratch, &quit), 0);
	frame = receive(&pipe);
	assert_int_equal(bi_order_decode(&frame, &got), 0);
	assert_int_equal(got.kind, BI_ORDER_RUN);
	assert_string_equal(got.name, "BenchmarkA");
	assert_string_equal(got.leaf, "BenchmarkA/z");
	assert_int_equal(got.procs, 3);
	assert_true(got.n == INT64_MAX);
	assert_int_equal(got.done_count, 2);
	assert_int_equal(got.failed_count, 1);
	assert_string_equal(got.done[0], done[0]);
	assert_string_equal(got.done[1], "");
	assert_string_equal(got.failed[0], failed[0]);
	free((void *)got.done);
	free((void *)got.failed);
	frame = receive(&pipe);
	assert_int_equal(bi_order_decode(&frame, &got), 0);
	assert_int_equal(got.kind, BI_ORDER_QUIT);
	assert_string_equal(got.leaf, "");
	assert_int_equal(got.done_count + got.failed_count, 0);
	free((void *)got.done);
	free((void *)got.failed);
	bi_buf_release(&scratch);
	close_pipe(&pipe);
}

/* Decode BYTES as either kind of message; what is allocated is freed. */
static void decode(const char *bytes, size_t len, int *event_rc, int *order_rc)
{
	struct bi_frame frame = {bytes, bytes + len, false};
	struct bi_event event;
	struct bi_order order;

	*event_rc = bi_event_decode(&frame, &event);
	if (*event_rc == 0)
		free(event.result.metrics);
	frame = (struct bi_frame){bytes, bytes + len, false};
	*order_rc = bi_order_decode(&frame, &order);
	if (*order_rc == 0) {
		free((void *)order.done);
		free((void *)order.failed);
	}
}

/* The bytes of a message with all there is, without the length. */
static void whole_event(struct bi_buf *out)
{
	struct bench_metric metrics[] = {{"u", 1}, {"v", 2}};
	struct bi_event event = {
		.kind = BI_EVENT_RESULT,
		.name = "B",
		.text = "t",
		.text_len = 1,
		.result = {.n = 1, .metrics = metrics, .metric_count = 2},
	};
	struct pipe pipe = open_pipe();
	struct bi_buf scratch = BI_BUF_INIT;
	struct bi_frame frame;

	assert_int_equal(bi_event_send(pipe.out, &scratch, &event), 0);
	frame = receive(&pipe);
	assert_int_equal(
		bi_buf_add(out, frame.at, (size_t)(frame.end - frame.at)), 0);
	bi_buf_release(&scratch);
	close_pipe(&pipe);
}

static void a_message_cut_short_is_none(void **state)
{
	struct bi_buf whole = BI_BUF_INIT;
	size_t len;
	int event_rc, order_rc;

	(void)state;
	whole_event(&whole);
	for (len = 0; len < whole.len; len++) {
		/* A copy of its own, so that a sanitizer sees the end. */
		char *cut = malloc(len + 1);

		memcpy(cut, whole.data, len);
		decode(cut, len, &event_rc, &order_rc);
		if (event_rc != BENCH_EPROTO)
			fail_msg("%zu of %zu bytes: %d", len, whole.len,
				 event_rc);
		free(cut);
	}
	bi_buf_release(&whole);
}

static void a_kind_that_is_none_is_refused(void **state)
{
	static const int64_t kinds[] = {-1, BI_EVENT_DONE + 1, INT64_MAX,
					INT64_MIN, INT64_C(1) << 32};
	struct bi_buf whole = BI_BUF_INIT;
	size_t i;
	int event_rc, order_rc;

	(void)state;
	whole_event(&whole);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		memcpy(whole.data, &kinds[i], sizeof(kinds[i]));
		decode(whole.data, whole.len, &event_rc, &order_rc);
		assert_int_equal(event_rc, BENCH_EPROTO);
		assert_int_equal(order_rc, BENCH_EPROTO);
	}
	bi_buf_release(&whole);
}

/* Every byte of a message in turn as 0, 0x7f, 0x80, 0xff: any answer will do,
 * as long as nothing outside is read and nothing leaks. */
static void garbage_does_no_harm(void **state)
{
	static const unsigned char bad[] = {0, 0x7f, 0x80, 0xff};
	struct bi_buf whole = BI_BUF_INIT;
	size_t i, b;
	int event_rc, order_rc, refused = 0;

	(void)state;
	whole_event(&whole);
	for (i = 0; i < whole.len; i++) {
		char saved = whole.data[i];

		for (b = 0; b < sizeof(bad); b++) {
			whole.data[i] = (char)bad[b];
			decode(whole.data, whole.len, &event_rc, &order_rc);
			refused += event_rc == BENCH_EPROTO;
			assert_true(event_rc == 0 || event_rc == BENCH_EPROTO);
			assert_true(order_rc == 0 || order_rc == BENCH_EPROTO);
		}
		whole.data[i] = saved;
	}
	assert_true(refused > 0);
	bi_buf_release(&whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_event_comes_through),
		cmocka_unit_test(orders_come_through_with_their_lists),
		cmocka_unit_test(a_message_cut_short_is_none),
		cmocka_unit_test(a_kind_that_is_none_is_refused),
		cmocka_unit_test(garbage_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
