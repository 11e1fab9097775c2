// Package sharding is lesson 6: many locks instead of one, and none.
package sharding

import (
	"sync"
	"sync/atomic"

	"benchkit/peers/internal/variant"
)

// Tally keeps a number for each key.
type Tally interface {
	Add(key, n uint64)
	Get(key uint64) uint64
	Count() int
}

// Counter is a single number.
type Counter interface {
	Add(n uint64)
	Read() uint64
}

// LockedTally is a map behind one lock.
type LockedTally struct {
	mu      sync.Mutex
	numbers map[uint64]uint64
}

// NewLockedTally returns an empty tally.
func NewLockedTally() *LockedTally {
	return &LockedTally{numbers: make(map[uint64]uint64)}
}

func (t *LockedTally) Add(key, n uint64) {
	t.mu.Lock()
	t.numbers[key] += n
	t.mu.Unlock()
}

func (t *LockedTally) Get(key uint64) uint64 {
	t.mu.Lock()
	n := t.numbers[key]
	t.mu.Unlock()
	return n
}

func (t *LockedTally) Count() int {
	t.mu.Lock()
	n := len(t.numbers)
	t.mu.Unlock()
	return n
}

// A shard has a cache line of its own.
type tallyShard struct {
	LockedTally
	_ [48]byte
}

// ShardedTally is many maps, each behind its own lock; the key's hash chooses.
type ShardedTally struct {
	shards []tallyShard
}

// NewShardedTally returns an empty tally of that many shards, a power of two.
func NewShardedTally(shards int) *ShardedTally {
	t := &ShardedTally{make([]tallyShard, shards)}
	for i := range t.shards {
		t.shards[i].numbers = make(map[uint64]uint64)
	}
	return t
}

func (t *ShardedTally) shard(key uint64) *tallyShard {
	return &t.shards[variant.Scramble(key)&uint64(len(t.shards)-1)]
}

func (t *ShardedTally) Add(key, n uint64)     { t.shard(key).Add(key, n) }
func (t *ShardedTally) Get(key uint64) uint64 { return t.shard(key).Get(key) }

func (t *ShardedTally) Count() int {
	n := 0
	for i := range t.shards {
		n += t.shards[i].Count()
	}
	return n
}

// LockedCounter is a number behind a lock.
type LockedCounter struct {
	mu sync.Mutex
	n  uint64
}

func (c *LockedCounter) Add(n uint64) {
	c.mu.Lock()
	c.n += n
	c.mu.Unlock()
}

func (c *LockedCounter) Read() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// A shard of a counter has a cache line of its own.
type counterShard struct {
	LockedCounter
	_ [48]byte
}

// ShardedCounter is many numbers.  Go tells nobody which thread he runs on: the
// shard comes from a pool, which keeps one for each processor.
type ShardedCounter struct {
	shards []counterShard
	next   uint32
	mine   sync.Pool
}

// NewShardedCounter returns a counter of that many shards.
func NewShardedCounter(shards int) *ShardedCounter {
	c := &ShardedCounter{shards: make([]counterShard, shards)}
	c.mine.New = func() any {
		i := atomic.AddUint32(&c.next, 1) % uint32(shards)
		return &c.shards[i]
	}
	return c
}

func (c *ShardedCounter) Add(n uint64) {
	shard := c.mine.Get().(*counterShard)
	shard.Add(n)
	c.mine.Put(shard)
}

func (c *ShardedCounter) Read() uint64 {
	sum := uint64(0)
	for i := range c.shards {
		sum += c.shards[i].Read()
	}
	return sum
}
