# launches.awk: launches.jsonl as benchab -o writes it, of launches that are made
# up.  A line of input is a benchmark:
#
#	NAME COUNT CHANGE SPREAD OLD NEW OLDALLOCS NEWALLOCS
#
# COUNT launches whose changes, in per cent, lie evenly within SPREAD around
# CHANGE; OLD and NEW: "runs", "failed", "absent", "skipped".  -v SENTINEL: the
# change of OLD against itself; -v MORE: members for the first line in the place
# of usual ones, as in "alpha":0.05.

function side(name, ns, allocs) {
	return sprintf("\"%s\":{\"ns\":%.17g,\"mean_ns\":%.17g," \
		"\"cpu_ns\":%.17g,\"wall_ns\":%.17g,\"mean_cpu_ns\":%.17g," \
		"\"mean_wall_ns\":%.17g,\"n\":1000,\"bytes\":0," \
		"\"mallocs\":%d,\"malloc_bytes\":%d,\"metrics\":{\"hits/op\":" \
		"%d}}", name, ns, ns, ns, 2 * ns, ns, 2 * ns, 1000 * allocs,
		64000 * allocs, allocs)
}

NF == 8 {
	rows = rows sprintf("{\"row\":%d,\"benchmark\":\"Benchmark%s\"," \
		"\"procs\":1,\"old\":\"%s\",\"new\":\"%s\",\"old_log\":\"\"," \
		"\"new_log\":\"%s\",\"metric\":\"cpu\",\"spent_ns\":%d}\n",
		row, $1, $5, $6, $6 == "failed" ? "    it broke\\n" : "",
		$2 * 20000000)
	for (i = 0; i < $2; i++) {
		change = $3 + $4 * ((i * 7) % $2 / $2 - 0.5)
		ratio = log(1 + change / 100)
		all = all sprintf("{\"launch\":%d,\"ratio\":%.17g," \
			"\"mean_ratio\":%.17g,\"cpu\":0,\"slice_n\":1000," \
			"\"slices\":20,\"wall_ns\":20000000," \
			"\"measured_ns\":12000000,\"start_ns\":4000000," \
			"\"switches\":0,\"waited_ns\":0,\"stolen_ns\":0,\"faults\":0,%s,%s}\n",
			row, ratio, ratio, side("old", 100, $7),
			side("new", 100 * exp(ratio), $8))
	}
	launches += $2
	row++
}

END {
	n = SENTINEL == "" ? 0 : 50
	for (i = 0; i < n; i++)
		all = all sprintf("{\"sentinel\":%.17g}\n",
			log(1 + SENTINEL / 100) + i / 1e6)
	usual = "\"alpha\":0.01,\"margin\":0.005,\"margin_ns\":0," \
		"\"exact\":false,\"correct\":\"holm\",\"metric\":\"auto\"," \
		"\"seed\":1,\"gate\":\"\",\"strict\":false," \
		"\"undecided_ok\":false,\"missing_ok\":false," \
		"\"fixed_layout\":true,\"interrupted\":false," \
		"\"out_of_time\":false,\"wall_ns\":3000000000," \
		"\"measured_ns\":1800000000,\"start_ns\":600000000," \
		"\"sentinel_ns\":0"
	if (MORE != "") {
		key = MORE
		sub(/:.*/, "", key)
		sub(key ":[^,]*", MORE, usual)
	}
	printf "{\"format\":\"launches-1\",\"rows\":%d,\"launches\":%d," \
		"\"sentinels\":%d,\"old\":\"/x/old\",\"new\":\"/x/new\",%s}\n" \
		"%s%s", row, launches, n, usual, rows, all
}
