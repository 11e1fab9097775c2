# How many times as fast two threads are as one: medians over the rounds of what
# BENCHMARK and CONTROL gained in the same round, and of the one divided by the
# other.  Prints the three.
#
#	awk -v benchmark=BenchmarkRead -v control=BenchmarkControl \
#		-f scaling.awk RECORD
function median(value, n,    i, k, swap)
{
	for (i = 2; i <= n; i++) {
		for (k = i; k > 1 && value[k] < value[k - 1]; k--) {
			swap = value[k]
			value[k] = value[k - 1]
			value[k - 1] = swap
		}
	}
	return n % 2 ? value[(n + 1) / 2] : (value[n / 2] + value[n / 2 + 1]) / 2
}
$4 == "ns/op" { time[$1, ++count[$1]] = $3 }
END {
	n = count[benchmark]
	if (n == 0 || count[benchmark "-2"] != n || count[control] != n ||
	    count[control "-2"] != n)
		exit 1
	for (i = 1; i <= n; i++) {
		gained[i] = time[benchmark, i] / time[benchmark "-2", i]
		possible[i] = time[control, i] / time[control "-2", i]
		share[i] = gained[i] / possible[i]
	}
	printf "%.2f %.2f %.2f\n", median(gained, n), median(possible, n),
		median(share, n)
}
