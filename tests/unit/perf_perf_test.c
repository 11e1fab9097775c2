/* src/perf/perf.c, over a kernel that this test is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <string.h>

#include "perf/perf.h"

#define MOST 32

/* What stands behind a descriptor, which is its place here. */
struct opened {
	bool open;
	bool on;
	int leader;
	struct perf_event_attr attr;
	struct bi_perf_reading reading;
};

static struct kernel {
	struct opened event[MOST];
	int count;
	int live;
	int refusal;	    /* errno of all events; 0: none */
	uint64_t refused;   /* config of a hardware event that is not there */
	int group_most;	    /* events of a group; 0: any number */
	int level;
	bool in_container;
	uint64_t call_cost; /* counted between the two calls of a pair */
	uint64_t share;	    /* of 100: time on the processor's counters */
	uint64_t used;
} kernel;

static int fake_open(struct perf_event_attr *attr, int leader)
{
	int i, size = 1;

	if (kernel.refusal != 0)
		return -kernel.refusal;
	if (attr->type == PERF_TYPE_HARDWARE &&
	    kernel.refused == attr->config + 1)
		return -ENOENT;
	for (i = 0; i < kernel.count; i++)
		size += kernel.event[i].leader == leader;
	if (leader >= 0 && kernel.group_most > 0 &&
	    size + 1 > kernel.group_most)
		return -EINVAL;
	kernel.event[kernel.count] = (struct opened){true, false, leader,
						     *attr, {0, 0, 0}};
	kernel.live++;
	return kernel.count++;
}

static int fake_enable(int leader, bool on)
{
	int i;

	for (i = 0; i < kernel.count; i++) {
		struct opened *event = &kernel.event[i];

		if (i != leader && event->leader != leader)
			continue;
		/* The way from here to the caller, or back. */
		if (on && !event->on && kernel.call_cost > 0) {
			event->reading.count += kernel.call_cost;
			event->reading.enabled++;
			event->reading.running++;
		}
		event->on = on;
	}
	return 0;
}

static int fake_read(int fd, struct bi_perf_reading *reading)
{
	*reading = kernel.event[fd].reading;
	return 0;
}

static void fake_close(int fd)
{
	assert_true(kernel.event[fd].open);
	kernel.event[fd].open = false;
	kernel.live--;
}

static int fake_paranoid(void)
{
	return kernel.level;
}

static bool fake_contained(void)
{
	return kernel.in_container;
}

static void fake_usage(uint64_t used[BI_PERF_USAGES])
{
	int i;

	for (i = 0; i < BI_PERF_USAGES; i++)
		used[i] = kernel.used;
}

static const struct bi_perf_system fake = {
	fake_open,     fake_enable,    fake_read,  fake_close,
	fake_paranoid, fake_contained, fake_usage,
};

/* COUNT events happen in TIME. */
static void happen(uint64_t count, uint64_t time)
{
	int i;

	kernel.used += count;
	for (i = 0; i < kernel.count; i++) {
		struct bi_perf_reading *reading = &kernel.event[i].reading;

		if (!kernel.event[i].on)
			continue;
		reading->count += count * kernel.share / 100;
		reading->enabled += time;
		reading->running += time * kernel.share / 100;
	}
}

static struct bi_perf *begin(const char *events)
{
	struct bi_perf_list list = {.count = 0};
	struct bi_perf *perf;

	assert_int_equal(bi_perf_list_parse(&list, events, NULL), 0);
	perf = bi_perf_new(&list, &fake);
	assert_non_null(perf);
	return perf;
}

static int set_up(void **state)
{
	(void)state;
	kernel = (struct kernel){.level = 1, .share = 100};
	return 0;
}

static void check(const struct bi_perf *perf, size_t i, double want)
{
	double value;

	if (!bi_perf_value(perf, i, &value))
		fail_msg("event %zu is not known, want %g", i, want);
	if (value != want)
		fail_msg("event %zu: %g, want %g", i, value, want);
}

static void check_explained(const struct bi_perf *perf, const char *want)
{
	struct bi_buf text = BI_BUF_INIT;

	assert_int_equal(bi_perf_explain(perf, &text), 0);
	assert_string_equal(bi_buf_str(&text), want);
	bi_buf_release(&text);
}

