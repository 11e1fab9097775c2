# Is the code in a lesson's README the code of the lesson?  Each block that is
# marked as C must stand in one of the FILEs, line for line and in this order;
# other lines may lie between them.
#
#	awk -f quotes.awk README.md FILE...
FILENAME == ARGV[1] {
	if (/^```/) {
		inside = $0 == "```c"
		if (inside)
			start[++blocks] = FNR
	} else if (inside && NF > 0) {
		line[blocks, ++count[blocks]] = $0
	}
	next
}
FNR == 1 {
	for (b = 1; b <= blocks; b++)
		matched[b] = 0
}
{
	for (b = 1; b <= blocks; b++)
		if (!found[b] && $0 == line[b, matched[b] + 1])
			found[b] = ++matched[b] == count[b]
}
END {
	if (blocks == 0) {
		print ARGV[1] ": no code"
		exit 1
	}
	for (b = 1; b <= blocks; b++) {
		if (!found[b]) {
			print ARGV[1] ":" start[b] ": is in none of the files"
			status = 1
		}
	}
	exit status
}
