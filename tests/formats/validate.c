/* validate SCHEMA DOCUMENT: whether a JSON document is as a JSON Schema says.
 * Of the language (draft 7) as much as benchstat.schema.json uses; a keyword
 * that is not known here is an error, not a licence. */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Where the document is looked at, and in which schema. */
struct place {
	const json_t *root; /* of the schema */
	const json_t *schema;
	const json_t *value;
	const char *name; /* of the value, in its object */
};

static bool check(struct place place);

static bool complain(const struct place *place, const char *what)
{
	fprintf(stderr, "%s: %s\n", place->name, what);
	return false;
}

static bool has_type(const json_t *value, const char *type)
{
	if (strcmp(type, "object") == 0)
		return json_is_object(value);
	if (strcmp(type, "array") == 0)
		return json_is_array(value);
	if (strcmp(type, "string") == 0)
		return json_is_string(value);
	if (strcmp(type, "number") == 0)
		return json_is_number(value);
	if (strcmp(type, "integer") == 0)
		return json_is_integer(value);
	if (strcmp(type, "boolean") == 0)
		return json_is_boolean(value);
	return false;
}

/* What "#/definitions/NAME" stands for. */
static const json_t *resolve(const struct place *place, const char *ref)
{
	const char *prefix = "#/definitions/";

	if (strncmp(ref, prefix, strlen(prefix)) != 0)
		return NULL;
	return json_object_get(json_object_get(place->root, "definitions"),
			       ref + strlen(prefix));
}

static bool check_enum(const struct place *place, const json_t *values)
{
	size_t i;

	for (i = 0; i < json_array_size(values); i++) {
		if (json_equal(json_array_get(values, i), place->value))
			return true;
	}
	return complain(place, "not one of the values");
}

/* Quietly: of several, one is enough. */
static bool check_any(const struct place *place, const json_t *schemas)
{
	struct place below = *place;
	size_t i;

	for (i = 0; i < json_array_size(schemas); i++) {
		const json_t *type;

		below.schema = json_array_get(schemas, i);
		type = json_object_get(below.schema, "type");
		if (type != NULL &&
		    !has_type(place->value, json_string_value(type)))
			continue;
		if (check(below))
			return true;
	}
	return complain(place, "none of the alternatives");
}

static bool check_required(const struct place *place, const json_t *names)
{
	size_t i;

	for (i = 0; i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));

		if (json_object_get(place->value, name) == NULL)
			return complain(place, name);
	}
	return true;
}

static bool check_properties(const struct place *place,
			     const json_t *properties)
{
	const json_t *more =
		json_object_get(place->schema, "additionalProperties");
	struct place below = *place;
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)place->value, name, value) {
		below.schema = json_object_get(properties, name);
		below.value = value;
		below.name = name;
		if (below.schema == NULL && json_is_false(more))
			return complain(&below, "not in the schema");
		if (below.schema != NULL && !check(below))
			return false;
	}
	return true;
}

static bool check_items(const struct place *place, const json_t *schema)
{
	struct place below = *place;
	size_t i;

	below.schema = schema;
	for (i = 0; i < json_array_size(place->value); i++) {
		below.value = json_array_get(place->value, i);
		if (!check(below))
			return false;
	}
	return true;
}

static bool check_keyword(struct place *place, const char *keyword,
			  const json_t *argument)
{
	static const char *const silent[] = {
		"$schema", "title", "description", "definitions",
		"additionalProperties"};
	size_t i;

	if (strcmp(keyword, "type") == 0)
		return has_type(place->value, json_string_value(argument)) ||
		       complain(place, "of another type");
	if (strcmp(keyword, "enum") == 0)
		return check_enum(place, argument);
	if (strcmp(keyword, "anyOf") == 0)
		return check_any(place, argument);
	if (strcmp(keyword, "required") == 0)
		return check_required(place, argument);
	if (strcmp(keyword, "properties") == 0)
		return check_properties(place, argument);
	if (strcmp(keyword, "items") == 0)
		return check_items(place, argument);
	if (strcmp(keyword, "$ref") == 0) {
		struct place there = *place;

		there.schema = resolve(place, json_string_value(argument));
		return there.schema != NULL ? check(there)
					    : complain(place, "a bad $ref");
	}
	for (i = 0; i < sizeof(silent) / sizeof(silent[0]); i++) {
		if (strcmp(keyword, silent[i]) == 0)
			return true;
	}
	return complain(place, keyword);
}

static bool check(struct place place)
{
	const char *keyword;
	json_t *argument;

	json_object_foreach((json_t *)place.schema, keyword, argument) {
		if (!check_keyword(&place, keyword, argument))
			return false;
	}
	return true;
}

static json_t *load(const char *path)
{
	json_error_t error;
	json_t *value = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

	if (value == NULL)
		fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
	return value;
}

int main(int argc, char **argv)
{
	json_t *schema, *document;
	bool valid = false;

	if (argc != 3)
		return 2;
	schema = load(argv[1]);
	document = load(argv[2]);
	if (schema != NULL && document != NULL)
		valid = check((struct place){schema, schema, document, "it"});
	json_decref(schema);
	json_decref(document);
	return valid ? 0 : 1;
}
