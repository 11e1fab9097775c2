/* What we allocate ourselves is not the program's. */
#include "profile/guard.h"

_Thread_local unsigned bi_guard_depth;