static void end(struct bi_perf *perf)
{
	bi_perf_free(perf);
	assert_int_equal(kernel.live, 0);
}

static void what_happens_between_start_and_stop_counts(void **state)
{
	struct bi_perf *perf = begin("instructions,page-faults");

	(void)state;
	happen(1, 1);
	bi_perf_start(perf);
	happen(10, 1);
	bi_perf_start(perf);
	happen(20, 1);
	bi_perf_stop(perf);
	happen(400, 1);
	bi_perf_stop(perf);
	bi_perf_start(perf);
	happen(5, 1);
	bi_perf_stop(perf);
	check(perf, 0, 35);
	check(perf, 1, 35);
	check_explained(perf, "");
	end(perf);
}

static void a_reset_forgets_and_turns_off(void **state)
{
	struct bi_perf *perf = begin("cycles,context-switches");

	(void)state;
	bi_perf_start(perf);
	happen(10, 1);
	bi_perf_reset(perf);
	happen(100, 1);
	check(perf, 0, 0);
	check(perf, 1, 0);
	bi_perf_start(perf);
	happen(7, 1);
	bi_perf_stop(perf);
	check(perf, 0, 7);
	check(perf, 1, 7);
	end(perf);
}

static void its_own_cost_is_taken_off(void **state)
{
	struct bi_perf *perf;
	int i;

	(void)state;
	kernel.call_cost = 30;
	perf = begin("instructions,cycles");
	for (i = 0; i < 3; i++) {
		bi_perf_start(perf);
		happen(100, 1);
		bi_perf_stop(perf);
	}
	check(perf, 0, 300);
	check(perf, 1, 300);
	bi_perf_reset(perf);
	/* It costs less than it did when it was tried: still no less than
	 * nothing. */
	kernel.call_cost = 10;
	bi_perf_start(perf);
	bi_perf_stop(perf);
	check(perf, 0, 0);
	end(perf);
}

static void turns_are_projected_to_the_whole_time(void **state)
{
	struct bi_perf *perf = begin("instructions");

	(void)state;
	kernel.share = 25;
	bi_perf_start(perf);
	happen(1000, 800);
	bi_perf_stop(perf);
	check(perf, 0, 1000);
	end(perf);
}

static void an_event_that_had_no_turn_is_not_known(void **state)
{
	struct bi_perf *perf = begin("instructions,page-faults");
	double value;

	(void)state;
	kernel.share = 0;
	bi_perf_start(perf);
	happen(1000, 800);
	bi_perf_stop(perf);
	assert_false(bi_perf_value(perf, 0, &value));
	check(perf, 1, 1000);
	end(perf);
}

static void the_fifth_event_begins_a_group(void **state)
{
	struct bi_perf *perf =
		begin("instructions,cycles,branches,branch-misses,"
		      "cache-references,cache-misses,cpu-migrations");
	static const int leader[] = {-1, 0, 0, 0, -1, 4, -1};
	int i;

	(void)state;
	assert_int_equal(kernel.count, 7);
	for (i = 0; i < 7; i++) {
		assert_int_equal(kernel.event[i].leader, leader[i]);
		assert_int_equal(kernel.event[i].attr.disabled,
				 leader[i] < 0);
		assert_int_equal(kernel.event[i].attr.inherit, 1);
	}
	end(perf);
}

static void a_group_may_be_full_before(void **state)
{
	struct bi_perf *perf;

	(void)state;
	kernel.group_most = 2;
	perf = begin("instructions,cycles,branches");
	assert_int_equal(kernel.count, 3);
	assert_int_equal(kernel.event[1].leader, 0);
	assert_int_equal(kernel.event[2].leader, -1);
	bi_perf_start(perf);
	happen(3, 1);
	bi_perf_stop(perf);
	check(perf, 2, 3);
	end(perf);
}

static void at_level_two_the_kernel_is_left_out(void **state)
{
	struct bi_perf *perf;

	(void)state;
	kernel.level = 2;
	perf = begin("instructions,cpu-migrations,page-faults");
	assert_true(kernel.event[0].attr.exclude_kernel);
	/* The kernel counts these in the kernel. */
	assert_false(kernel.event[1].attr.exclude_kernel);
	check_explained(perf, "-perf: without the kernel's share: "
			      "kernel.perf_event_paranoid is above 1");
	end(perf);
}

