/* PCRE2 allocates within a shared library, where no wrapper sees it: have it
 * ask us. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

pcre2_compile_context *
__real_pcre2_compile_context_create_8(pcre2_general_context *general);
pcre2_compile_context *
__wrap_pcre2_compile_context_create_8(pcre2_general_context *general);
pcre2_match_context *
__real_pcre2_match_context_create_8(pcre2_general_context *general);
pcre2_match_context *
__wrap_pcre2_match_context_create_8(pcre2_general_context *general);

static void *allocate(size_t size, void *arg)
{
	(void)arg;
	return malloc(size);
}

static void release(void *block, void *arg)
{
	(void)arg;
	free(block);
}

/* What a context is made with is all that is taken from GENERAL.  A compiled
 * pattern, and what is made from it, allocate as the context did. */

pcre2_compile_context *
__wrap_pcre2_compile_context_create_8(pcre2_general_context *general)
{
	pcre2_compile_context *context;

	general = pcre2_general_context_create(allocate, release, NULL);
	if (general == NULL)
		return NULL;
	context = __real_pcre2_compile_context_create_8(general);
	pcre2_general_context_free(general);
	return context;
}

pcre2_match_context *
__wrap_pcre2_match_context_create_8(pcre2_general_context *general)
{
	pcre2_match_context *context;

	general = pcre2_general_context_create(allocate, release, NULL);
	if (general == NULL)
		return NULL;
	context = __real_pcre2_match_context_create_8(general);
	pcre2_general_context_free(general);
	return context;
}
