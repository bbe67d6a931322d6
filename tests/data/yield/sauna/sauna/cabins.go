// Package sauna holds what the front desk of a sauna and bath house works with: cabins, infusions, tickets and so on.
package sauna

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Cabin is one of the hot rooms.
type Cabin struct {
	Name     string
	Kind     string // such as "finnish", "bio" or "steam"
	Celsius  float64
	Seats    int
	Features []string
	Closed   bool
}

// Fahrenheit returns the temperature of the cabin for guests from overseas.
func (c Cabin) Fahrenheit() float64 {
	return c.Celsius*9/5 + 32
}

// Has tells whether the cabin has a feature, such as "window".
func (c Cabin) Has(feature string) bool {
	for _, f := range c.Features {
		if f == feature {
			return true
		}
	}
	return false
}

// Sign returns what is written on the door.
func (c Cabin) Sign() string {
	return fmt.Sprintf("%s: %.0f °C, %d seats", c.Name, c.Celsius, c.Seats)
}

// House holds the cabins by the number on their door.
type House struct {
	cabins map[int]Cabin
}

// NewHouse returns a house without any cabins.
func NewHouse() *House {
	return &House{cabins: map[int]Cabin{}}
}

// Put sets up a cabin behind a door, in place of the one that was there.
func (h *House) Put(door int, c Cabin) error {
	if door < 1 {
		return fmt.Errorf("no such door: %d", door)
	}
	if c.Seats < 1 {
		return errors.New("a cabin needs a seat")
	}
	h.cabins[door] = c
	return nil
}

// Doors returns the numbers of all doors, lowest first.
func (h *House) Doors() []int {
	doors := make([]int, 0, len(h.cabins))
	for door := range h.cabins {
		doors = append(doors, door)
	}
	sort.Ints(doors)
	return doors
}

// Hottest returns the cabin with the highest temperature; of equal ones, that with the lowest door number.
func (h *House) Hottest() (Cabin, bool) {
	var hottest Cabin
	found := false
	for _, door := range h.Doors() {
		c := h.cabins[door]
		if !found || c.Celsius > hottest.Celsius {
			hottest = c
			found = true
		}
	}
	return hottest, found
}

// WithFeature returns the names of the cabins that have a feature, in the order of their doors.
func (h *House) WithFeature(feature string) []string {
	names := []string{}
	for _, door := range h.Doors() {
		if h.cabins[door].Has(feature) {
			names = append(names, h.cabins[door].Name)
		}
	}
	return names
}

// SeatsByKind returns how many seats there are in cabins of each kind.
func (h *House) SeatsByKind() map[string]int {
	seats := map[string]int{}
	for _, c := range h.cabins {
		seats[c.Kind] += c.Seats
	}
	return seats
}

// Board returns the text for the screen in the entrance hall, with a line for each cabin.
func (h *House) Board() string {
	var lines []string
	for _, door := range h.Doors() {
		c := h.cabins[door]
		line := fmt.Sprintf("%d %s", door, c.Name)
		if c.Closed {
			line += " (closed)"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
