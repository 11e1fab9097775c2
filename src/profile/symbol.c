/* Addresses become functions, files and lines.
 *
 * libbacktrace learns once which objects are loaded, and what it has read it
 * never gives back.  So there is one state for the process, and a new one only
 * when an address lies in a file that came with a dlopen since. */
#include "profile/symbol.h"

#include <backtrace.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"

/* What a state knows of: where a file was loaded. */
struct known {
	uintptr_t start;
	uint32_t file; /* hash of its name */
};

static struct {
	struct backtrace_state *state; /* NULL: none yet, or no memory */
	struct known *known;
	size_t known_count;
} symbols;

/* ---- The state ---- */

static void ignore_error(void *arg, const char *message, int number)
{
	(void)arg;
	(void)message;
	(void)number;
}

static struct known known_of(const struct bi_mapping *mapping)
{
	return (struct known){mapping->start,
			      bi_map_hash(mapping->file,
					  strlen(mapping->file))};
}

static bool is_known(const struct bi_mapping *mapping)
{
	struct known wanted = known_of(mapping);
	size_t i;

	for (i = 0; i < symbols.known_count; i++)
		if (symbols.known[i].start == wanted.start &&
		    symbols.known[i].file == wanted.file)
			return true;
	return false;
}

static bool all_known(const struct bi_profile *profile)
{
	size_t i;

	for (i = 0; i < profile->mapping_count; i++)
		if (profile->mappings[i].used &&
		    !is_known(&profile->mappings[i]))
			return false;
	return symbols.state != NULL;
}

static int renew_state(const struct bi_profile *profile)
{
	struct known *known;
	size_t i;

	known = calloc(profile->mapping_count + 1, sizeof(*known));
	if (known == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < profile->mapping_count; i++)
		known[i] = known_of(&profile->mappings[i]);
	free(symbols.known);
	symbols.known = known;
	symbols.known_count = profile->mapping_count;
	symbols.state = backtrace_create_state(NULL, 0, ignore_error, NULL);
	return symbols.state == NULL ? BENCH_ENOMEM : 0;
}

/* ---- One address ---- */

/* What is found of a location, while it is. */
struct finding {
	struct bi_profile *profile;
	struct bi_line *lines;
	size_t count;
	size_t capacity;
	bool no_memory;
};

static void add(struct finding *finding, struct bi_line line)
{
	if (finding->count == finding->capacity) {
		size_t capacity = finding->capacity * 2 + 8;
		struct bi_line *lines = reallocarray(finding->lines, capacity,
						     sizeof(*lines));

		if (lines == NULL) {
			finding->no_memory = true;
			return;
		}
		finding->lines = lines;
		finding->capacity = capacity;
	}
	finding->lines[finding->count++] = line;
}

static const char *copy(struct finding *finding, const char *text)
{
	const char *kept = bi_arena_copy(&finding->profile->arena, text,
					 strlen(text));

	if (kept == NULL)
		finding->no_memory = true;
	return kept;
}

/* libbacktrace's, for each function at an address, innermost first. */
static int take_line(void *arg, uintptr_t pc, const char *file, int number,
		     const char *function)
{
	struct finding *finding = arg;
	struct bi_line line = {.line = number};

	(void)pc;
	if (function == NULL)
		return 0;
	line.function = copy(finding, function);
	line.file = copy(finding, file == NULL ? "" : file);
	if (line.function != NULL && line.file != NULL)
		add(finding, line);
	return 0;
}

/* libbacktrace's, for the symbol at an address: the function that is really
 * there, into which others were inlined. */
static void take_symbol(void *arg, uintptr_t pc, const char *name,
			uintptr_t start, uintptr_t size)
{
	struct finding *finding = arg;
	struct bi_line line = {.file = "", .start = start};

	(void)pc;
	(void)size;
	if (name == NULL)
		return;
	if (finding->count > 0) {
		finding->lines[finding->count - 1].start = start;
		return;
	}
	line.function = copy(finding, name);
	if (line.function != NULL)
		add(finding, line);
}

static int resolve(struct finding *finding, struct bi_location *location)
{
	size_t size;
	void *lines;

	finding->count = 0;
	backtrace_pcinfo(symbols.state, location->pc, take_line, ignore_error,
			 finding);
	backtrace_syminfo(symbols.state, location->pc, take_symbol,
			  ignore_error, finding);
	if (finding->count == 0)
		return finding->no_memory ? BENCH_ENOMEM : 0;
	size = finding->count * sizeof(*finding->lines);
	lines = bi_arena_alloc(&finding->profile->arena, size);
	if (lines == NULL || finding->no_memory)
		return BENCH_ENOMEM;
	memcpy(lines, finding->lines, size);
	location->lines = lines;
	location->line_count = finding->count;
	return 0;
}

/* ---- All of them ---- */

static void mark(struct bi_profile *profile, const struct bi_location *location)
{
	struct bi_mapping *mapping;

	if (location->mapping == profile->mapping_count ||
	    location->line_count == 0)
		return;
	mapping = &profile->mappings[location->mapping];
	mapping->named = true;
	if (location->lines[0].file[0] != '\0')
		mapping->lined = true;
}

static int comment(struct bi_profile *profile)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < profile->mapping_count; i++) {
		const struct bi_mapping *mapping = &profile->mappings[i];

		if (!mapping->used || mapping->lined)
			continue;
		if (mapping->named)
			rc = bi_profile_comment(profile,
						"%s has no lines: built "
						"without -g, or stripped of "
						"them",
						mapping->file);
		else
			rc = bi_profile_comment(profile,
						"%s has no names for what was "
						"sampled: stripped",
						mapping->file);
	}
	return rc;
}

int bi_symbol_resolve(struct bi_profile *profile)
{
	struct finding finding = {.profile = profile};
	size_t i;
	int rc = all_known(profile) ? 0 : renew_state(profile);

	for (i = 0; rc == 0 && i < profile->location_count; i++) {
		struct bi_location *location = &profile->locations[i];

		if (location->mapping == profile->mapping_count)
			continue;
		rc = resolve(&finding, location);
		mark(profile, location);
	}
	free(finding.lines);
	return rc == 0 ? comment(profile) : rc;
}
