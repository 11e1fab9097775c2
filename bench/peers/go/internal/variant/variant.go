// Package variant says which version of a lesson a test program measures, as C
// says it by what it links.
package variant

import (
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"
)

var name = flag.String("variant", "after", "version of the lesson to measure")

// Choose returns the version that the command line names.
func Choose[T any](versions map[string]T) T {
	if version, ok := versions[*name]; ok {
		return version
	}
	var names []string
	for name := range versions {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Fprintf(os.Stderr, "no version '%s': %s\n", *name, strings.Join(names, ", "))
	os.Exit(2)
	panic("unreachable")
}

// Scramble is the mixing step of SplitMix64, as the C lessons have it.
func Scramble(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Random is Marsaglia's generator of 32 bits; its state is never 0.
type Random uint32

// Next returns the state, and goes to the next one.
func (r *Random) Next() uint32 {
	x := *r
	*r ^= *r << 13
	*r ^= *r >> 17
	*r ^= *r << 5
	return uint32(x)
}
