// Package bufferreuse is lesson 2: read frames into a buffer that the reader
// keeps.
package bufferreuse

import (
	"encoding/binary"
	"errors"
	"io"
)

// Head is the length of a frame's head, whose bytes 4 to 7 are the length of the
// whole frame.
const Head = 16

// What else a frame may be than one.
var (
	ErrShort = errors.New("frame shorter than its head")
	ErrLong  = errors.New("frame longer than the limit")
)

// Reader reads frames.  A frame is valid until the next call of Next.
type Reader interface {
	Next() (frame []byte, err error)
}

// length checks the length that head says.
func length(head []byte, limit int) (int, error) {
	n := int64(binary.BigEndian.Uint32(head[4:]))
	if n < Head {
		return 0, ErrShort
	}
	if n > int64(limit) {
		return 0, ErrLong
	}
	return int(n), nil
}

// Fresh allocates a head and a frame for each.
type Fresh struct {
	from  io.Reader
	limit int
}

// NewFresh returns a reader of frames of at most limit bytes.
func NewFresh(from io.Reader, limit int) *Fresh {
	return &Fresh{from, limit}
}

func (r *Fresh) Next() ([]byte, error) {
	head := make([]byte, Head)
	if _, err := io.ReadFull(r.from, head); err != nil {
		return nil, err
	}
	n, err := length(head, r.limit)
	if err != nil {
		return nil, err
	}
	frame := make([]byte, n)
	copy(frame, head)
	_, err = io.ReadFull(r.from, frame[Head:])
	return frame, err
}

// Reused reads all frames into one buffer, which grows as it must.
type Reused struct {
	from   io.Reader
	limit  int
	buffer []byte
}

// NewReused returns a reader of frames of at most limit bytes.
func NewReused(from io.Reader, limit int) *Reused {
	return &Reused{from, limit, make([]byte, Head, 512)}
}

func (r *Reused) Next() ([]byte, error) {
	if _, err := io.ReadFull(r.from, r.buffer[:Head]); err != nil {
		return nil, err
	}
	n, err := length(r.buffer, r.limit)
	if err != nil {
		return nil, err
	}
	if n > cap(r.buffer) {
		larger := make([]byte, Head, max(n, min(2*cap(r.buffer), r.limit)))
		copy(larger, r.buffer)
		r.buffer = larger
	}
	frame := r.buffer[:n]
	_, err = io.ReadFull(r.from, frame[Head:])
	return frame, err
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}
