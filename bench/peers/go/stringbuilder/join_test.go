package stringbuilder

import (
	"fmt"
	"strings"
	"testing"

	"benchkit/peers/internal/variant"
)

type join func(words []string, separator string) string

func words() []string {
	nine := strings.Fields("the quick brown fox jumps over the lazy dog")
	list := make([]string, 1000)
	for i := range list {
		list[i] = nine[i%len(nine)]
	}
	return list
}

func TestJoins(t *testing.T) {
	list := words()
	for _, count := range []int{0, 1, 2, 9, 1000} {
		want := strings.Join(list[:count], ", ")
		for i, join := range []join{Concatenated, Built, Measured} {
			if is := join(list[:count], ", "); is != want {
				t.Errorf("join %d of %d words: '%s'", i, count, is)
			}
		}
	}
}

var sink string

func BenchmarkJoin(b *testing.B) {
	list := words()
	join := variant.Choose(map[string]join{
		"before": Concatenated, "after": Built, "further": Measured,
	})
	for _, count := range []int{1, 9, 10, 100, 1000} {
		b.Run(fmt.Sprintf("words=%d", count), func(b *testing.B) {
			b.SetBytes(int64(len(join(list[:count], " "))))
			for i := 0; i < b.N; i++ {
				sink = join(list[:count], " ")
			}
		})
	}
}

func BenchmarkOneByOne(b *testing.B) {
	list := words()[:100]
	concatenate := variant.Choose(map[string]bool{"before": true, "after": false, "further": false})
	for i := 0; i < b.N; i++ {
		if concatenate {
			text := ""
			for _, word := range list {
				text += word
			}
			sink = text
			continue
		}
		var builder strings.Builder
		for _, word := range list {
			builder.WriteString(word)
		}
		sink = builder.String()
	}
}
