package taxi

import (
	"fmt"
	"sort"
	"strings"
)

// Driver is somebody who drives for us.
type Driver struct {
	Name      string
	Phone     string
	Rating    float64
	Languages []string
}

// Roster is the list of all drivers.
type Roster struct {
	Drivers []Driver
}

// ReadDrivers reads drivers from lines like "Anna Berg;0171 555".
func ReadDrivers(text string) ([]Driver, error) {
	var drivers []Driver
	for i, line := range strings.Split(text, "\n") {
		fields := strings.Split(line, ";")
		if len(fields) != 2 {
			return nil, fmt.Errorf("line %d: want name and phone, got %q", i+1, line)
		}
		drivers = append(drivers, Driver{Name: fields[0], Phone: fields[1]})
	}
	return drivers, nil
}

// Find returns the driver of that name, or nil if there is none.
func (r *Roster) Find(name string) *Driver {
	for i := range r.Drivers {
		if r.Drivers[i].Name == name {
			return &r.Drivers[i]
		}
	}
	return nil
}

// Ranking returns the drivers, those with the best rating first.
func (r *Roster) Ranking() []Driver {
	ranked := append([]Driver{}, r.Drivers...)
	sort.SliceStable(ranked, func(i, j int) bool {
		return ranked[i].Rating > ranked[j].Rating
	})
	return ranked
}

// Speaking returns the names of the drivers who speak a language.
func (r *Roster) Speaking(language string) []string {
	var names []string
	for _, driver := range r.Drivers {
		for _, spoken := range driver.Languages {
			if spoken == language {
				names = append(names, driver.Name)
				break
			}
		}
	}
	return names
}

// Initials returns the first letters of a driver's names, like "AB".
func (d Driver) Initials() string {
	initials := ""
	for _, part := range strings.Fields(d.Name) {
		initials += string([]rune(part)[:1])
	}
	return strings.ToUpper(initials)
}
