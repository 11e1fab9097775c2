/* Things that happen, counted by the stack they happen in. */
#include "profile/events.h"

#include <inttypes.h>

#include "profile/text.h"

/* Different stacks; see cpu.c. */
#define ENTRIES ((size_t)1 << 15)

enum { COUNT, NS };

int bi_events_start(struct bi_events *events, struct bench_error *err)
{
	if (bi_table_init(&events->table, ENTRIES) < 0)
		return bi_error_nomem(err);
	bi_gate_open(&events->gate);
	return 0;
}

void bi_events_stop(struct bi_events *events)
{
	bi_gate_close(&events->gate);
}

void bi_events_forget(struct bi_events *events)
{
	bi_table_release(&events->table);
}

void bi_events_forked(struct bi_events *events)
{
	bi_gate_reset(&events->gate);
	bi_table_release(&events->table);
}

static void add(struct bi_events *events, const void *caller, int64_t count,
		int64_t ns)
{
	struct bi_entry_key key = {.tags = bi_label_tags()};
	struct bi_stack stack;
	struct bi_entry *entry;

	bi_stack_from(caller, &stack);
	entry = bi_table_find(&events->table, &stack, &key);
	if (entry == NULL)
		return;
	bi_entry_add(entry, COUNT, count);
	bi_entry_add(entry, NS, ns);
}

void bi_events_add(struct bi_events *events, const void *caller, int64_t count,
		   int64_t ns)
{
	if (!bi_gate_is_open(&events->gate))
		return;
	if (bi_gate_enter(&events->gate))
		add(events, caller, count, ns);
	bi_gate_leave(&events->gate);
}

int bi_events_collect(const struct bi_events *events, struct bi_profile *out)
{
	int64_t dropped = atomic_load(&events->table.dropped);
	const struct bi_entry *entry;
	size_t cursor = 0;
	int rc = 0;

	while (rc == 0 &&
	       (entry = bi_table_next(&events->table, &cursor)) != NULL) {
		struct bi_sample sample = {
			.pcs = bi_entry_pcs(&events->table, entry),
			.depth = entry->depth,
			.tags = entry->key.tags,
			.value = {atomic_load(&entry->value[COUNT]),
				  atomic_load(&entry->value[NS])},
		};

		rc = bi_profile_add(out, &sample);
	}
	if (rc == 0 && dropped > 0)
		rc = bi_profile_comment(out,
					"%lld events were dropped: too many "
					"different stacks",
					(long long)dropped);
	return rc;
}

void bi_events_set_contentions(struct bi_profile *out)
{
	out->type[COUNT] = (struct bi_value_type){"contentions", "count"};
	out->type[NS] = (struct bi_value_type){"delay", "nanoseconds"};
	out->type_count = 2;
	out->period_type = out->type[COUNT];
}

int bi_events_text(const struct bi_profile *profile, struct bi_buf *out)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < profile->sample_count; i++) {
		const struct bi_sample *sample = &profile->samples[i];

		rc = bi_buf_addf(out, "%" PRId64 " %" PRId64,
				 sample->value[NS], sample->value[COUNT]);
		if (rc == 0)
			rc = bi_text_stack(profile, sample, out);
		if (rc == 0)
			rc = bi_text_frames(profile, sample, out);
		if (rc == 0)
			rc = bi_buf_addc(out, '\n');
	}
	return rc;
}
