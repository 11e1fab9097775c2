/* Small numbers for threads: no two that run at the same time have the same. */
#ifndef THREAD_NUMBER_H
#define THREAD_NUMBER_H

/* Threads that can have a number at the same time; the others have this one
 * together. */
enum { THREADS_MOST = 64 };

/* The calling thread's number, as small as possible when it is first asked for.
 * When the thread ends, it is given to another; what the one wrote before, the
 * other can see. */
unsigned thread_number(void);

#endif
