#!/usr/bin/env python3
"""amalgamate.py SOURCES OUT: benchkit.h and benchkit.c, libbenchkit and its
counter of allocations in two files, for those who copy sources.

SOURCES is the root of the source tree.  In one translation unit the names that a
file keeps to itself would meet those of others: where two files have the same,
each gets the file's name in front of it.  Macros end with the file that defines
them."""
import os
import re
import sys

PUBLIC = ["version", "error", "keep", "counter", "memstats", "bench"]
STAGES = ["base", "clock", "memory", "perf", "wire", "harness"]
# What is in no library for programs that link shared ones, or is in no stage.
LEFT_OUT = {"memory/wrapped.c", "memory/allocator_wrapped.c",
            "memory/unhooked.c"}
MORE = ["fmt/writer.c"]

TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    r"|[A-Za-z_]\w*|->|\s+|.", re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+[<"]([^>"]+)[>"].*\n', re.M)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def bare(text):
    """TEXT without comments and what stands in quotes."""
    return "".join(
        " " if t.startswith(("/*", "//")) else '""' if t[0] in "\"'" else t
        for t in TOKEN.findall(text))


def own_names(text):
    """The tags and the other names of file scope that TEXT keeps to itself."""
    text = re.sub(r"__(?:attribute|typeof)__\s*(\((?:[^()]|\([^()]*"
                  r"(?:\([^()]*\))?[^()]*\))*\))", " ", bare(text))
    tags = set(re.findall(r"^(?:struct|enum|union) (\w+)\s*{", text, re.M))
    names = set()
    for start in re.finditer(r"^ *static\b", text, re.M):
        head = re.match(r"[^;={]*", text[start.start():]).group()
        tags.update(re.findall(r"^ *static (?:const )?(?:struct|enum|union) "
                               r"(\w+)\s*$", head)
                    if text[start.start() + len(head):][:1] == "{" else [])
        pointer = re.search(r"\(\*(?:const )?(\w+)\)", head)
        called = re.match(r"[^(\[]*?\b(\w+)\s*(?:[(\[]|$)", head.strip(), re.S)
        if called:
            names.add(called.group(1))
        elif pointer:
            names.add(pointer.group(1))
        # A static structure without a tag: its name follows the braces.
        if text[start.start() + len(head):][:1] == "{" and "(" not in head:
            end = re.search(r"^} (\w+)", text[start.start():], re.M)
            if end:
                names.add(end.group(1))
    for body in re.findall(r"^enum\s*\w*\s*{(.*?)^}", text, re.M | re.S):
        names.update(re.findall(r"(?:^|,)\s*([A-Za-z_]\w*)", body))
    names -= {"static", "const", "struct", "enum", "int", "void", "bool"}
    return tags, names


def renamed(text, tags, names, prefix):
    """TEXT with PREFIX before its TAGS and NAMES."""
    out = []
    before = last = ""
    # What each open brace is of: members are not at file scope.
    braces = []
    for token in TOKEN.findall(text):
        if re.match(r"[A-Za-z_]", token):
            is_tag = before in ("struct", "enum", "union")
            if before in (".", "->") or (
                    not is_tag and braces and braces[-1] == "members"):
                pass
            elif token in (tags if is_tag else names):
                token = prefix + token
        elif token == "{":
            members = before in ("struct", "union") or last in (
                "struct", "union")
            braces.append("members" if members else "")
        elif token == "}" and braces:
            braces.pop()
        out.append(token)
        if not token.isspace() and not token.startswith(("/*", "//")):
            last, before = before, token
    return "".join(out)


class Amalgam:
    def __init__(self, root):
        self.root = root
        self.done = set()

    def inlined(self, text):
        """TEXT with our headers in place of the lines that include them."""
        def put(match):
            name = match.group(1)
            if name == "benchkit/profile.h":
                path = "include/" + name
            elif name.startswith("benchkit/"):
                return ""
            elif os.path.exists(os.path.join(self.root, "src", name)):
                path = "src/" + name
            else:
                return match.group()
            if path in self.done:
                return ""
            self.done.add(path)
            # Nobody minds what a header has in vain, in the header.
            inner = re.sub(r"^static inline",
                           "__attribute__((unused)) static inline",
                           read(os.path.join(self.root, path)), flags=re.M)
            return "/* ---- %s ---- */\n" % path + self.inlined(inner)
        return INCLUDE.sub(put, text)


def with_tables(root, file):
    """FILE with the tables that it includes, which are a part of it."""
    return re.sub(r'#include "(.*_table\.h)"\n',
                  lambda m: read(os.path.join(root, "src", m.group(1))),
                  read(os.path.join(root, "src", file)))


def sources(root):
    found = []
    for stage in STAGES:
        folder = os.path.join(root, "src", stage)
        found += sorted(stage + "/" + f for f in os.listdir(folder)
                        if f.endswith(".c"))
    return [f for f in found if f not in LEFT_OUT] + MORE


def header(root):
    licence = read(os.path.join(root, "LICENSE")).split("\n\n\n")[0].strip()
    out = ["/* benchkit in two files: benchkit.h and benchkit.c, which are "
           "generated.\n *\n * " +
           "\n * ".join(licence.split("\n")).replace(" * \n", " *\n") +
           " */\n"]
    for name in PUBLIC:
        text = read(os.path.join(root, "include/benchkit", name + ".h"))
        out.append(re.sub(r"^#include <benchkit/.*\n", "", text, flags=re.M))
    return "\n".join(out)


def body(root):
    files = sources(root)
    text = {f: with_tables(root, f) for f in files}
    own = {f: own_names(text[f]) for f in files}
    amalgam = Amalgam(root)
    out = ["/* benchkit: everything behind benchkit.h; generated.  As part of "
           "a program:\n *\n *\tcc -std=gnu11 -O2 -fno-builtin -c benchkit.c\n"
           " *\tcc -O2 -o bench_sum bench_sum.c benchkit.o -pthread -lm -ldl "
           "*/\n#ifndef _GNU_SOURCE\n#define _GNU_SOURCE\n#endif\n"
           "#define BENCH_NO_COUNTER\n#define BENCH_NO_NOTE\n#define BENCH_ONE_FILE\n"
           "#include \"benchkit.h\"\n"]
    for file in files:
        tags, names = own[file]
        others = [own[f] for f in files if f != file]
        tags = {t for t in tags if any(t in o[0] for o in others)}
        names = {n for n in names if any(n in o[1] for o in others)}
        # Headers first, for nothing of theirs is renamed.
        includes = "".join(m.group() for m in INCLUDE.finditer(text[file]))
        macros = re.findall(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", text[file],
                            re.M)
        out.append("/* ---- src/%s ---- */\n" % file)
        out.append(amalgam.inlined(includes))
        prefix = re.sub(r"\W", "_", file[:-2]) + "_"
        out.append(renamed(INCLUDE.sub("", text[file]), tags, names, prefix))
        out.append("".join("#undef %s\n" % m for m in dict.fromkeys(macros)))
    return "".join(out)


def main():
    root, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for name, make in (("benchkit.h", header), ("benchkit.c", body)):
        with open(os.path.join(out, name), "w", encoding="utf-8") as file:
            file.write(make(root))


main()
