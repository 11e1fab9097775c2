// A program with std::mutex and std::condition_variable, for user.sh.
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include <benchkit/profile.h>

static std::mutex lock;
static std::condition_variable changed;
static int turn;
static long counter;

// Handed over a hundred times: each waits for the other.
static void take_turns(int mine)
{
	for (int i = 0; i < 100; i++) {
		std::unique_lock<std::mutex> hold(lock);
		changed.wait(hold, [=] { return turn == mine; });
		counter++;
		turn = 1 - mine;
		changed.notify_one();
	}
}

int main(int argc, char **argv)
{
	struct bench_profile_output out = {};
	struct bench_error err = {};

	if (bench_profile_start("block", 0, &err) < 0 ||
	    bench_profile_start("mutex", 0, &err) < 0)
		return 1;
	std::thread one(take_turns, 0), two(take_turns, 1);
	one.join();
	two.join();
	out.path = argc > 1 ? argv[1] : "/dev/null";
	out.format = BENCH_PROFILE_TEXT;
	if (bench_profile_stop("block", &out, &err) < 0 ||
	    bench_profile_stop("mutex", nullptr, &err) < 0) {
		std::puts(err.text);
		return 1;
	}
	return counter != 200;
}
