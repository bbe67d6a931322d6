package vineyard

import (
	"errors"
	"fmt"
)

// Tasting is an evening in the tasting room.
type Tasting struct {
	Title  string
	Seats  int
	guests []string
	points []int
}

// NewTasting returns a tasting that nobody has booked yet.
func NewTasting(title string, seats int) *Tasting {
	return &Tasting{Title: title, Seats: seats}
}

// Book gives a guest a seat.
func (t *Tasting) Book(guest string) error {
	if guest == "" {
		return errors.New("a guest needs a name")
	}
	if t.Full() {
		return fmt.Errorf("%s is booked out", t.Title)
	}
	t.guests = append(t.guests, guest)
	return nil
}

// Full reports whether all seats are taken.
func (t *Tasting) Full() bool {
	return len(t.guests) >= t.Seats
}

// Guests returns the names of the guests in the order they booked.
func (t *Tasting) Guests() []string {
	return t.guests
}

// Rate notes the points, from 0 to 100, that somebody gave the evening.
func (t *Tasting) Rate(points int) error {
	if points < 0 || points > 100 {
		return fmt.Errorf("points out of range: %d", points)
	}
	t.points = append(t.points, points)
	return nil
}

// Average returns the average of all points, or 0 if there are none.
func (t *Tasting) Average() int {
	if len(t.points) == 0 {
		return 0
	}
	sum := 0
	for _, points := range t.points {
		sum += points
	}
	return sum / len(t.points)
}

// Summary returns a line for the notice board.
func (t *Tasting) Summary() string {
	text := fmt.Sprintf("%s: %d guests", t.Title, len(t.guests))
	if t.Full() {
		text += " (full)"
	}
	return text
}
