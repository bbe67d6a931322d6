package climbing

import (
	"errors"
	"fmt"
)

// Wall is one wall of the gym with its sectors from left to right.
type Wall struct {
	Name    string
	Height  float64
	Closed  bool
	sectors []string
}

// AddSector adds a sector at the right end of the wall.
func (w *Wall) AddSector(name string) error {
	if name == "" {
		return errors.New("a sector needs a name")
	}
	w.sectors = append(w.sectors, name)
	return nil
}

// Sectors returns the names of the sectors from left to right.
func (w *Wall) Sectors() []string {
	return w.sectors
}

// HasSector reports whether the wall has a sector of that name.
func (w *Wall) HasSector(name string) bool {
	for _, sector := range w.sectors {
		if sector == name {
			return true
		}
	}
	return false
}

// FormatHeight returns a height in meters as it is shown on the map.
func FormatHeight(meters float64) string {
	return fmt.Sprintf("%g m", meters)
}

// Describe returns the line for the wall in the list at the desk.
func (w *Wall) Describe() string {
	line := fmt.Sprintf("%s, %s", w.Name, FormatHeight(w.Height))
	if w.Closed {
		line += ", closed"
	}
	return line
}

// OpenWalls returns the walls that can be climbed today.
func OpenWalls(walls []Wall) []Wall {
	var open []Wall
	for _, wall := range walls {
		if !wall.Closed {
			open = append(open, wall)
		}
	}
	return open
}

// Highest returns the height of the highest wall, or 0 if there is none.
func Highest(walls []Wall) float64 {
	highest := 0.0
	for _, wall := range walls {
		if wall.Height > highest {
			highest = wall.Height
		}
	}
	return highest
}
