package taxi

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

// Booking is a ride that somebody ordered.
type Booking struct {
	ID       int
	Customer string
	Pickup   string
	At       time.Time
}

// Line returns a booking as a line of text for the dispatcher.
func (b Booking) Line() string {
	fields := []string{b.At.Format("15:04"), b.Customer, b.Pickup}
	return strings.Join(fields, "; ")
}

// Book holds all bookings in the order they came in.
type Book struct {
	bookings []Booking
}

// Add takes a booking in and returns its number.
func (b *Book) Add(customer, pickup string, at time.Time) int {
	id := len(b.bookings) + 1
	b.bookings = append(b.bookings, Booking{ID: id, Customer: customer, Pickup: pickup, At: at})
	return id
}

// Get returns the booking with a number.
func (b *Book) Get(id int) (Booking, error) {
	for _, booking := range b.bookings {
		if booking.ID == id {
			return booking, nil
		}
	}
	return Booking{}, fmt.Errorf("no booking %d", id)
}

// Customers returns the names of those who booked.
func (b *Book) Customers() []string {
	names := []string{}
	for _, booking := range b.bookings {
		names = append(names, booking.Customer)
	}
	return names
}

// Upcoming returns the next bookings after a time, at most limit of them.
func (b *Book) Upcoming(after time.Time, limit int) []Booking {
	found := []Booking{}
	for _, booking := range b.bookings {
		if booking.At.After(after) {
			found = append(found, booking)
		}
	}
	sort.Slice(found, func(i, j int) bool {
		return found[i].At.Before(found[j].At)
	})
	if len(found) > limit {
		found = found[:limit]
	}
	return found
}

// History returns all bookings of a customer in the order of their times.
func (b *Book) History(customer string) []Booking {
	found := []Booking{}
	for _, booking := range b.bookings {
		if booking.Customer == customer {
			found = append(found, booking)
		}
	}
	sort.Slice(found, func(i, j int) bool {
		return found[i].At.Before(found[j].At)
	})
	return found
}
