// Package stringbuilder is lesson 5: build a string without copying it again and
// again.
package stringbuilder

import "strings"

// Concatenated makes a new string for each word.
func Concatenated(words []string, separator string) string {
	text := ""
	for i, word := range words {
		if i > 0 {
			text += separator
		}
		text += word
	}
	return text
}

// Built lets the text grow ahead of its words.
func Built(words []string, separator string) string {
	var b strings.Builder
	appendTo(&b, words, separator)
	return b.String()
}

// Measured adds up the words first, and grows once.
func Measured(words []string, separator string) string {
	var b strings.Builder
	size := 0
	for _, word := range words {
		size += len(word) + len(separator)
	}
	b.Grow(size)
	appendTo(&b, words, separator)
	return b.String()
}

func appendTo(b *strings.Builder, words []string, separator string) {
	for i, word := range words {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(word)
	}
}
