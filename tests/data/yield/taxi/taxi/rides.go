// Package taxi keeps the books of a small taxi firm.
package taxi

import (
	"fmt"
	"strings"
)

// Ride is one trip with a passenger.
type Ride struct {
	Driver    string
	From      string
	To        string
	Km        float64
	Minutes   int
	Cancelled bool
}

// Logbook keeps the rides of a day in the order they were driven.
type Logbook struct {
	rides []Ride
}

// Add puts a ride at the end of the logbook.
func (l *Logbook) Add(ride Ride) {
	l.rides = append(l.rides, ride)
}

// TotalKm returns how far all rides went together.
func (l *Logbook) TotalKm() float64 {
	total := 0.0
	for _, ride := range l.rides {
		total += ride.Km
	}
	return total
}

// CountByDriver returns how many rides each driver has.
func (l *Logbook) CountByDriver() map[string]int {
	counts := map[string]int{}
	for _, ride := range l.rides {
		counts[ride.Driver]++
	}
	return counts
}

// Longest returns the ride with the most kilometres, and false if there is none.
func (l *Logbook) Longest() (Ride, bool) {
	if len(l.rides) == 0 {
		return Ride{}, false
	}
	longest := l.rides[0]
	for _, ride := range l.rides[1:] {
		if ride.Km > longest.Km {
			longest = ride
		}
	}
	return longest, true
}

// AverageSpeed returns the speed of a ride in km/h.
func (r Ride) AverageSpeed() float64 {
	hours := float64(r.Minutes) / 60
	return r.Km / hours
}

// Describe returns a line for the logbook, like "Station -> Airport (12.5 km)".
func (r Ride) Describe() string {
	return fmt.Sprintf("%s -> %s (%.1f km)", r.From, r.To, r.Km)
}

// ParseRoute splits a route like "Station>Airport" into where it begins and ends.
func ParseRoute(text string) (from, to string, err error) {
	parts := strings.Split(text, ">")
	if len(parts) != 2 {
		return "", "", fmt.Errorf("not a route: %q", text)
	}
	return parts[0], parts[1], nil
}
