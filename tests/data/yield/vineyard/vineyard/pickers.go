package vineyard

import (
	"sort"
	"strings"
)

// Picker is somebody who helps with the harvest.
type Picker struct {
	Name   string
	Crates int
}

// Crew is everybody who picks this year.
type Crew struct {
	pickers map[string]*Picker
}

// NewCrew returns a crew of pickers who have picked nothing yet.
func NewCrew(names ...string) *Crew {
	crew := &Crew{pickers: map[string]*Picker{}}
	for _, name := range names {
		crew.pickers[name] = &Picker{Name: name}
	}
	return crew
}

// Pick notes crates that somebody brought in; new pickers join the crew.
func (c *Crew) Pick(name string, crates int) {
	picker, known := c.pickers[name]
	if !known {
		picker = &Picker{Name: name}
		c.pickers[name] = picker
	}
	picker.Crates += crates
}

// Leave takes a picker off the crew.
func (c *Crew) Leave(name string) {
	delete(c.pickers, name)
}

// Crates returns how many crates the whole crew brought in.
func (c *Crew) Crates() int {
	crates := 0
	for _, picker := range c.pickers {
		crates += picker.Crates
	}
	return crates
}

// Best returns the names of the n pickers with the most crates, the best one first.
func (c *Crew) Best(n int) []string {
	names := make([]string, 0, len(c.pickers))
	for name := range c.pickers {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := c.pickers[names[i]], c.pickers[names[j]]
		if a.Crates != b.Crates {
			return a.Crates > b.Crates
		}
		return a.Name < b.Name
	})
	return names[:n]
}

// ReadNames reads the list of pickers, one name a line.
func ReadNames(text string) []string {
	names := []string{}
	for _, line := range strings.Split(text, "\n") {
		name := strings.TrimSpace(line)
		if name == "" {
			continue
		}
		names = append(names, name)
	}
	return names
}
