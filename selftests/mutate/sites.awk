# SPDX-License-Identifier: GPL-2.0-only
# Where a small fault can be put into C files, a line each:
#
#	HASH KIND FILE LINE OLD NEW
#
# with a tab between, and \001 for a tab in OLD and NEW.  KIND is relation, step,
# dropped, or field.  HASH depends on the seed, the function and the text, but on
# no file name and no line number, so that the same faults are picked when code
# moves.  awk -v seed=N -f sites.awk FILE...
#
# Only the bodies of functions are looked at, as the kernel's style lays them
# out: a brace of its own at the left margin begins one and ends it.

BEGIN {
	for (i = 1; i < 256; i++)
		code[sprintf("%c", i)] = i
	nr_relations = split("< <= > >= == != && ||", relation, " ")
	split("<= < >= > != == || &&", turned, " ")
	nr_steps = split("+ - += -=", step, " ")
	split("- + -= +=", back, " ")
	type = "(const |static |struct |enum |union |unsigned |signed |long |char |" \
		"[a-z0-9_]+_t |[us](8|16|32|64) |int |bool |size_t |FILE |double |va_list )"
}

function hash(text,	h, i) {
	h = seed + 1
	for (i = 1; i <= length(text); i++)
		h = (h * 16777 + code[substr(text, i, 1)]) % 2147483647
	for (i = 0; i < 3; i++)
		h = (h * 48271 + 11) % 2147483647
	return h
}

# The line without its strings and comments, as long as it is
function masked(line,	at, c, inside, out) {
	for (at = 1; at <= length(line); at++) {
		c = substr(line, at, 1)
		if (inside == "comment") {
			if (substr(line, at, 2) == "*/")
				inside = ""
			c = " "
		} else if (inside != "") {
			if (c == "\\")
				out = out "_" (++at ? "" : "")
			else if (c == inside)
				inside = ""
			c = "_"
		} else if (c == "\"" || c == "'") {
			inside = c
			c = "_"
		} else if (substr(line, at, 2) == "/*") {
			inside = "comment"
			c = " "
		}
		out = out c
	}
	in_comment = inside == "comment"
	return out
}

function site(kind, old, new,	nth) {
	nth = seen[fn, kind, old, new]++
	gsub(/\t/, "\001", old)
	gsub(/\t/, "\001", new)
	printf "%010d\t%s\t%s\t%d\t%s\t%s\n", hash(fn kind old new nth), kind,
		FILENAME, FNR, old, new
}

# put KIND WHAT AT LENGTH: a site that has WHAT in place of these characters
function put(kind, what, at, len) {
	site(kind, $0, substr($0, 1, at - 1) what substr($0, at + len))
}

# each WORD KIND WHAT: a site for each of these words, blanks on both sides
function each(word, kind, what,	at, from) {
	from = 1
	while ((at = index(substr(text, from), " " word " ")) > 0) {
		put(kind, " " what " ", from + at - 1, length(word) + 2)
		from += at + length(word)
	}
}

function relations(	i, from) {
	for (i = 1; i <= nr_relations; i++)
		each(relation[i], "relation", turned[i])
	from = 1
	while (match(substr(text, from), /![a-z_(]/)) {
		put("relation", "", from + RSTART - 1, 1)
		from += RSTART
	}
	from = 1
	while (match(substr(text, from), /(^|[^a-z0-9_])(true|false)([^a-z0-9_]|$)/)) {
		i = from + RSTART - 1
		if (substr(text, i, 1) !~ /[tf]/ || substr(text, i, 5) !~ /^(true|false)/)
			i++
		if (substr(text, i, 4) == "true")
			put("relation", "false", i, 4)
		else
			put("relation", "true", i, 5)
		from = i + 4
	}
}

function steps(	i, from, at, len) {
	for (i = 1; i <= nr_steps; i++)
		each(step[i], "step", back[i])
	from = 1
	while (match(substr(text, from), /(^|[^A-Za-z0-9_.])[0-9]+(u|ull)?([^A-Za-z0-9_.]|$)/)) {
		at = from + RSTART - 1
		if (substr(text, at, 1) !~ /[0-9]/)
			at++
		match(substr(text, at), /^[0-9]+/)
		len = RLENGTH
		put("step", substr(text, at, len) + 1, at, len)
		from = at + len
	}
}

# a statement of one line, but no declaration
function dropped() {
	if (text !~ /^\t+[a-z_*(][^{}]*;[ \t]*$/ || text ~ ("^\t+" type) ||
	    text ~ /^\t+(return|goto|case|default|else|for|while|do|if)([^a-z_]|$)/)
		return
	if (gsub(/\(/, "(", text) != gsub(/\)/, ")", text))
		return
	if (last ~ /[,(=|&+?:-][ \t]*$/ && last !~ /^\t*(case .*|default|[a-z_]+):$/)
		return
	match($0, /^\t+/)
	site("dropped", $0, substr($0, 1, RLENGTH) ";")
}

# a field in place of another one that the function has
function fields(	from, at, len, name) {
	from = 1
	while (match(substr(text, from), /(->|\.)[a-z_][a-z_0-9]*/)) {
		at = from + RSTART - 1
		len = RLENGTH
		from = at + len
		at += substr(text, at, 1) == "-" ? 2 : 1
		len -= substr(text, at - 1, 1) == ">" ? 2 : 1
		name = substr(text, at, len)
		if (substr(text, at + len, 1) == "(")
			continue
		if (field_before != "" && field_before != name)
			put("field", field_before, at, len)
		field_before = name
	}
}

FNR == 1 {
	in_function = in_comment = 0
	fn = last = ""
}
in_comment {
	if (match($0, /\*\//))
		in_comment = 0
	next
}
{ text = masked($0) }
/^}/ {
	in_function = 0
}
/^{/ && fn != "" {
	in_function = 1
	field_before = ""
	last = ""
	next
}
/^[a-z].*\(/ && !/;/ {
	fn = $0
	sub(/\(.*/, "", fn)
	sub(/.*[ *]/, "", fn)
}
in_function && text !~ /^#/ && text !~ /BUILD_BUG_ON|static_assert/ {
	relations()
	steps()
	dropped()
	fields()
	last = text
}
