// Package copyonwritemap is lesson 3: readers of a map that never changes take
// no lock.
package copyonwritemap

import (
	"sync"
	"sync/atomic"
)

// Map is a map from numbers to numbers that goroutines share.
type Map interface {
	Load(key uint64) (value uint64, ok bool)
	Store(key, value uint64)
	StoreAll(entries map[uint64]uint64)
	LoadOrStore(key, value uint64) (actual uint64, loaded bool)
	Delete(key uint64) bool
	// Range calls visit for the entries of one moment until it returns false.
	Range(visit func(key, value uint64) bool)
}

// Locked is a map behind a lock that readers share.
type Locked struct {
	mu      sync.RWMutex
	entries map[uint64]uint64
}

// NewLocked returns an empty map.
func NewLocked() *Locked {
	return &Locked{entries: make(map[uint64]uint64)}
}

func (m *Locked) Load(key uint64) (uint64, bool) {
	m.mu.RLock()
	value, ok := m.entries[key]
	m.mu.RUnlock()
	return value, ok
}

func (m *Locked) Store(key, value uint64) {
	m.mu.Lock()
	m.entries[key] = value
	m.mu.Unlock()
}

func (m *Locked) StoreAll(entries map[uint64]uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, value := range entries {
		m.entries[key] = value
	}
}

func (m *Locked) LoadOrStore(key, value uint64) (uint64, bool) {
	if actual, ok := m.Load(key); ok {
		return actual, true
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if actual, ok := m.entries[key]; ok {
		return actual, true
	}
	m.entries[key] = value
	return value, false
}

func (m *Locked) Delete(key uint64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.entries[key]
	delete(m.entries, key)
	return ok
}

func (m *Locked) Range(visit func(key, value uint64) bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	visitAll(m.entries, visit)
}

func visitAll(entries map[uint64]uint64, visit func(key, value uint64) bool) {
	for key, value := range entries {
		if !visit(key, value) {
			return
		}
	}
}

// Copied is a pointer to a map that never changes; who writes points it to a
// changed copy.  The collector frees the old one.
type Copied struct {
	current atomic.Pointer[map[uint64]uint64]
	_       [56]byte // readers' cache line
	writing sync.Mutex
}

// NewCopied returns an empty map.
func NewCopied() *Copied {
	m := new(Copied)
	m.current.Store(&map[uint64]uint64{})
	return m
}

func (m *Copied) Load(key uint64) (uint64, bool) {
	value, ok := (*m.current.Load())[key]
	return value, ok
}

// change publishes what a copy has become.
func (m *Copied) change(old map[uint64]uint64, more int, do func(next map[uint64]uint64)) {
	next := make(map[uint64]uint64, len(old)+more)
	for key, value := range old {
		next[key] = value
	}
	do(next)
	m.current.Store(&next)
}

func (m *Copied) Store(key, value uint64) {
	m.writing.Lock()
	defer m.writing.Unlock()
	m.change(*m.current.Load(), 1, func(next map[uint64]uint64) { next[key] = value })
}

func (m *Copied) StoreAll(entries map[uint64]uint64) {
	m.writing.Lock()
	defer m.writing.Unlock()
	m.change(*m.current.Load(), len(entries), func(next map[uint64]uint64) {
		for key, value := range entries {
			next[key] = value
		}
	})
}

func (m *Copied) LoadOrStore(key, value uint64) (uint64, bool) {
	if actual, ok := m.Load(key); ok {
		return actual, true
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	old := *m.current.Load()
	if actual, ok := old[key]; ok {
		return actual, true
	}
	m.change(old, 1, func(next map[uint64]uint64) { next[key] = value })
	return value, false
}

func (m *Copied) Delete(key uint64) bool {
	m.writing.Lock()
	defer m.writing.Unlock()
	old := *m.current.Load()
	if _, ok := old[key]; !ok {
		return false
	}
	m.change(old, 0, func(next map[uint64]uint64) { delete(next, key) })
	return true
}

func (m *Copied) Range(visit func(key, value uint64) bool) {
	visitAll(*m.current.Load(), visit)
}
