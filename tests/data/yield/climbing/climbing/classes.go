package climbing

import (
	"fmt"
	"strconv"
	"strings"
)

// Class is a course with a coach and a limited number of places.
type Class struct {
	Title   string
	Coach   string
	Places  int
	Booked  []string
	Waiting []string
}

// Book gives a climber a place and returns true, or puts them on the waiting list.
func (c *Class) Book(name string) bool {
	if len(c.Booked) >= c.Places {
		c.Waiting = append(c.Waiting, name)
		return false
	}
	c.Booked = append(c.Booked, name)
	return true
}

// Cancel takes a climber out of the class and reports whether they had a place.
func (c *Class) Cancel(name string) bool {
	for i, booked := range c.Booked {
		if booked == name {
			c.Booked = append(c.Booked[:i], c.Booked[i+1:]...)
			return true
		}
	}
	return false
}

// Participants returns the names of those who have a place, for the coach's sheet.
func (c *Class) Participants() string {
	return strings.Join(c.Booked, ", ")
}

// ShortTitle cuts a title to at most max characters for the screen at the entrance.
func ShortTitle(title string, max int) string {
	runes := []rune(title)
	if len(runes) <= max {
		return title
	}
	return string(runes[:max])
}

// ParseStart reads a starting time such as "18:30".
func ParseStart(text string) (hour, minute int, err error) {
	parts := strings.Split(text, ":")
	if len(parts) != 2 {
		return 0, 0, fmt.Errorf("not a time: %q", text)
	}
	hour, err = strconv.Atoi(parts[0])
	if err != nil || hour < 0 || hour > 23 {
		return 0, 0, fmt.Errorf("not an hour: %q", parts[0])
	}
	minute, err = strconv.Atoi(parts[1])
	if err != nil || minute < 0 || minute > 59 {
		return 0, 0, fmt.Errorf("not a minute: %q", parts[1])
	}
	return hour, minute, nil
}
