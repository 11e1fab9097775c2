/* A program that is profiled, and knows benchkit by that alone. */
#include <benchkit/profile.h>
#include <stdio.h>

int main(void)
{
	struct bench_profile_output out = {NULL, NULL, NULL,
					   BENCH_PROFILE_PROTO, NULL};
	struct bench_error err = BENCH_ERROR_INIT;

	out.path = "/dev/null";
	if (bench_profile_start("cpu", 0, &err) < 0 ||
	    bench_profile_stop("cpu", &out, &err) < 0) {
		puts(err.text);
		return 1;
	}
	return 0;
}
