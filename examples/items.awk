# Print top-level items of a C file, as they stand there: functions, types,
# constants.  An item begins with a line that is not indented and has one of the
# names in it, and ends with "}" or "};", or with this line, if it ends in ";".
#
#	awk -f items.awk -v items='grow put' FILE.c
BEGIN { count = split(items, item, " ") }
!inside && /^[A-Za-z#]/ {
	for (i = 1; i <= count; i++)
		if ($0 ~ "(^|[^A-Za-z0-9_])" item[i] "([^A-Za-z0-9_]|$)")
			inside = 1
	if (inside && printed++)
		print ""
	if (inside && (/;$/ || /^#/)) {
		print
		inside = 0
	}
}
inside { print }
/^}/ { inside = 0 }
