/* hyperfine's JSON: {"results": [{"command": ..., "times": [...]}, ...]}, times
 * in seconds. */
#include "fmt/import_json.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

#include "fmt/draft.h"
#include "fmt/excerpt.h"

static struct bi_slice slice(const char *text)
{
	return (struct bi_slice){text, strlen(text)};
}

/* "/NAME=VALUE" for every parameter of the command. */
static int add_parameters(const json_t *result, struct bi_buf *out)
{
	const json_t *parameters = json_object_get(result, "parameters");
	const char *key;
	json_t *value;
	int rc = 0;

	json_object_foreach((json_t *)(uintptr_t)parameters, key, value) {
		if (rc == 0)
			rc = bi_buf_addc(out, '/');
		if (rc == 0)
			rc = bi_draft_word(out, slice(key));
		if (rc == 0)
			rc = bi_buf_addc(out, '=');
		if (rc == 0 && json_is_string(value))
			rc = bi_draft_word(out, bi_import_string(parameters, key));
	}
	return rc;
}

/* The run number I of the command called NAME. */
static int add_run(const json_t *result, size_t i, const struct bi_buf *name,
		   struct bi_buf *out, struct bench_error *err)
{
	const json_t *time =
		json_array_get(json_object_get(result, "times"), i);
	const json_t *memory = json_array_get(
		json_object_get(result, "memory_usage_byte"), i);
	int rc;

	if (!json_is_number(time))
		return bi_error_set(err, BENCH_EINPUT,
				    "a time that is no number");
	rc = bi_buf_add(out, name->data, name->len);
	if (rc == 0)
		rc = bi_draft_iterations(out, 1);
	if (rc == 0)
		rc = bi_draft_value(out, json_number_value(time),
				    slice("sec/op"));
	if (rc == 0 && json_is_number(memory))
		rc = bi_draft_value(out, json_number_value(memory),
				    slice("peak-B"));
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

static int add_result(const json_t *result, struct bi_buf *out,
		      struct bench_error *err)
{
	struct bi_slice command = bi_import_string(result, "command");
	const json_t *times = json_object_get(result, "times");
	struct bi_buf name = BI_BUF_INIT;
	size_t i;
	int rc;

	if (command.text == NULL)
		return bi_error_set(err, BENCH_EINPUT,
				    "a result without a command");
	if (!json_is_array(times))
		return bi_error_set(err, BENCH_EINPUT, "'%s' has no times",
				    bi_excerpt(command).text);
	rc = bi_draft_name(&name, command, false);
	if (rc == 0)
		rc = add_parameters(result, &name);
	for (i = 0; rc == 0 && i < json_array_size(times); i++)
		rc = add_run(result, i, &name, out, err);
	bi_buf_release(&name);
	return rc;
}

int bi_import_hyperfine(const struct json_t *value, struct bi_buf *out,
			struct bench_error *err)
{
	const json_t *list = json_object_get(value, "results");
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < json_array_size(list); i++)
		rc = add_result(json_array_get(list, i), out, err);
	return rc;
}
