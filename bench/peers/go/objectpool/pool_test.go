package objectpool

import (
	"fmt"
	"net"
	"testing"
	"time"

	"benchkit/peers/internal/variant"
)

type book struct {
	title    [64]byte
	author   [32]byte
	pages    uint32
	chapters uint32
}

func reset(b *book) {
	b.title[0] = 0
	b.author[0] = 0
	b.pages = 0
	b.chapters = 0
}

func write(b *book) {
	copy(b.title[:], "Around the World in Eighty Days")
	copy(b.author[:], "Jules Verne")
	b.pages = 312
	b.chapters = 37
}

type buffer [65536]byte

func bookPool() Pool[book] {
	return variant.Choose(map[string]Pool[book]{
		"before": Fresh[book]{},
		"after":  NewReused(reset),
	})
}

func bufferPool() Pool[buffer] {
	return variant.Choose(map[string]Pool[buffer]{
		"before": Fresh[buffer]{},
		"after":  NewReused[buffer](nil),
	})
}

func TestBooksAreReset(t *testing.T) {
	p := NewReused(reset)
	for i := 0; i < 10; i++ {
		b := p.Get()
		if b.title[0] != 0 || b.pages != 0 {
			t.Fatalf("book %d has not been reset", i)
		}
		write(b)
		p.Put(b)
	}
}

func BenchmarkBook(b *testing.B) {
	pool := bookPool()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			book := pool.Get()
			write(book)
			pool.Put(book)
		}
	})
}

var sink uint32

func BenchmarkControl(b *testing.B) {
	b.RunParallel(func(pb *testing.PB) {
		random := variant.Random(2463534242)
		for pb.Next() {
			random.Next()
		}
		sink = uint32(random)
	})
}

func BenchmarkBurst(b *testing.B) {
	books := make([]*book, 50000)
	for _, count := range []int{50, 1000, 50000} {
		b.Run(fmt.Sprintf("books=%d", count), func(b *testing.B) {
			pool := bookPool()
			for i := 0; i < b.N; i++ {
				for k := range books[:count] {
					books[k] = pool.Get()
					write(books[k])
				}
				for _, book := range books[:count] {
					pool.Put(book)
				}
			}
		})
	}
}

func BenchmarkBuffer(b *testing.B) {
	pool := bufferPool()
	for i := 0; i < b.N; i++ {
		pool.Put(pool.Get())
	}
}

// serve sends every datagram back until the connection is closed.
func serve(conn *net.UDPConn, pool Pool[buffer]) {
	for {
		buffer := pool.Get()
		n, peer, err := conn.ReadFromUDPAddrPort(buffer[:])
		if err != nil {
			return
		}
		conn.WriteToUDPAddrPort(buffer[:n], peer)
		pool.Put(buffer)
	}
}

func BenchmarkEcho(b *testing.B) {
	server, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		b.Skip("no server on loopback: ", err)
	}
	defer server.Close()
	go serve(server, bufferPool())
	conn, err := net.DialUDP("udp4", nil, server.LocalAddr().(*net.UDPAddr))
	if err != nil {
		b.Skip("no socket: ", err)
	}
	defer conn.Close()
	for _, size := range []int{16, 1024} {
		b.Run(fmt.Sprintf("bytes=%d", size), func(b *testing.B) {
			text, answer := make([]byte, size), make([]byte, size)
			conn.SetReadDeadline(time.Now().Add(time.Minute))
			b.SetBytes(int64(size))
			for i := 0; i < b.N; i++ {
				if _, err := conn.Write(text); err != nil {
					b.Fatal(err)
				}
				if n, err := conn.Read(answer); err != nil || n != size {
					b.Fatal("no answer: ", n, err)
				}
			}
		})
	}
}
