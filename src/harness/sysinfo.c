/* What is known about the machine. */
#include "harness/sysinfo.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "base/error.h"

const char *bi_sysinfo_os(void)
{
	return "linux";
}

const char *bi_sysinfo_arch(void)
{
#if defined(__x86_64__)
	return "amd64";
#elif defined(__aarch64__)
	return "arm64";
#else
#error "benchkit runs on x86-64 and aarch64"
#endif
}

/* Value of the line "NAME...: VALUE" of FILE into OUT (SIZE bytes), without its
 * newline.  LINES are read at most. */
static bool read_field(const char *path, const char *name, char *out,
		       size_t size)
{
	FILE *file = fopen(path, "re");
	char line[512];
	bool found = false;

	if (file == NULL)
		return false;
	while (!found && fgets(line, sizeof(line), file) != NULL) {
		char *colon = strchr(line, ':');

		if (colon == NULL || strncmp(line, name, strlen(name)) != 0)
			continue;
		colon += 1 + strspn(colon + 1, " \t");
		colon[strcspn(colon, "\n")] = '\0';
		snprintf(out, size, "%s", colon);
		found = true;
	}
	fclose(file);
	return found;
}

#if defined(__x86_64__)

/* The brand string of the CPUID instruction: three leaves of 16 bytes. */
int bi_sysinfo_cpu(struct bi_buf *out)
{
	unsigned leaf[12];
	char text[sizeof(leaf) + 1] = "";
	unsigned i;

	/* gcc's answers unsigned, clang's int. */
	if ((unsigned int)__get_cpuid_max(0x80000000, NULL) < 0x80000004)
		return 0;
	for (i = 0; i < 3; i++)
		__get_cpuid(0x80000002 + i, &leaf[4 * i], &leaf[4 * i + 1],
			    &leaf[4 * i + 2], &leaf[4 * i + 3]);
	memcpy(text, leaf, sizeof(leaf));
	return bi_buf_adds(out, text + strspn(text, " "));
}

#else

int bi_sysinfo_cpu(struct bi_buf *out)
{
	char model[256], mhz[64];

	if (!read_field("/proc/cpuinfo", "model name", model, sizeof(model)) &&
	    !read_field("/proc/cpuinfo", "Model Name", model, sizeof(model)))
		return 0;
	if (strstr(model, "GHz") == NULL && strstr(model, "MHz") == NULL &&
	    (read_field("/proc/cpuinfo", "cpu MHz", mhz, sizeof(mhz)) ||
	     read_field("/proc/cpuinfo", "CPU MHz", mhz, sizeof(mhz))))
		return bi_buf_addf(out, "%s @ %sMHz", model, mhz);
	return bi_buf_adds(out, model);
}

#endif

/* The number in a file that holds nothing else; "max" and none are -1. */
static int64_t read_number(const char *path)
{
	FILE *file = fopen(path, "re");
	char line[64];
	char *end = line;
	long long value = -1;

	if (file == NULL)
		return -1;
	if (fgets(line, sizeof(line), file) != NULL)
		value = strtoll(line, &end, 10);
	fclose(file);
	return end == line ? -1 : value;
}

/* What the limits of our control group leave, on the way up to the root. */
static int64_t group_available(void)
{
	char group[512], path[1024], *slash;
	int64_t least = -1;

	if (!read_field("/proc/self/cgroup", "0:", group, sizeof(group)))
		return -1;
	/* The line is "0::/path": what stands behind the first colon still
	 * begins with one. */
	memmove(group, group + 1, strlen(group));
	for (;;) {
		int64_t most, used;

		snprintf(path, sizeof(path), "/sys/fs/cgroup%s/memory.max",
			 group);
		most = read_number(path);
		snprintf(path, sizeof(path), "/sys/fs/cgroup%s/memory.current",
			 group);
		used = read_number(path);
		if (most >= 0 && used >= 0) {
			int64_t left = most > used ? most - used : 0;

			if (least < 0 || left < least)
				least = left;
		}
		slash = strrchr(group, '/');
		if (slash == NULL)
			return least;
		*slash = '\0';
	}
}

int64_t bi_sysinfo_available(void)
{
	char text[64];
	int64_t machine = -1, group = group_available();

	if (read_field("/proc/meminfo", "MemAvailable", text, sizeof(text)))
		machine = strtoll(text, NULL, 10) * 1024;
	if (machine < 0 || (group >= 0 && group < machine))
		return group;
	return machine;
}

const char *bi_sysinfo_watched_by(void)
{
	const char *preload = getenv("LD_PRELOAD");
	char tracer[32];

	if (preload != NULL && strstr(preload, "vgpreload_") != NULL)
		return "valgrind";
	if (read_field("/proc/self/status", "TracerPid", tracer,
		       sizeof(tracer)) &&
	    strcmp(tracer, "0") != 0)
		return "a debugger";
	return NULL;
}
