/* src/profile/proto.c, gzip.c, text.c and folded.c: one profile, made by hand,
 * in every form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <profile/profile.pb-c.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <benchkit/profile.h>

#include "profile/folded.h"
#include "profile/gzip.h"
#include "profile/proto.h"
#include "profile/text.h"

/*	main ── work ── leaf (into which tiny is inlined)	3, 30
 *	main ── work						2, 20
 *	main ── 0x4000, which has no name			1, 10
 *	main ── 0x9000, which is nowhere			1,  5	*/
static const uintptr_t deep[] = {0x1030, 0x1020, 0x1010};
static const uintptr_t flat[] = {0x1020, 0x1010};
static const uintptr_t unnamed[] = {0x4000, 0x1010};
static const uintptr_t nowhere[] = {0x9000, 0x1010};

static const struct bi_line main_line = {"main", "m.c", 7, 0x1000};
static const struct bi_line work_line = {"work", "", 0, 0x1018};
static const struct bi_line leaf_lines[] = {{"tiny", "t.h", 3, 0},
					    {"leaf", "m.c", 42, 0x1028}};

static void add(struct bi_profile *profile, const uintptr_t *pcs, size_t depth,
		int64_t count, int64_t bytes)
{
	struct bi_sample sample = {.pcs = pcs,
				   .depth = depth,
				   .tags = bi_label_tags(),
				   .bytes = bytes,
				   .value = {count, 10 * count}};

	assert_int_equal(bi_profile_add(profile, &sample), 0);
}

static void name(struct bi_profile *profile, uintptr_t pc, size_t mapping,
		 const struct bi_line *lines, size_t count)
{
	struct bi_location *location =
		(struct bi_location *)bi_profile_location(profile, pc);

	location->mapping = mapping;
	location->lines = lines;
	location->line_count = count;
}

static void make(struct bi_profile *profile)
{
	*profile = (struct bi_profile){
		.name = "cpu",
		.type = {{"samples", "count"}, {"cpu", "nanoseconds"}},
		.type_count = 2,
		.default_type = "cpu",
		.period_type = {"cpu", "nanoseconds"},
		.period = 10,
		.time_ns = 1234,
		.duration_ns = 5678,
		.leaf_is_exact = true,
	};
	bench_profile_benchmark("BenchmarkX");
	bench_profile_label("phase", "load");
	add(profile, deep, 3, 3, 0);
	bench_profile_benchmark(NULL);
	bench_profile_label(NULL, NULL);
	add(profile, flat, 2, 2, 0);
	add(profile, unnamed, 2, 1, 0);
	add(profile, nowhere, 2, 1, 64);
	assert_int_equal(bi_profile_comment(profile, "%d drops", 9), 0);
	assert_int_equal(bi_profile_merge(profile), 0);
	profile->mappings = calloc(2, sizeof(*profile->mappings));
	profile->mappings[0] = (struct bi_mapping){
		.start = 0x1000, .limit = 0x2000, .file = "/bin/prog",
		.build_id = "00ff", .offset = 0x100, .named = true,
		.lined = true};
	profile->mappings[1] = (struct bi_mapping){
		.start = 0x4000, .limit = 0x5000, .file = "/lib/libx.so",
		.build_id = ""};
	profile->mapping_count = 2;
	profile->main_mapping = 0;
	name(profile, 0x1010, 0, &main_line, 1);
	name(profile, 0x1020, 0, &work_line, 1);
	name(profile, 0x1030, 0, leaf_lines, 2);
	name(profile, 0x4000, 1, NULL, 0);
	name(profile, 0x9000, 2, NULL, 0);
}

typedef Perftools__Profiles__Profile Profile;
typedef Perftools__Profiles__Sample Sample;
typedef Perftools__Profiles__Location Location;

static Profile *parse(const struct bi_buf *bytes)
{
	Profile *parsed = perftools__profiles__profile__unpack(
		NULL, bytes->len, (const uint8_t *)bytes->data);

	assert_non_null(parsed);
	assert_string_equal(parsed->string_table[0], "");
	return parsed;
}

#define TEXT(profile, index) ((profile)->string_table[index])

static const char *function_name(const Profile *p, const Location *location,
				 size_t line)
{
	uint64_t id = location->line[line]->function_id;

	assert_int_equal(p->function[id - 1]->id, id);
	return TEXT(p, p->function[id - 1]->name);
}

