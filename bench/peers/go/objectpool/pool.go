// Package objectpool is lesson 1: take objects from a pool instead of allocating
// them.
package objectpool

import "sync"

// Pool hands out objects and takes them back.
type Pool[T any] interface {
	Get() *T
	Put(object *T)
}

// Fresh allocates each object, and leaves it to the collector.
type Fresh[T any] struct{}

func (Fresh[T]) Get() *T { return new(T) }
func (Fresh[T]) Put(*T)  {}

// Reused keeps objects, reset, for the next Get.
type Reused[T any] struct {
	pool  sync.Pool
	reset func(*T)
}

// NewReused returns a pool whose objects pass through reset, which may be nil,
// when they are put.
func NewReused[T any](reset func(*T)) *Reused[T] {
	p := &Reused[T]{reset: reset}
	p.pool.New = func() any { return new(T) }
	return p
}

func (p *Reused[T]) Get() *T {
	return p.pool.Get().(*T)
}

func (p *Reused[T]) Put(object *T) {
	if p.reset != nil {
		p.reset(object)
	}
	p.pool.Put(object)
}
