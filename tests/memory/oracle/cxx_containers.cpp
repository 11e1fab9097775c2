// Containers.
#include "oracle.h"

#include <deque>
#include <list>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

void work()
{
	std::map<std::string, std::vector<int>> map;
	std::unordered_map<int, std::string> table;
	std::deque<long> deque;
	std::list<int> list;
	std::set<int> set;

	for (int i = 0; i < 300; i++) {
		map["a rather long key " + std::to_string(i)].resize(i);
		table[i] = std::string(i, 'x');
		deque.push_back(i);
		list.push_front(i);
		set.insert(i * 7 % 100);
	}
	map.clear();
	table.erase(5);
	deque.pop_front();
}