static void check_refusal(int error, int level, bool in_container,
			  const char *want)
{
	struct bi_perf *perf;
	double value;

	kernel = (struct kernel){.level = level,
				 .share = 100,
				 .refusal = error,
				 .in_container = in_container};
	perf = begin("instructions,page-faults,cycles");
	bi_perf_start(perf);
	happen(6, 1);
	bi_perf_stop(perf);
	assert_false(bi_perf_value(perf, 0, &value));
	check(perf, 1, 6);
	check_explained(perf, want);
	end(perf);
}

static void a_refusal_is_one_line_with_its_cause(void **state)
{
	(void)state;
	check_refusal(ENOENT, 1, false,
		      "-perf: not counted: instructions, cycles: no PMU, as in "
		      "a virtual machine (ENOENT)");
	check_refusal(EACCES, 3, false,
		      "-perf: not counted: instructions, cycles: "
		      "kernel.perf_event_paranoid is 3");
	check_refusal(EACCES, 4, true,
		      "-perf: not counted: instructions, cycles: "
		      "kernel.perf_event_paranoid is 4 (a container)");
	check_refusal(EPERM, 1, true,
		      "-perf: not counted: instructions, cycles: seccomp or a "
		      "missing CAP_PERFMON refuses it (a container)");
	check_refusal(EACCES, 2, false,
		      "-perf: not counted: instructions, cycles: "
		      "kernel.perf_event_paranoid is 2, or seccomp refuses it");
	check_refusal(EPERM, BI_PERF_PARANOID_UNKNOWN, false,
		      "-perf: not counted: instructions, cycles: seccomp or a "
		      "missing CAP_PERFMON refuses it");
	check_refusal(ENOSYS, 1, false,
		      "-perf: not counted: instructions, cycles: the kernel has "
		      "no perf_event_open, or seccomp hides it");
	check_refusal(EMFILE, 1, false,
		      "-perf: not counted: instructions, cycles: too many open "
		      "files");
	check_refusal(E2BIG, 1, false,
		      "-perf: not counted: instructions, cycles: "
		      "perf_event_open: Argument list too long");
}

static void the_others_count_where_one_is_refused(void **state)
{
	struct bi_perf *perf;
	double value;

	(void)state;
	kernel.refused = PERF_COUNT_HW_CPU_CYCLES + 1;
	perf = begin("cycles,instructions,branches");
	bi_perf_start(perf);
	happen(6, 1);
	bi_perf_stop(perf);
	assert_false(bi_perf_value(perf, 0, &value));
	check(perf, 1, 6);
	check(perf, 2, 6);
	/* The first that is there leads. */
	assert_int_equal(kernel.event[1].leader, 0);
	check_explained(perf, "-perf: not counted: cycles: the "
			      "processor has no such counter");
	end(perf);
}

static void nothing_is_no_counter(void **state)
{
	(void)state;
	bi_perf_start(NULL);
	bi_perf_stop(NULL);
	bi_perf_reset(NULL);
	bi_perf_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			what_happens_between_start_and_stop_counts, set_up),
		cmocka_unit_test_setup(a_reset_forgets_and_turns_off, set_up),
		cmocka_unit_test_setup(its_own_cost_is_taken_off, set_up),
		cmocka_unit_test_setup(turns_are_projected_to_the_whole_time,
				       set_up),
		cmocka_unit_test_setup(an_event_that_had_no_turn_is_not_known,
				       set_up),
		cmocka_unit_test_setup(the_fifth_event_begins_a_group, set_up),
		cmocka_unit_test_setup(a_group_may_be_full_before, set_up),
		cmocka_unit_test_setup(at_level_two_the_kernel_is_left_out,
				       set_up),
		cmocka_unit_test_setup(a_refusal_is_one_line_with_its_cause,
				       set_up),
		cmocka_unit_test_setup(the_others_count_where_one_is_refused,
				       set_up),
		cmocka_unit_test_setup(nothing_is_no_counter, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
