// Package pointerfreekeys is lesson 4: a collector does not look into a map whose
// keys and values have no pointers.
package pointerfreekeys

import "hash/maphash"

// Longest is the length of the longest name.
const Longest = 31

// Table is a table from names to numbers.
type Table interface {
	Add(name string, value uint64) bool
	Find(name []byte) (value uint64, ok bool)
}

// Strings has a string for each key, which is a pointer.
type Strings map[string]uint64

func (t Strings) Add(name string, value uint64) bool {
	if len(name) > Longest {
		return false
	}
	t[name] = value
	return true
}

func (t Strings) Find(name []byte) (uint64, bool) {
	value, ok := t[string(name)]
	return value, ok
}

// Arrays has the bytes of a name as key, with zeros behind them.
type Arrays map[[Longest + 1]byte]uint64

func (t Arrays) Add(name string, value uint64) bool {
	var key [Longest + 1]byte
	if len(name) > Longest {
		return false
	}
	copy(key[:], name)
	t[key] = value
	return true
}

func (t Arrays) Find(name []byte) (uint64, bool) {
	var key [Longest + 1]byte
	if len(name) > Longest {
		return 0, false
	}
	copy(key[:], name)
	value, ok := t[key]
	return value, ok
}

// Hashes has the hash of a name as key: two names with one hash are one.
type Hashes map[uint64]uint64

var seed = maphash.MakeSeed()

func (t Hashes) Add(name string, value uint64) bool {
	if len(name) > Longest {
		return false
	}
	t[maphash.String(seed, name)] = value
	return true
}

func (t Hashes) Find(name []byte) (uint64, bool) {
	value, ok := t[maphash.Bytes(seed, name)]
	return value, ok
}
