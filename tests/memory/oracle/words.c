/* Words as the shell splits them. */
#include "oracle.h"

#include <wordexp.h>
#include <stdlib.h>

void work(void)
{
	wordexp_t words;

	if (wordexp("a 'b c' ${ORACLE_UNSET:-default} /de[v]", &words,
		    WRDE_NOCMD) == 0)
		wordfree(&words);
}
