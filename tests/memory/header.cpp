// All that a file needs to do to have its program counted.
#include <benchkit/counter.h>
