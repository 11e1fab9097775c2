/* Both ends of a TCP connection on the loopback interface. */
#ifndef TCP_PAIR_H
#define TCP_PAIR_H

/* Like pipe(2): what is written to ENDS[1] can be read from ENDS[0], and 64 KiB
 * are on the way before writing blocks.  Returns 0, or -1 with errno. */
int tcp_pair(int ends[2]);

#endif
