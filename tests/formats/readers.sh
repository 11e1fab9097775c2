#!/bin/sh
# readers.sh PROGRAM: the record of a benchmark program (of benchkit(7)'s examples) is
# what others read who read Go's: every result, and nothing else.
set -u
program=$1
if ! command -v perl >/dev/null; then
	echo "skipped: no perl"
	exit 0
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
for flags in '' -benchmem -benchmem=full '-cpu=1,2 -v'; do
	"$program" -count=2 -benchtime=2x $flags >"$work/record" 2>/dev/null ||
		bad=1
	perl - "$work/record" "${flags:-no flags}" <<'END' || bad=1
use strict;
my ($file, $flags) = @ARGV;
# Each takes a line and gives name, first value and its unit.
my %readers = (
	# github-action-benchmark, "tool: go": the name's part before "-P".
	'github-action-benchmark' => sub {
		$_[0] =~ m{^(Benchmark\w+(?:/?[\w()\$%^&*-]*?)*?)(-\d+)?\s+(\d+)\s+([0-9.]+)\s+(.+)$}
			or return;
		return ($1 . $2, $4, (split ' ', $5)[0]);
	},
	# bencher, "go_bench": a latency comes first, and pairs may follow.
	'bencher' => sub {
		$_[0] =~ m{^([^ \t]+)[ \t]+(\d+)[ \t]+(\d+(?:\.\d+)?)[ \t]+((?:ns|us|µs|ms|s)/op)(?:[ \t]+\d+(?:\.\d+)?[ \t]+.*)?$}
			or return;
		return ($1, $3, $4);
	},
);
open my $record, '<', $file or die;
my @lines = map { s/\n//r } <$record>;
my @results = grep { /^Benchmark/ } @lines;
my $bad = 0;
@results >= 4 or $bad = print "$flags: no results\n";
for my $reader (sort keys %readers) {
	my $read = 0;
	for my $line (@lines) {
		my ($name, $value, $unit) = $readers{$reader}->($line) or next;
		my @field = split ' ', $line;
		$name eq $field[0] && $value eq $field[2] && $unit eq 'ns/op' or
			$bad = print "$reader, $flags: reads $name, $value, ",
				"$unit in: $line\n";
		$read++;
	}
	$read == @results or
		$bad = print "$reader, $flags: $read of ", scalar @results, "\n";
}
exit $bad;
END
done
exit $bad
