#!/usr/bin/awk -f
# Of bench/layout.sh: benchab's reports in JSON, a row a line, summed up.

# The value of field NAME, without quotes.
function field(name,    rest)
{
	if (!match($0, "\"" name "\":"))
		return ""
	rest = substr($0, RSTART + RLENGTH)
	sub(/[,}].*/, "", rest)
	gsub(/"/, "", rest)
	return rest
}

/"verdict":/ {
	name = field("benchmark")
	verdict = field("verdict")
	change = 100 * field("change")
	if (!(name in pairs)) {
		names[++count] = name
		least[name] = most[name] = change
	}
	pairs[name]++
	called[name] += verdict == "REGRESSION" || verdict == "IMPROVEMENT"
	same[name] += verdict == "EQUIVALENT"
	if (change < least[name])
		least[name] = change
	if (change > most[name])
		most[name] = change
}

END {
	printf "%-16s %5s  %-17s %-10s %s\n", "benchmark", "pairs",
		"called a change", "EQUIVALENT", "changes from, to"
	for (i = 1; i <= count; i++) {
		name = names[i]
		printf "%-16s %5d  %-17d %-10d %+.2f%%, %+.2f%%\n", name,
			pairs[name], called[name], same[name], least[name],
			most[name]
	}
}
