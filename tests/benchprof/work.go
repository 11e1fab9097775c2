// Command work leaves behind one profile of each kind, small and the same shape
// every time.
package main

import (
	"context"
	"os"
	"runtime"
	"runtime/pprof"
	"sort"
	"sync"
	"time"
)

var sink [][]byte

func fill(n int) []int {
	a := make([]int, n)
	x := uint32(1)
	for i := range a {
		x = x*1664525 + 1013904223
		a[i] = int(x >> 8)
	}
	return a
}

func sum(a []int) (s int) {
	for _, v := range a {
		s += add(s, v)
	}
	return
}

func add(a, b int) int { return a ^ b*7 }

func spin(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		a := fill(20000)
		sort.Ints(a)
		_ = sum(a)
	}
}

func hold(mu *sync.Mutex, wg *sync.WaitGroup) {
	for i := 0; i < 20; i++ {
		mu.Lock()
		time.Sleep(time.Millisecond)
		mu.Unlock()
	}
	wg.Done()
}

func keep(n int) {
	for i := 0; i < n; i++ {
		sink = append(sink, make([]byte, 4096+i))
	}
}

func recurse(n int) {
	if n > 0 {
		recurse(n - 1)
		return
	}
	keep(300)
}

func write(name string) {
	f, _ := os.Create(name + ".pb.gz")
	pprof.Lookup(name).WriteTo(f, 0)
	f.Close()
}

func main() {
	runtime.MemProfileRate = 4096
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(1)
	f, _ := os.Create("cpu.pb.gz")
	pprof.StartCPUProfile(f)
	pprof.Do(context.Background(), pprof.Labels("phase", "one"), func(context.Context) { spin(600 * time.Millisecond) })
	pprof.Do(context.Background(), pprof.Labels("phase", "two"), func(context.Context) { spin(400 * time.Millisecond) })
	pprof.StopCPUProfile()
	f.Close()
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(3)
	for i := 0; i < 3; i++ {
		go hold(&mu, &wg)
	}
	wg.Wait()
	keep(400)
	recurse(5)
	runtime.GC()
	write("heap")
	write("mutex")
	write("block")
}
