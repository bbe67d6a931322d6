package climbing

import (
	"fmt"
	"strings"
)

// Route is one line of holds up a wall.
type Route struct {
	Name   string
	Grade  string
	Color  string
	Setter string
	Stars  []int
}

// ParseRoutes reads the routes of a text with one "name;grade;color" a line.
func ParseRoutes(text string) ([]Route, error) {
	var routes []Route
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		fields := strings.Split(line, ";")
		if len(fields) != 3 {
			return nil, fmt.Errorf("line %d: want 3 fields, got %d", i+1, len(fields))
		}
		routes = append(routes, Route{Name: fields[0], Grade: fields[1], Color: fields[2]})
	}
	return routes, nil
}

// Label returns what is printed on the tag at the start of the route.
func (r Route) Label() string {
	return fmt.Sprintf("%s %s (%s)", r.Name, r.Grade, r.Color)
}

// Rate adds the stars that a climber gave, 1 to 5.
func (r *Route) Rate(stars int) error {
	if stars < 1 || stars > 5 {
		return fmt.Errorf("stars must be between 1 and 5, not %d", stars)
	}
	r.Stars = append(r.Stars, stars)
	return nil
}

// AverageStars returns the average of the stars given so far.
func (r Route) AverageStars() float64 {
	total := 0
	for _, stars := range r.Stars {
		total += stars
	}
	return float64(total) / float64(len(r.Stars))
}

// WithGrade returns the routes of one grade.
func WithGrade(routes []Route, grade string) []Route {
	var found []Route
	for _, route := range routes {
		if route.Grade == grade {
			found = append(found, route)
		}
	}
	return found
}

// CountByColor returns how many routes there are of each color.
func CountByColor(routes []Route) map[string]int {
	counts := make(map[string]int)
	for _, route := range routes {
		counts[route.Color]++
	}
	return counts
}
