/* BENCH_PROFILE, read before main(). */
#include "profile/environment.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <benchkit/profile.h>
#include <benchkit/profile_serve.h>

#include "base/duration.h"
#include "profile/note.h"

#define NS_PER_SEC INT64_C(1000000000)

#define DEFAULT_CAP_SECONDS 60

/* There if it was built, and, in an archive, if the program calls it. */
extern __typeof__(bench_profile_serve) bench_profile_serve
	__attribute__((weak));

/* Does ITEM begin with PREFIX?  Then what is behind it; else NULL. */
static const char *behind(const char *item, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(item, prefix, len) == 0 ? item + len : NULL;
}

static int set_cap(const char *text, struct bi_environment *out)
{
	int64_t ns;

	if (out->cap_seconds >= 0 || bi_duration_parse(text, &ns) < 0 || ns < 0)
		return BENCH_EINPUT;
	out->cap_seconds = ns / NS_PER_SEC + (ns % NS_PER_SEC != 0);
	return 0;
}

static int set_http(const char *text, struct bi_environment *out)
{
	size_t len = strlen(text);

	if (out->http[0] != '\0' || len == 0 || len >= sizeof(out->http))
		return BENCH_EINPUT;
	memcpy(out->http, text, len + 1);
	return 0;
}

static int set_item(const char *item, struct bi_environment *out)
{
	const char *value;

	if (strcmp(item, "sigusr2") == 0) {
		if (out->sigusr2)
			return BENCH_EINPUT;
		out->sigusr2 = true;
		return 0;
	}
	if ((value = behind(item, "cap=")) != NULL)
		return set_cap(value, out);
	if ((value = behind(item, "http=")) != NULL)
		return set_http(value, out);
	return BENCH_EINPUT;
}

int bi_environment_parse(const char *text, struct bi_environment *out,
			 struct bench_error *err)
{
	char item[256];

	*out = (struct bi_environment){.cap_seconds = -1};
	for (;;) {
		size_t len = strcspn(text, ",");

		if (len >= sizeof(item))
			return bi_error_set(err, BENCH_EINPUT, "too long");
		memcpy(item, text, len);
		item[len] = '\0';
		if (set_item(item, out) < 0)
			return bi_error_set(err, BENCH_EINPUT, "bad item '%s'",
					    item);
		if (text[len] == '\0')
			break;
		text += len + 1;
	}
	if (out->cap_seconds >= 0 && !out->sigusr2)
		return bi_error_set(err, BENCH_EINPUT, "a cap without sigusr2");
	if (out->cap_seconds < 0)
		out->cap_seconds = DEFAULT_CAP_SECONDS;
	return 0;
}

static int obey(const struct bi_environment *wish, struct bench_error *err)
{
	struct bench_profile_signals signals = BENCH_PROFILE_SIGNALS_INIT;
	int rc = 0;

	signals.cap_seconds = wish->cap_seconds;
	if (wish->sigusr2)
		rc = bench_profile_on_signal(SIGUSR2, &signals, err);
	if (rc == 0 && wish->http[0] != '\0') {
		if (bench_profile_serve == NULL)
			return bi_error_set(err, BENCH_ENOTSUP,
					    "no HTTP server in this program");
		rc = bench_profile_serve(wish->http, err);
	}
	return rc;
}

__attribute__((constructor)) static void read_environment(void)
{
	const char *text = getenv("BENCH_PROFILE");
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_environment wish;

	if (text == NULL || text[0] == '\0')
		return;
	if (bi_environment_parse(text, &wish, &err) < 0 || obey(&wish, &err) < 0)
		bi_note("BENCH_PROFILE: %s", err.text);
}
