package bufferreuse

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"testing"

	"benchkit/peers/internal/variant"
)

const longest = 65536

func newReader(from io.Reader) Reader {
	type maker func(io.Reader) Reader
	return variant.Choose(map[string]maker{
		"before": func(from io.Reader) Reader { return NewFresh(from, longest) },
		"after":  func(from io.Reader) Reader { return NewReused(from, longest) },
	})(from)
}

func newFrame(size int) []byte {
	frame := bytes.Repeat([]byte{'x'}, size)
	binary.BigEndian.PutUint32(frame[4:], uint32(size))
	return frame
}

func TestFrames(t *testing.T) {
	var stream bytes.Buffer
	sizes := []int{16, 17, 600, 16, longest, 64}
	for _, size := range sizes {
		stream.Write(newFrame(size))
	}
	stream.Write(newFrame(64)[:40])
	for _, r := range []Reader{
		NewFresh(bytes.NewReader(stream.Bytes()), longest),
		NewReused(bytes.NewReader(stream.Bytes()), longest),
	} {
		for _, size := range sizes {
			frame, err := r.Next()
			if err != nil || !bytes.Equal(frame, newFrame(size)) {
				t.Fatalf("%T: %d bytes of %d, %v", r, len(frame), size, err)
			}
		}
		if _, err := r.Next(); err != io.ErrUnexpectedEOF {
			t.Fatalf("%T: %v", r, err)
		}
	}
}

func TestLengths(t *testing.T) {
	for length, want := range map[uint32]error{0: ErrShort, 15: ErrShort, 101: ErrLong, 1 << 31: ErrLong} {
		frame := newFrame(16)
		binary.BigEndian.PutUint32(frame[4:], length)
		for _, r := range []Reader{
			NewFresh(bytes.NewReader(frame), 100),
			NewReused(bytes.NewReader(frame), 100),
		} {
			if _, err := r.Next(); err != want {
				t.Errorf("%T: %d: %v", r, length, err)
			}
		}
	}
}

var sink byte

func readOne(b *testing.B, r Reader) []byte {
	frame, err := r.Next()
	if err != nil {
		b.Fatal(err)
	}
	sink = frame[len(frame)-1]
	return frame
}

// run calls fn for each length of a frame.
func run(b *testing.B, fn func(b *testing.B, frame []byte)) {
	for _, size := range []int{64, 1024, 16384, longest} {
		b.Run(fmt.Sprintf("bytes=%d", size), func(b *testing.B) {
			b.SetBytes(int64(size))
			fn(b, newFrame(size))
		})
	}
}

func BenchmarkMemory(b *testing.B) {
	run(b, func(b *testing.B, frame []byte) {
		memory := bytes.NewReader(frame)
		r := newReader(memory)
		for i := 0; i < b.N; i++ {
			memory.Reset(frame)
			readOne(b, r)
		}
	})
}

var kept []byte

// Before, a frame is the caller's; after, it must be copied to be kept.
func BenchmarkKeep(b *testing.B) {
	run(b, func(b *testing.B, frame []byte) {
		memory := bytes.NewReader(frame)
		r := newReader(memory)
		_, lent := r.(*Reused)
		for i := 0; i < b.N; i++ {
			memory.Reset(frame)
			next := readOne(b, r)
			if lent {
				next = append([]byte(nil), next...)
			}
			kept = next
		}
	})
}

func runDescriptor(b *testing.B, in io.Reader, out io.Writer) {
	run(b, func(b *testing.B, frame []byte) {
		r := newReader(in)
		for i := 0; i < b.N; i++ {
			if _, err := out.Write(frame); err != nil {
				b.Fatal(err)
			}
			readOne(b, r)
		}
	})
}

func BenchmarkPipe(b *testing.B) {
	in, out, err := os.Pipe()
	if err != nil {
		b.Skip("no pipe: ", err)
	}
	defer in.Close()
	defer out.Close()
	runDescriptor(b, in, out)
}

func BenchmarkTcp(b *testing.B) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		b.Skip("no connection: ", err)
	}
	defer listener.Close()
	out, err := net.Dial("tcp4", listener.Addr().String())
	if err != nil {
		b.Skip("no connection: ", err)
	}
	defer out.Close()
	in, err := listener.Accept()
	if err != nil {
		b.Skip("no connection: ", err)
	}
	defer in.Close()
	runDescriptor(b, in, out)
}
