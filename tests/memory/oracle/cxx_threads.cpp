// Threads, futures, and what a thread keeps for itself.
#include "oracle.h"

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace
{
thread_local std::unique_ptr<std::string> kept;

int allocate(int n)
{
	kept.reset(new std::string(100 + n, 'y'));
	return n;
}
}

void work()
{
	std::vector<std::thread> threads;

	for (int i = 0; i < 4; i++)
		threads.emplace_back([i] { allocate(i); });
	for (auto &thread : threads)
		thread.join();
	hide(std::async(std::launch::async, allocate, 7).get() == 7 ? &threads
								     : nullptr);
	std::packaged_task<int(int)> task(allocate);
	task(3);
}
