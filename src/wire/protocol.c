/* What a supervisor tells a worker (orders), and what it hears (events).  Every
 * message of a kind has all its fields, used or not: they are few, and one
 * layout cannot get out of step. */
#include "wire/protocol.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static int put_text(struct bi_buf *frame, const char *text)
{
	return bi_frame_put_text(frame, text, strlen(text));
}

static int put_result(struct bi_buf *frame, const struct bench_result *r)
{
	const int64_t fields[] = {r->n,       r->elapsed_ns,
				  r->bytes,   r->counted,
				  r->mallocs, r->malloc_bytes,
				  (int64_t)r->metric_count};
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(fields) / sizeof(fields[0]); i++)
		rc = bi_frame_put_i64(frame, fields[i]);
	for (i = 0; rc == 0 && i < r->metric_count; i++) {
		rc = put_text(frame, r->metrics[i].unit);
		if (rc == 0)
			rc = bi_frame_put_f64(frame, r->metrics[i].value);
	}
	return rc;
}

static int put_cost(struct bi_buf *frame, const struct bi_slice_cost *cost)
{
	int rc = bi_frame_put_i64(frame, cost->cpu_ns);

	if (rc == 0)
		rc = bi_frame_put_i64(frame, cost->others_ns);
	if (rc == 0)
		rc = bi_frame_put_i64(frame, cost->waited_ns);
	if (rc == 0)
		rc = bi_frame_put_i64(frame, cost->stolen_ns);
	if (rc == 0)
		rc = bi_frame_put_i64(frame, cost->switches);
	if (rc == 0)
		rc = bi_frame_put_i64(frame, cost->faults);
	return rc;
}

int bi_event_send(int fd, struct bi_buf *scratch, const struct bi_event *event)
{
	int rc = bi_frame_begin(scratch);

	if (rc == 0)
		rc = bi_frame_put_i64(scratch, event->kind);
	if (rc == 0)
		rc = bi_frame_put_i64(scratch, event->procs);
	if (rc == 0)
		rc = bi_frame_put_i64(scratch, event->flag);
	if (rc == 0)
		rc = put_text(scratch, event->name);
	if (rc == 0)
		rc = bi_frame_put_text(scratch, event->text, event->text_len);
	if (rc == 0)
		rc = put_result(scratch, &event->result);
	if (rc == 0)
		rc = put_cost(scratch, &event->cost);
	return rc < 0 ? rc : bi_frame_send(fd, scratch);
}

static int get_result(struct bi_frame *frame, struct bench_result *r)
{
	size_t i;
	int64_t count;

	r->n = bi_frame_get_i64(frame);
	r->elapsed_ns = bi_frame_get_i64(frame);
	r->bytes = bi_frame_get_i64(frame);
	r->counted = bi_frame_get_i64(frame) != 0;
	r->mallocs = bi_frame_get_i64(frame);
	r->malloc_bytes = bi_frame_get_i64(frame);
	count = bi_frame_get_i64(frame);
	/* A metric takes bytes of the frame: more of them are a lie. */
	if (count < 0 || count > frame->end - frame->at)
		return BENCH_EPROTO;
	if (count == 0)
		return 0;
	r->metrics = calloc((size_t)count, sizeof(*r->metrics));
	if (r->metrics == NULL)
		return BENCH_ENOMEM;
	r->metric_count = (size_t)count;
	for (i = 0; i < r->metric_count; i++) {
		r->metrics[i].unit = bi_frame_get_text(frame, NULL);
		r->metrics[i].value = bi_frame_get_f64(frame);
	}
	return 0;
}

static void get_cost(struct bi_frame *frame, struct bi_slice_cost *cost)
{
	cost->cpu_ns = bi_frame_get_i64(frame);
	cost->others_ns = bi_frame_get_i64(frame);
	cost->waited_ns = bi_frame_get_i64(frame);
	cost->stolen_ns = bi_frame_get_i64(frame);
	cost->switches = bi_frame_get_i64(frame);
	cost->faults = bi_frame_get_i64(frame);
}

