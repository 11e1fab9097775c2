/* Memory that no collector manages. */
#include <stdlib.h>

#include "pointer_free_keys.h"

const struct name_memory malloc_memory = {
	.linked = malloc,
	.plain = malloc,
	.release = free,
};
