package copyonwritemap

import (
	"fmt"
	"sync/atomic"
	"testing"

	"benchkit/peers/internal/variant"
)

func newMap(entries int) Map {
	m := variant.Choose(map[string]func() Map{
		"before": func() Map { return NewLocked() },
		"after":  func() Map { return NewCopied() },
	})()
	all := make(map[uint64]uint64, entries)
	for i := 0; i < entries; i++ {
		all[uint64(i)] = uint64(i)
	}
	m.StoreAll(all)
	return m
}

func TestMaps(t *testing.T) {
	for _, m := range []Map{NewLocked(), NewCopied()} {
		m.Store(1, 10)
		if actual, loaded := m.LoadOrStore(1, 20); actual != 10 || !loaded {
			t.Errorf("%T: LoadOrStore: %d %t", m, actual, loaded)
		}
		if actual, loaded := m.LoadOrStore(2, 20); actual != 20 || loaded {
			t.Errorf("%T: LoadOrStore: %d %t", m, actual, loaded)
		}
		if !m.Delete(1) || m.Delete(1) {
			t.Errorf("%T: Delete", m)
		}
		if _, ok := m.Load(1); ok {
			t.Errorf("%T: what was deleted is there", m)
		}
		sum := uint64(0)
		m.Range(func(key, value uint64) bool { sum += key + value; return true })
		if sum != 22 {
			t.Errorf("%T: Range: %d", m, sum)
		}
	}
}

var sink uint64

func BenchmarkAccess(b *testing.B) {
	for _, entries := range []int{16, 1024, 65536} {
		m := newMap(entries)
		for _, reads := range []uint32{100, 99, 90, 50} {
			b.Run(fmt.Sprintf("entries=%d/reads=%d", entries, reads), func(b *testing.B) {
				access(b, m, uint32(entries-1), reads)
			})
		}
	}
}

func access(b *testing.B, m Map, mask, reads uint32) {
	var threads uint32
	b.RunParallel(func(pb *testing.PB) {
		random := variant.Random(2463534241 + atomic.AddUint32(&threads, 1))
		sum := uint64(0)
		for pb.Next() {
			x := random.Next()
			key := uint64(x & mask)
			if (x>>16)*100>>16 >= reads {
				m.Store(key, uint64(x))
			} else if value, ok := m.Load(key); ok {
				sum += value
			}
		}
		atomic.AddUint64(&sink, sum)
	})
}

func BenchmarkStore(b *testing.B) {
	for _, entries := range []int{16, 1024, 65536} {
		m := newMap(entries)
		b.Run(fmt.Sprintf("entries=%d", entries), func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				m.Store(uint64(i&(entries-1)), uint64(i))
			}
		})
	}
}

func BenchmarkControl(b *testing.B) {
	b.RunParallel(func(pb *testing.PB) {
		random := variant.Random(2463534242)
		for pb.Next() {
			random.Next()
		}
		atomic.AddUint64(&sink, uint64(random))
	})
}
