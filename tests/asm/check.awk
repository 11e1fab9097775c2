# Rules from a C file's comments, then the code of an assembly file: prints the
# rules that do not hold.  With list=1 it prints all that apply.  What a rule
# looks like: see keep.c.
# Variables: arch, compiler, list.

BEGIN {
	if (arch == "x86_64") {
		comment = "#"
		address = "[-A-Za-z0-9_.]*[(][^)]*[)]"
		form["STORE"] = ", " address "$"
		form["LOAD"] = " " address ", "
		form["FRAME"] = "%[er]?[sb]p"
	} else {
		comment = "//"
		form["STORE"] = "^st"
		form["LOAD"] = "^ld"
		form["FRAME"] = "(^|[^a-z])sp([^a-z0-9]|$)"
	}
}

# A rule.
FNR == NR {
	if ($1 == "//" && NF >= 5 &&
	    ($3 == "any" || $3 == arch || $3 == compiler)) {
		rule[++rules] = $0
		if (list)
			print
	}
	next
}

# An instruction of the function FUNC.
{
	cut = index($0, comment)
	if (cut > 0)
		$0 = substr($0, 1, cut - 1)
	$1 = $1
	if ($0 == "")
		next
}
/^[A-Za-z_][A-Za-z0-9_]*:$/ {
	func_name = substr($1, 1, length($1) - 1)
	seen[func_name] = 1
	next
}
$1 == ".size" {
	func_name = ""
}
/^[.]/ || func_name == "" {
	next
}
{
	code[func_name, ++length_of[func_name]] = $0
}

function matches(name, pattern,    i, n)
{
	n = 0
	for (i = 1; i <= length_of[name]; i++)
		if (code[name, i] ~ pattern)
			n++
	return n
}

function holds(text,    part, pattern, n, words)
{
	words = split(text, part, " ")
	pattern = part[5]
	for (n = 6; n <= words; n++)
		pattern = pattern " " part[n]
	if (pattern in form)
		pattern = form[pattern]
	if (!seen[part[2]])
		return 0
	n = matches(part[2], pattern)
	if (part[4] == "has")
		return n > 0
	if (part[4] == "not")
		return n == 0
	if (part[4] == "two")
		return n == 2
	return 0
}

END {
	if (!list)
		for (i = 1; i <= rules; i++)
			if (!holds(rule[i]))
				print rule[i]
}