static void the_message_says_what_the_profile_does(void **state)
{
	struct bi_profile profile;
	struct bi_buf bytes = BI_BUF_INIT;
	const Location *location;
	const Sample *sample;
	Profile *p;

	(void)state;
	make(&profile);
	assert_int_equal(bi_proto_write(&profile, &bytes), 0);
	p = parse(&bytes);
	assert_int_equal(p->n_sample_type, 2);
	assert_string_equal(TEXT(p, p->sample_type[1]->type), "cpu");
	assert_string_equal(TEXT(p, p->sample_type[1]->unit), "nanoseconds");
	assert_string_equal(TEXT(p, p->default_sample_type), "cpu");
	assert_string_equal(TEXT(p, p->period_type->type), "cpu");
	assert_int_equal(p->period, 10);
	assert_int_equal(p->time_nanos, 1234);
	assert_int_equal(p->duration_nanos, 5678);
	assert_int_equal(p->n_comment, 1);
	assert_string_equal(TEXT(p, p->comment[0]), "9 drops");

	assert_int_equal(p->n_mapping, 2);
	assert_int_equal(p->mapping[0]->id, 1);
	assert_int_equal(p->mapping[0]->memory_start, 0x1000);
	assert_int_equal(p->mapping[0]->memory_limit, 0x2000);
	assert_int_equal(p->mapping[0]->file_offset, 0x100);
	assert_string_equal(TEXT(p, p->mapping[0]->filename), "/bin/prog");
	assert_string_equal(TEXT(p, p->mapping[0]->build_id), "00ff");
	assert_true(p->mapping[0]->has_functions);
	assert_true(p->mapping[0]->has_inline_frames);
	assert_false(p->mapping[1]->has_functions);

	assert_int_equal(p->n_sample, 4);
	sample = p->sample[0];
	assert_int_equal(sample->n_location_id, 3);
	assert_int_equal(sample->n_value, 2);
	assert_int_equal(sample->value[0], 3);
	assert_int_equal(sample->value[1], 30);
	assert_int_equal(sample->n_label, 2);
	assert_string_equal(TEXT(p, sample->label[0]->key), "benchmark");
	assert_string_equal(TEXT(p, sample->label[0]->str), "BenchmarkX");
	assert_string_equal(TEXT(p, sample->label[1]->key), "phase");
	location = p->location[sample->location_id[0] - 1];
	assert_int_equal(location->id, sample->location_id[0]);
	assert_int_equal(location->address, 0x1030);
	assert_int_equal(location->mapping_id, 1);
	assert_int_equal(location->n_line, 2);
	assert_string_equal(function_name(p, location, 0), "tiny");
	assert_string_equal(function_name(p, location, 1), "leaf");
	assert_int_equal(location->line[1]->line, 42);
	perftools__profiles__profile__free_unpacked(p, NULL);
	bi_buf_release(&bytes);
	bi_profile_release(&profile);
}

static void what_has_no_name_keeps_its_address(void **state)
{
	struct bi_profile profile;
	struct bi_buf bytes = BI_BUF_INIT;
	const Location *location;
	Profile *p;
	size_t i, seen = 0;

	(void)state;
	make(&profile);
	assert_int_equal(bi_proto_write(&profile, &bytes), 0);
	p = parse(&bytes);
	for (i = 0; i < p->n_location; i++) {
		location = p->location[i];
		if (location->n_line > 0)
			continue;
		seen++;
		assert_int_equal(location->mapping_id,
				 location->address == 0x4000 ? 2 : 0);
	}
	assert_int_equal(seen, 2);
	for (i = 0, seen = 0; i < p->n_sample; i++) {
		if (p->sample[i]->n_label == 1) {
			seen++;
			assert_int_equal(p->sample[i]->label[0]->num, 64);
		}
	}
	assert_int_equal(seen, 1);
	perftools__profiles__profile__free_unpacked(p, NULL);
	bi_buf_release(&bytes);
	bi_profile_release(&profile);
}

