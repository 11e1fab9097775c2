package pointerfreekeys

import (
	"flag"
	"runtime"
	"testing"
	"time"

	"benchkit/peers/internal/variant"
)

var names = flag.Uint64("names", 100000, "number of names")

func writeName(name []byte, i uint64) {
	copy(name, "user:")
	for p := 12; p >= 5; p-- {
		name[p] = '0' + byte(i%10)
		i /= 10
	}
}

// Long to fill: made when first needed, and kept.
var made = map[uint64]Table{}

func makeTable(count uint64) Table {
	if table := made[count]; table != nil {
		return table
	}
	table := variant.Choose(map[string]func() Table{
		"before":  func() Table { return make(Strings) },
		"after":   func() Table { return make(Arrays) },
		"further": func() Table { return make(Hashes) },
	})()
	name := make([]byte, 13)
	for i := uint64(0); i < count; i++ {
		writeName(name, i)
		table.Add(string(name), i)
	}
	made[count] = table
	return table
}

func TestTables(t *testing.T) {
	for _, table := range []Table{make(Strings), make(Arrays), make(Hashes)} {
		table.Add("lovelace", 1815)
		table.Add("hopper", 1906)
		if value, ok := table.Find([]byte("lovelace")); !ok || value != 1815 {
			t.Errorf("%T: %d %t", table, value, ok)
		}
		if _, ok := table.Find([]byte("neither")); ok {
			t.Errorf("%T: a name that was not added", table)
		}
		if table.Add("0123456789abcdef0123456789abcdef", 1) {
			t.Errorf("%T: a name that is too long", table)
		}
	}
}

func BenchmarkCollect(b *testing.B) {
	table := makeTable(*names)
	runtime.GC()
	b.ResetTimer()
	begin := time.Now()
	for i := 0; i < b.N; i++ {
		runtime.GC()
	}
	b.ReportMetric(float64(time.Since(begin))/1e6/float64(b.N), "ms/gc")
	runtime.KeepAlive(table)
}

var sink uint64

func findNames(b *testing.B, count uint64) {
	table := makeTable(count)
	name := make([]byte, 13)
	x := uint64(1)
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		x = variant.Scramble(x)
		writeName(name, x%count)
		value, ok := table.Find(name)
		if !ok {
			b.Fatalf("%s is missing", name)
		}
		sink += value
	}
}

func BenchmarkFind(b *testing.B)    { findNames(b, *names) }
func BenchmarkFindFew(b *testing.B) { findNames(b, 100) }
