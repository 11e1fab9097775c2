/* src/profile/threads_text.c, and the texts of block and mutex: what people
 * read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "profile/kind.h"
#include "profile/threads_text.h"

static const uintptr_t pcs[] = {0x1009, 0x2009, 0x3009};

static const struct bi_line inner[] = {
	{"inlined", "/src/a.h", 3, 0},
	{"take", "/src/a.c", 42, 0x1000},
};
static const struct bi_line outer[] = {{"main", "", 0, 0x2000}};

static struct bi_location locations[] = {
	{0x1009, 0, inner, 2},
	{0x2009, 0, outer, 1},
	{0x3009, 0, NULL, 0},
};

static struct bi_seen_thread threads[] = {
	{11, "main", "sleeping", "futex_wait_queue", pcs, 3},
	{12, "deaf", "blocks the signal", "", NULL, 0},
};

static struct bi_sample samples[] = {
	{.pcs = pcs, .depth = 3, .value = {3, 365000000}},
};

static struct bi_profile profile = {
	.name = "x",
	.threads = threads,
	.thread_count = 2,
	.samples = samples,
	.sample_count = 1,
	.locations = locations,
	.location_count = 3,
	.period = 5,
};

static void check(int (*write)(const struct bi_profile *, struct bi_buf *),
		  const char *want)
{
	struct bi_buf out = BI_BUF_INIT;

	assert_int_equal(write(&profile, &out), 0);
	assert_string_equal(bi_buf_str(&out), want);
	bi_buf_release(&out);
}

static void each_thread_has_its_stack(void **state)
{
	(void)state;
	check(bi_threads_text, "thread 11 \"main\" [sleeping, "
			       "futex_wait_queue]:\n"
			       "inlined\n"
			       "\t/src/a.h:3\n"
			       "take\n"
			       "\t/src/a.c:42 +0x9\n"
			       "main\n"
			       "\t??:0 +0x9\n"
			       "0x3009\n"
			       "\n"
			       "thread 12 \"deaf\" [blocks the signal]:\n"
			       "\n");
}

#define RECORD                                                                 \
	"365000000 3 @ 0x100a 0x200a 0x300a\n"                                 \
	"#\t0x100a\tinlined+0x0\t/src/a.h:3\n"                                 \
	"#\t0x100a\ttake+0xa\t/src/a.c:42\n"                                   \
	"#\t0x200a\tmain+0xa\t??:0\n"                                          \
	"#\t0x300a\n\n"

static void waits_have_delay_and_count(void **state)
{
	(void)state;
	check(bi_block_kind.text, "--- contention:\n"
				  "cycles/second=1000000000\n" RECORD);
	check(bi_mutex_kind.text, "--- mutex:\n"
				  "cycles/second=1000000000\n"
				  "sampling period=5\n" RECORD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_thread_has_its_stack),
		cmocka_unit_test(waits_have_delay_and_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