/* dl_iterate_phdr and /proc/self/maps need not begin with the program. */
static void the_programs_mapping_is_the_first(void **state)
{
	struct bi_profile profile;
	struct bi_buf bytes = BI_BUF_INIT;
	Profile *p;

	(void)state;
	make(&profile);
	profile.main_mapping = 1;
	assert_int_equal(bi_proto_write(&profile, &bytes), 0);
	p = parse(&bytes);
	assert_string_equal(TEXT(p, p->mapping[0]->filename), "/lib/libx.so");
	assert_string_equal(TEXT(p, p->mapping[1]->filename), "/bin/prog");
	assert_int_equal(p->mapping[1]->id, 2);
	perftools__profiles__profile__free_unpacked(p, NULL);
	bi_buf_release(&bytes);
	bi_profile_release(&profile);
}

static void an_empty_profile_is_a_message_too(void **state)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	struct bi_buf bytes = BI_BUF_INIT;
	Profile *p;

	(void)state;
	assert_int_equal(bi_profile_merge(&profile), 0);
	assert_int_equal(bi_proto_write(&profile, &bytes), 0);
	p = parse(&bytes);
	assert_int_equal(p->n_sample, 0);
	perftools__profiles__profile__free_unpacked(p, NULL);
	bi_buf_release(&bytes);
	bi_profile_release(&profile);
}

static void check_text(int (*write)(const struct bi_profile *profile,
				    struct bi_buf *out),
		       const char *want)
{
	struct bi_profile profile;
	struct bi_buf out = BI_BUF_INIT;

	make(&profile);
	assert_int_equal(write(&profile, &out), 0);
	assert_string_equal(bi_buf_str(&out), want);
	bi_buf_release(&out);
	bi_profile_release(&profile);
}

static void text_is_gos(void **state)
{
	(void)state;
	check_text(bi_text_write,
		   "cpu profile: total 7\n"
		   "3 @ 0x1030 0x1021 0x1011\n"
		   "#\t0x1030\ttiny+0x0\tt.h:3\n"
		   "#\t0x1030\tleaf+0x8\tm.c:42\n"
		   "#\t0x1021\twork+0x9\t??:0\n"
		   "#\t0x1011\tmain+0x11\tm.c:7\n"
		   "\n"
		   "2 @ 0x1020 0x1011\n"
		   "#\t0x1020\twork+0x8\t??:0\n"
		   "#\t0x1011\tmain+0x11\tm.c:7\n"
		   "\n"
		   "1 @ 0x4000 0x1011\n"
		   "#\t0x4000\n"
		   "#\t0x1011\tmain+0x11\tm.c:7\n"
		   "\n"
		   "1 @ 0x9000 0x1011\n"
		   "#\t0x9000\n"
		   "#\t0x1011\tmain+0x11\tm.c:7\n"
		   "\n");
}

static void folded_stacks_begin_with_the_outermost(void **state)
{
	(void)state;
	check_text(bi_folded_write, "main;0x9000 10\n"
				    "main;[libx.so] 10\n"
				    "main;work 20\n"
				    "main;work;leaf;tiny 30\n");
}

static void what_is_zipped_can_be_unzipped(void **state)
{
	struct bi_buf in = BI_BUF_INIT, zipped = BI_BUF_INIT;
	unsigned char out[100000];
	z_stream z = {0};

	(void)state;
	assert_int_equal(bi_buf_fill(&in, 'x', 50000), 0);
	assert_int_equal(bi_buf_adds(&zipped, "before"), 0);
	assert_int_equal(bi_gzip(in.data, in.len, &zipped), 0);
	assert_memory_equal(zipped.data, "before\x1f\x8b", 8);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_in = (Bytef *)zipped.data + 6;
	z.avail_in = (uInt)zipped.len - 6;
	z.next_out = out;
	z.avail_out = sizeof(out);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, in.len);
	assert_memory_equal(out, in.data, in.len);
	inflateEnd(&z);
	bi_buf_release(&in);
	bi_buf_release(&zipped);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_message_says_what_the_profile_does),
		cmocka_unit_test(what_has_no_name_keeps_its_address),
		cmocka_unit_test(the_programs_mapping_is_the_first),
		cmocka_unit_test(an_empty_profile_is_a_message_too),
		cmocka_unit_test(text_is_gos),
		cmocka_unit_test(folded_stacks_begin_with_the_outermost),
		cmocka_unit_test(what_is_zipped_can_be_unzipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
