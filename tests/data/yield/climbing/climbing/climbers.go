// Package climbing holds what the desk of a climbing gym needs: its climbers, routes, passes and so on.
package climbing

import (
	"errors"
	"sort"
	"strings"
	"time"
)

// Climber is somebody who has signed up at the desk.
type Climber struct {
	Name   string
	Email  string
	Born   time.Time
	Points int
}

// Age returns how old the climber is on a day, in whole years.
func (c Climber) Age(day time.Time) int {
	years := day.Year() - c.Born.Year()
	if c.Born.AddDate(years, 0, 0).After(day) {
		years--
	}
	return years
}

// Initials returns the first letter of each part of a name.
func Initials(name string) string {
	var letters []rune
	for _, part := range strings.Fields(name) {
		letters = append(letters, []rune(part)[0])
	}
	return string(letters)
}

// Roster keeps the climbers of the gym in the order they signed up.
type Roster struct {
	climbers []Climber
}

// Add signs a climber up.
func (r *Roster) Add(c Climber) error {
	if c.Name == "" {
		return errors.New("a climber needs a name")
	}
	r.climbers = append(r.climbers, c)
	return nil
}

// Len returns how many climbers there are.
func (r *Roster) Len() int {
	return len(r.climbers)
}

// Find returns the climber with the given name.
func (r *Roster) Find(name string) (Climber, bool) {
	for _, c := range r.climbers {
		if c.Name == name {
			return c, true
		}
	}
	return Climber{}, false
}

// ByPoints returns the climbers for the ranking on the screen, most points first.
func (r *Roster) ByPoints() []Climber {
	ranking := make([]Climber, len(r.climbers))
	copy(ranking, r.climbers)
	sort.SliceStable(ranking, func(i, j int) bool {
		return ranking[i].Points > ranking[j].Points
	})
	return ranking
}
