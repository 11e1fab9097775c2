/* What could change a number (-envinfo). */
#include "harness/envinfo.h"

#include <gnu/libc-version.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include <benchkit/bench.h>

#include "base/error.h"
#include "fmt/writer.h"
#include "harness/registry.h"

#define CPU "/sys/devices/system/cpu/"

/* The first line of F, which is closed by CLOSE; false if there is none. */
static bool first_line(FILE *f, int (*close)(FILE *), char *out, int size)
{
	bool found;

	if (f == NULL)
		return false;
	found = fgets(out, size, f) != NULL;
	if (found)
		out[strcspn(out, "\n")] = '\0';
	close(f);
	return found && *out != '\0';
}

static bool read_line(const char *path, char *out, int size)
{
	return first_line(fopen(path, "re"), fclose, out, size);
}

/* What stands behind "microcode : "; ARM has none. */
static bool read_microcode(char *out, size_t size)
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	bool found = false;
	char line[256];

	if (f == NULL)
		return false;
	while (!found && fgets(line, sizeof(line), f) != NULL) {
		const char *colon = strchr(line, ':');

		if (colon == NULL || strncmp(line, "microcode", 9) != 0)
			continue;
		line[strcspn(line, "\n")] = '\0';
		snprintf(out, size, "%s", colon + 2);
		found = true;
	}
	fclose(f);
	return found;
}

/* One driver says whether it is on, another whether it is off. */
static const char *turbo(void)
{
	char text[16];

	if (read_line(CPU "intel_pstate/no_turbo", text, sizeof(text)))
		return *text == '0' ? "on" : "off";
	if (read_line(CPU "cpufreq/boost", text, sizeof(text)))
		return *text == '0' ? "off" : "on";
	return NULL;
}

static int add_file(struct bi_buf *out, const char *key, const char *path)
{
	char text[128];

	return read_line(path, text, sizeof(text))
		       ? bi_writer_config(out, key, text)
		       : 0;
}

static int add_machine(struct bi_buf *out)
{
	struct utsname system;
	char text[128];
	int rc = 0;

	if (read_microcode(text, sizeof(text)))
		rc = bi_writer_config(out, "microcode", text);
	if (rc == 0 && uname(&system) == 0)
		rc = bi_writer_config(out, "kernel", system.release);
	if (rc == 0)
		rc = add_file(out, "governor",
			      CPU "cpu0/cpufreq/scaling_governor");
	if (rc == 0 && turbo() != NULL)
		rc = bi_writer_config(out, "turbo", turbo());
	return rc == 0 ? add_file(out, "smt", CPU "smt/control") : rc;
}

static int add_versions(struct bi_buf *out)
{
	const char *flags, *compiler = bi_registry_compiler(&flags);
	char text[128];
	int rc = 0;

	if (compiler != NULL)
		rc = bi_buf_addf(out, "# compiler: %s\n", compiler);
	if (rc == 0 && compiler != NULL && *flags != '\0')
		rc = bi_buf_addf(out, "# flags: %s\n", flags);
	if (rc == 0)
		rc = bi_buf_addf(out, "# benchkit: %s\n", BENCH_VERSION);
	if (rc == 0)
		rc = bi_buf_addf(out, "# glibc: %s\n", gnu_get_libc_version());
	/* Of the directory that we were started in; there may be no git. */
	if (rc == 0 &&
	    first_line(popen("git describe --always --dirty 2>/dev/null", "re"),
		       pclose, text, sizeof(text)))
		rc = bi_buf_addf(out, "# git: %s\n", text);
	return rc;
}

int bi_envinfo_format(struct bi_buf *out)
{
	int rc = add_machine(out);

	return rc == 0 ? add_versions(out) : rc;
}
