#!/usr/bin/env python3
"""Writes unicode_table.h: the code points of the classes that benchkit asks for.

Run by hand when a newer Unicode is wanted:  python3 unicode_table.py >unicode_table.h
"""
import unicodedata

CLASSES = (
    ("lower", "category Ll", lambda c: c == "Ll"),
    ("upper", "category Lu", lambda c: c == "Lu"),
    ("graphic", "letters, marks, numbers, punctuation, symbols, spaces (Zs)",
     lambda c: c[0] in "LMNPS" or c == "Zs"),
)


def ranges(want):
    """(first, last, step) runs; a step of 2 holds the alternating Lu and Ll."""
    out = []
    for cp in range(0x110000):
        if not want(unicodedata.category(chr(cp))):
            continue
        if out:
            first, last, step = out[-1]
            if first == last and cp - last <= 2:
                out[-1] = (first, cp, cp - last)
                continue
            if first != last and cp - last == step:
                out[-1] = (first, cp, step)
                continue
        out.append((cp, cp, 1))
    return out


print("/* Unicode %s, written by unicode_table.py. */" % unicodedata.unidata_version)
for name, what, want in CLASSES:
    print("\n/* %s */" % what)
    print("static const struct range %s[] = {" % name)
    row = ["{0x%x, 0x%x, %d}," % r for r in ranges(want)]
    for i in range(0, len(row), 3):
        print("\t" + " ".join(row[i:i + 3]))
    print("};")
