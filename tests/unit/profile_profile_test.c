/* src/profile/profile.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <benchkit/profile.h>

#include "profile/profile.h"

static void add(struct bi_profile *profile, const uintptr_t *pcs, size_t depth,
		int64_t first, int64_t second)
{
	struct bi_sample sample = {.pcs = pcs,
				   .depth = depth,
				   .tags = bi_label_tags(),
				   .value = {first, second}};

	assert_int_equal(bi_profile_add(profile, &sample), 0);
}

static const uintptr_t one[] = {30, 20, 10}, two[] = {31, 20, 10};

static void equal_samples_become_one(void **state)
{
	struct bi_profile profile = BI_PROFILE_INIT;

	(void)state;
	add(&profile, one, 3, 1, 10);
	add(&profile, two, 3, 2, 40);
	add(&profile, one, 3, 3, 15);
	add(&profile, one, 2, 1, 1);
	assert_int_equal(bi_profile_merge(&profile), 0);
	assert_int_equal(profile.sample_count, 3);
	/* By the last value that differs, largest first. */
	assert_int_equal(profile.samples[0].value[1], 40);
	assert_int_equal(profile.samples[1].value[0], 4);
	assert_int_equal(profile.samples[1].value[1], 25);
	assert_int_equal(profile.samples[2].depth, 2);
	bi_profile_release(&profile);
}

static void samples_that_are_worth_nothing_go(void **state)
{
	struct bi_profile profile = BI_PROFILE_INIT;

	(void)state;
	add(&profile, one, 3, 5, 0);
	add(&profile, two, 3, 2, 0);
	add(&profile, one, 3, -5, 0);
	assert_int_equal(bi_profile_merge(&profile), 0);
	assert_int_equal(profile.sample_count, 1);
	assert_int_equal(profile.samples[0].value[0], 2);
	bi_profile_release(&profile);
}

static void an_empty_profile_stays_empty(void **state)
{
	struct bi_profile profile = BI_PROFILE_INIT;

	(void)state;
	assert_int_equal(bi_profile_merge(&profile), 0);
	assert_int_equal(profile.sample_count, 0);
	assert_int_equal(profile.location_count, 0);
	bi_profile_release(&profile);
}

static void every_address_has_one_location(void **state)
{
	struct bi_profile profile = BI_PROFILE_INIT;

	(void)state;
	add(&profile, one, 3, 1, 1);
	add(&profile, two, 3, 1, 1);
	assert_int_equal(bi_profile_merge(&profile), 0);
	assert_int_equal(profile.location_count, 4);
	assert_int_equal(bi_profile_location(&profile, 31)->pc, 31);
	assert_null(bi_profile_location(&profile, 11));
	bi_profile_release(&profile);
}

static void labels_tell_samples_apart(void **state)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	struct bi_label label;

	(void)state;
	add(&profile, one, 3, 1, 1);
	assert_int_equal(bench_profile_benchmark("BenchmarkX"), 0);
	add(&profile, one, 3, 1, 2);
	assert_int_equal(bench_profile_label("phase", "load"), 0);
	add(&profile, one, 3, 1, 3);
	assert_int_equal(bench_profile_benchmark(NULL), 0);
	assert_int_equal(bench_profile_label(NULL, NULL), 0);
	add(&profile, one, 3, 1, 4);
	assert_int_equal(bi_profile_merge(&profile), 0);
	assert_int_equal(profile.sample_count, 3);
	assert_int_equal(profile.samples[0].value[1], 5); /* without labels */
	assert_int_equal(profile.samples[1].value[1], 3);
	label = bi_label_of(profile.samples[1].tags.thread);
	assert_string_equal(label.key, "phase");
	assert_string_equal(label.value, "load");
	bi_profile_keep(&profile, "BenchmarkX");
	assert_int_equal(profile.sample_count, 2);
	bi_profile_keep(&profile, "BenchmarkY");
	assert_int_equal(profile.sample_count, 0);
	bi_profile_release(&profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_samples_become_one),
		cmocka_unit_test(samples_that_are_worth_nothing_go),
		cmocka_unit_test(an_empty_profile_stays_empty),
		cmocka_unit_test(every_address_has_one_location),
		cmocka_unit_test(labels_tell_samples_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
