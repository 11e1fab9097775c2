/* after.c with its checks, which a build with NDEBUG leaves out: for tests, and
 * to see what they cost. */
#define POOL_CHECKS 1
#include "after.c"