int bi_event_decode(struct bi_frame *frame, struct bi_event *event)
{
	int64_t kind;
	int rc;

	*event = (struct bi_event){0};
	kind = bi_frame_get_i64(frame);
	if (kind < BI_EVENT_HELLO || kind > BI_EVENT_DONE)
		return BENCH_EPROTO;
	event->kind = (enum bi_event_kind)kind;
	event->procs = (int)bi_frame_get_i64(frame);
	event->flag = bi_frame_get_i64(frame) != 0;
	event->name = bi_frame_get_text(frame, NULL);
	event->text = bi_frame_get_text(frame, &event->text_len);
	rc = get_result(frame, &event->result);
	get_cost(frame, &event->cost);
	if (rc == 0 && frame->bad)
		rc = BENCH_EPROTO;
	if (rc < 0) {
		free(event->result.metrics);
		event->result.metrics = NULL;
	}
	return rc;
}

static int put_list(struct bi_buf *frame, const char *const *list, size_t count)
{
	int rc = bi_frame_put_i64(frame, (int64_t)count);
	size_t i;

	for (i = 0; rc == 0 && i < count; i++)
		rc = put_text(frame, list[i]);
	return rc;
}

int bi_order_send(int fd, struct bi_buf *scratch, const struct bi_order *order)
{
	int rc = bi_frame_begin(scratch);

	if (rc == 0)
		rc = bi_frame_put_i64(scratch, order->kind);
	if (rc == 0)
		rc = put_text(scratch, order->name);
	if (rc == 0)
		rc = put_text(scratch, order->leaf ? order->leaf : "");
	if (rc == 0)
		rc = bi_frame_put_i64(scratch, order->procs);
	if (rc == 0)
		rc = bi_frame_put_i64(scratch, order->n);
	if (rc == 0)
		rc = put_list(scratch, order->done, order->done_count);
	if (rc == 0)
		rc = put_list(scratch, order->failed, order->failed_count);
	return rc < 0 ? rc : bi_frame_send(fd, scratch);
}

static int get_list(struct bi_frame *frame, const char *const **out,
		    size_t *out_count)
{
	int64_t count = bi_frame_get_i64(frame);
	const char **list;
	size_t i;

	if (count < 0 || count > frame->end - frame->at)
		return BENCH_EPROTO;
	list = calloc((size_t)count + 1, sizeof(*list));
	if (list == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < (size_t)count; i++)
		list[i] = bi_frame_get_text(frame, NULL);
	*out = list;
	*out_count = (size_t)count;
	return 0;
}

int bi_order_decode(struct bi_frame *frame, struct bi_order *order)
{
	int64_t kind;
	int rc;

	*order = (struct bi_order){0};
	kind = bi_frame_get_i64(frame);
	if (kind < BI_ORDER_RUN || kind > BI_ORDER_QUIT)
		return BENCH_EPROTO;
	order->kind = (enum bi_order_kind)kind;
	order->name = bi_frame_get_text(frame, NULL);
	order->leaf = bi_frame_get_text(frame, NULL);
	order->procs = (int)bi_frame_get_i64(frame);
	order->n = bi_frame_get_i64(frame);
	rc = get_list(frame, &order->done, &order->done_count);
	if (rc == 0)
		rc = get_list(frame, &order->failed, &order->failed_count);
	if (rc == 0 && frame->bad)
		rc = BENCH_EPROTO;
	if (rc < 0) {
		free((void *)order->done);
		free((void *)order->failed);
		*order = (struct bi_order){0};
	}
	return rc;
}

int bi_order_await(struct bi_frame_stream *stream, struct bi_order *order)
{
	struct bi_frame frame;
	int rc;

	while ((rc = bi_frame_next(stream, &frame)) == 0) {
		rc = bi_frame_fill(stream);
		if (rc <= 0)
			return rc;
	}
	if (rc > 0) {
		rc = bi_order_decode(&frame, order);
		return rc < 0 ? rc : 1;
	}
	return rc;
}
