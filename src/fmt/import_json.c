/* JSON for the imports: any number of values, each of which shows which tool
 * it comes from. */
#include "fmt/import_json.h"

#include <jansson.h>
#include <limits.h>
#include <string.h>

#include "fmt/excerpt.h"

struct bi_slice bi_import_string(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_string(value))
		return (struct bi_slice){NULL, 0};
	return (struct bi_slice){json_string_value(value),
				 json_string_length(value)};
}

bool bi_import_number(const json_t *object, const char *key, double *out)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_number(value))
		return false;
	*out = json_number_value(value);
	return true;
}

/* What jansson has to say quotes the input. */
static int set_error(struct bench_error *err, const json_error_t *problem)
{
	struct bi_slice text = {problem->text, strlen(problem->text)};

	/* Where memory runs out it mostly has nothing to say. */
	if (text.len == 0 ||
	    json_error_code(problem) == json_error_out_of_memory)
		return bi_error_nomem(err);
	return bi_error_set(err, BENCH_EINPUT, "invalid JSON: %s",
			    bi_excerpt(text).text);
}

static int count_lines(const char *data, size_t len)
{
	const char *end = data + len;
	int lines = 0;

	while (lines < INT_MAX &&
	       (data = memchr(data, '\n', (size_t)(end - data))) != NULL) {
		data++;
		lines++;
	}
	return lines;
}

static size_t skip_blanks(const char *data, size_t len, size_t i)
{
	while (i < len && (data[i] == ' ' || data[i] == '\t' ||
			   data[i] == '\n' || data[i] == '\r'))
		i++;
	return i;
}

struct json_t *bi_import_parse(const char *data, size_t len, size_t *next,
			     struct bench_error *err)
{
	json_error_t problem = {.line = 0};
	json_t *value;

	/* jansson counts bytes in an int. */
	if (len - *next > INT_MAX) {
		bi_error_set(err, BENCH_EINPUT, "JSON of 2 GiB or more");
		return NULL;
	}
	value = json_loadb(data + *next, len - *next,
			   JSON_DISABLE_EOF_CHECK | JSON_DECODE_INT_AS_REAL,
			   &problem);
	if (value == NULL) {
		set_error(err, &problem);
		if (err != NULL && problem.line > 0)
			err->line = count_lines(data, *next) + problem.line;
		return NULL;
	}
	*next = skip_blanks(data, len, *next + (size_t)problem.position);
	return value;
}

/* The number of bytes at TEXT (LEN bytes) that stand for what is no finite
 * number. */
static size_t word_length(const char *text, size_t len)
{
	static const char *const word[] = {"-Infinity", "Infinity", "-NaN",
					   "NaN",	"-nan",	    "nan",
					   "-inf",	"inf"};
	size_t i;

	for (i = 0; i < sizeof(word) / sizeof(word[0]); i++) {
		size_t size = strlen(word[i]);

		if (len >= size && memcmp(text, word[i], size) == 0)
			return size;
	}
	return 0;
}

/* JSON has no NaN and no infinities, but tools written in C++ print them all
 * the same.  Each becomes an empty string, which is no number; the text keeps
 * its length. */
static void mask_words(char *data, size_t len)
{
	bool in_string = false;
	size_t i, size;

	for (i = 0; i < len; i++) {
		if (data[i] == '"') {
			in_string = !in_string;
		} else if (in_string) {
			/* What is escaped ends no string. */
			i += data[i] == '\\';
		} else {
			size = word_length(data + i, len - i);
			if (size == 0)
				continue;
			memset(data + i, ' ', size);
			memcpy(data + i, "\"\"", 2);
			i += size - 1;
		}
	}
}

/* A line of a benchmark program's -json, or of "go test -json": the text that
 * it stands for. */
static int import_action(const json_t *value, struct bi_buf *out)
{
	struct bi_slice text = bi_import_string(value, "Output");
	struct bi_slice action = bi_import_string(value, "Action");

	if (text.text == NULL ||
	    !bi_slice_equal(action, (struct bi_slice){"output", 6}))
		return 0;
	return bi_buf_add(out, text.text, text.len);
}

static int import_value(const json_t *value, struct bi_buf *out,
			struct bench_error *err)
{
	if (json_is_string(json_object_get(value, "Action")))
		return import_action(value, out);
	if (json_is_array(json_object_get(value, "benchmarks")))
		return bi_import_google_json(value, out, err);
	if (json_is_array(json_object_get(value, "results")))
		return bi_import_hyperfine(value, out, err);
	if (json_is_array(json_object_get(value, "tables")))
		return bi_import_table_json(value, out, err);
	return bi_error_set(err, BENCH_EINPUT,
			    "JSON, but not as Google Benchmark, hyperfine, "
			    "-json or benchstat write it");
}

int bi_import_json(char *data, size_t len, struct bi_buf *out,
		   struct bench_error *err)
{
	size_t next = skip_blanks(data, len, 0), begin;
	int rc = 0;

	mask_words(data, len);
	while (rc == 0 && next < len) {
		json_t *value;

		begin = next;
		value = bi_import_parse(data, len, &next, err);
		if (value == NULL)
			return err == NULL ? BENCH_EINPUT : err->code;
		rc = import_value(value, out, err);
		json_decref(value);
		if (rc == BENCH_ENOMEM)
			bi_error_nomem(err);
		if (rc < 0 && err != NULL)
			err->line = count_lines(data, begin) + 1;
	}
	return rc;
}
