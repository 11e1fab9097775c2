/* Runs a fuzz target over files: the kept corpus, with any compiler. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/target.h"

static int run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	long size;
	int rc = -1;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0)
		goto out;
	size = ftell(f);
	if (size < 0 || fseek(f, 0, SEEK_SET) != 0)
		goto out;
	/* Exactly as large as the input: a read past it is seen. */
	data = malloc(size > 0 ? (size_t)size : 1);
	if (data == NULL || fread(data, 1, (size_t)size, f) != (size_t)size)
		goto out;
	LLVMFuzzerTestOneInput(data, (size_t)size);
	rc = 0;
out:
	if (rc < 0)
		fprintf(stderr, "cannot read '%s'\n", path);
	if (f != NULL)
		fclose(f);
	free(data);
	return rc;
}

int main(int argc, char **argv)
{
	int i, rc = 0;

	for (i = 1; rc == 0 && i < argc; i++)
		rc = run_file(argv[i]);
	printf("%d inputs\n", i - 1);
	return rc == 0 && argc > 1 ? 0 : 1;
}
