package sharding

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"benchkit/peers/internal/variant"
)

const keys = 4096

func newTally(shards int) Tally {
	t := variant.Choose(map[string]func() Tally{
		"before": func() Tally { return NewLockedTally() },
		"after":  func() Tally { return NewShardedTally(shards) },
	})()
	for key := uint64(0); key < keys; key++ {
		t.Add(key, 1)
	}
	return t
}

func newCounter(shards int) Counter {
	return variant.Choose(map[string]func() Counter{
		"before": func() Counter { return new(LockedCounter) },
		"after":  func() Counter { return NewShardedCounter(shards) },
	})()
}

func TestNothingIsLost(t *testing.T) {
	for _, tally := range []Tally{NewLockedTally(), NewShardedTally(4)} {
		for _, counter := range []Counter{new(LockedCounter), NewShardedCounter(4)} {
			before := tally.Get(7)
			var wait sync.WaitGroup
			for g := 0; g < 4; g++ {
				wait.Add(1)
				go func() {
					defer wait.Done()
					for i := 0; i < 1000; i++ {
						tally.Add(uint64(i%10), 1)
						counter.Add(1)
					}
				}()
			}
			wait.Wait()
			if n := tally.Get(7) - before; n != 400 || tally.Count() != 10 {
				t.Errorf("%T: %d, %d keys", tally, n, tally.Count())
			}
			if n := counter.Read(); n != 4000 {
				t.Errorf("%T: %d", counter, n)
			}
		}
	}
}

var threads uint64

// random is a sequence of its own for each goroutine.
type random uint64

func newRandom() random {
	return random(atomic.AddUint64(&threads, 1) * 0x9e3779b97f4a7c15)
}

func (r *random) next() uint64 {
	*r ^= *r << 13
	*r ^= *r >> 7
	*r ^= *r << 17
	return uint64(*r)
}

var sink uint64

func forShards(b *testing.B, prefix string, fn func(b *testing.B, shards int)) {
	for _, shards := range []int{1, 4, 16, 64} {
		b.Run(fmt.Sprintf("%sshards=%d", prefix, shards), func(b *testing.B) {
			fn(b, shards)
		})
	}
}

func BenchmarkTally(b *testing.B) {
	for _, reads := range []uint64{95, 10} {
		b.Run(fmt.Sprintf("reads=%d", reads), func(b *testing.B) {
			forShards(b, "", func(b *testing.B, shards int) {
				t := newTally(shards)
				b.ResetTimer()
				b.RunParallel(func(pb *testing.PB) { use(pb, t, reads) })
			})
		})
	}
}

func use(pb *testing.PB, t Tally, reads uint64) {
	random, sum := newRandom(), uint64(0)
	for pb.Next() {
		dice := random.next()
		key := dice >> 32 & (keys - 1)
		if (dice&0xffff)*100>>16 < reads {
			sum += t.Get(key)
		} else {
			t.Add(key, 1)
		}
	}
	atomic.AddUint64(&sink, sum)
}

func BenchmarkKeys(b *testing.B) {
	forShards(b, "", func(b *testing.B, shards int) {
		t := newTally(shards)
		b.ResetTimer()
		for i := 0; i < b.N; i++ {
			sink += uint64(t.Count())
		}
	})
}

func BenchmarkCounter(b *testing.B) {
	forShards(b, "", func(b *testing.B, shards int) {
		c := newCounter(shards)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				c.Add(1)
			}
		})
	})
}

func BenchmarkTotal(b *testing.B) {
	forShards(b, "", func(b *testing.B, shards int) {
		c := newCounter(shards)
		for i := 0; i < b.N; i++ {
			sink += c.Read()
		}
	})
}

func BenchmarkControl(b *testing.B) {
	b.RunParallel(func(pb *testing.PB) {
		random := newRandom()
		for pb.Next() {
			random.next()
		}
		atomic.AddUint64(&sink, uint64(random))
	})
}
