/* src/profile/mutex.c: who waits for a lock, and what its holder is charged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "profile/kind.h"
#include "profile/mutex.h"
#include "profile/stack.h"

#define MS INT64_C(1000000)

static struct bi_instant ago(int64_t ns)
{
	return (struct bi_instant){bi_clock_now().ns - ns};
}

static int start(void **state)
{
	(void)state;
	bi_stack_prepare();
	return bi_mutex_kind.start(1, NULL);
}

static int stop(void **state)
{
	(void)state;
	bi_mutex_kind.stop();
	bi_mutex_kind.forget();
	return 0;
}

/* WANT, and what it took to ask: a second on the busiest machine. */
static void check(int64_t got, int64_t want)
{
	if (got < want - 100 || got > want + 1000 * MS)
		fail_msg("%lld, want %lld", (long long)got, (long long)want);
}

static char locks[1 << 16];

static void waiters_are_added_up(void **state)
{
	struct bi_mutex_place one, two;

	(void)state;
	assert_int_equal(bi_mutex_kept(&locks[0]), 0);
	bi_mutex_queue(&locks[0], ago(5000 * MS), &one);
	bi_mutex_queue(&locks[0], ago(3000 * MS), &two);
	check(bi_mutex_kept(&locks[0]), 8000 * MS);
	/* And start anew. */
	check(bi_mutex_kept(&locks[0]), 0);
	bi_mutex_unqueue(&one);
	bi_mutex_unqueue(&two);
	assert_int_equal(bi_mutex_kept(&locks[0]), 0);
	assert_int_equal(bi_mutex_slot_of(&locks[0])->waiters, 0);
}

/* One goes without a release, as it does when it has waited too long: the other's
 * time is still right. */
static void who_gives_up_takes_its_time_along(void **state)
{
	struct bi_mutex_place one = {0}, two = {0};

	(void)state;
	bi_mutex_queue(&locks[0], ago(5000 * MS), &one);
	bi_mutex_queue(&locks[0], ago(3000 * MS), &two);
	bi_mutex_unqueue(&one);
	check(bi_mutex_kept(&locks[0]), 3000 * MS);
	bi_mutex_unqueue(&two);
	assert_int_equal(bi_mutex_slot_of(&locks[0])->waiters, 0);
}

/* A lock of the same slot as LOCK, of another tag. */
static const char *neighbour(const char *lock)
{
	size_t i;

	for (i = 1; i < sizeof(locks); i++)
		if (&locks[i] != lock &&
		    bi_mutex_slot_of(&locks[i]) == bi_mutex_slot_of(lock) &&
		    (bi_mutex_hash(&locks[i]) & 0xfff) !=
			    (bi_mutex_hash(lock) & 0xfff))
			return &locks[i];
	return NULL;
}

static void a_neighbour_is_not_blamed(void **state)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	struct bi_mutex_place one = {0}, two = {0};
	const char *other = neighbour(&locks[0]);

	(void)state;
	assert_non_null(other);
	bi_mutex_queue(&locks[0], ago(5000 * MS), &one);
	assert_int_equal(bi_mutex_kept(other), 0);
	/* Its waiters are not seen, and that is said. */
	bi_mutex_queue(other, ago(3000 * MS), &two);
	assert_null(two.slot);
	bi_mutex_unqueue(&two);
	check(bi_mutex_kept(&locks[0]), 5000 * MS);
	bi_mutex_unqueue(&one);
	assert_int_equal(bi_mutex_kind.collect(&profile, NULL), 0);
	assert_int_equal(profile.comment_count, 1);
	assert_string_equal(profile.comments[0],
			    "1 waits have no holder: too many locks were "
			    "waited for at once");
	bi_profile_release(&profile);
}

static void more_waiters_than_can_be_counted_are_missed(void **state)
{
	static struct bi_mutex_place places[1100];
	size_t i;

	(void)state;
	for (i = 0; i < 1100; i++)
		bi_mutex_queue(&locks[0], ago(0), &places[i]);
	assert_non_null(places[1022].slot);
	assert_null(places[1023].slot);
	for (i = 0; i < 1100; i++)
		bi_mutex_unqueue(&places[i]);
	assert_int_equal(bi_mutex_slot_of(&locks[0])->waiters, 0);
}

static void who_waits_across_a_start_is_forgotten(void **state)
{
	struct bi_mutex_place one = {0};

	bi_mutex_queue(&locks[0], ago(5000 * MS), &one);
	stop(state);
	start(state);
	assert_int_equal(bi_mutex_kept(&locks[0]), 0);
	bi_mutex_unqueue(&one);
	assert_int_equal(bi_mutex_slot_of(&locks[0])->waiters, 0);
}

static void one_in_so_many_stands_for_all(void **state)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	int64_t count = 0, ns = 0;
	size_t i;

	(void)state;
	stop(state);
	assert_int_equal(bi_mutex_kind.start(10, NULL), 0);
	for (i = 0; i < 100000; i++)
		bi_mutex_add(30, __builtin_return_address(0));
	assert_int_equal(bi_mutex_kind.collect(&profile, NULL), 0);
	for (i = 0; i < profile.sample_count; i++) {
		count += profile.samples[i].value[0];
		ns += profile.samples[i].value[1];
	}
	/* Six standard deviations of 0.95 %. */
	if (count < 94300 || count > 105700)
		fail_msg("%lld, want about 100000", (long long)count);
	assert_int_equal(ns, count * 30);
	assert_int_equal(profile.period, 10);
	bi_profile_release(&profile);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		TEST(waiters_are_added_up),
		TEST(who_gives_up_takes_its_time_along),
		TEST(a_neighbour_is_not_blamed),
		TEST(more_waiters_than_can_be_counted_are_missed),
		TEST(who_waits_across_a_start_is_forgotten),
		TEST(one_in_so_many_stands_for_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
