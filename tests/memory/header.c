/* All that a file needs to do to have its program counted. */
#include <benchkit/counter.h>

extern int memory_header_is_not_empty;
