package climbing

import (
	"errors"
	"fmt"
	"time"
)

// passPrices has the price of each kind of pass in cents.
var passPrices = map[string]int{
	"day":   1400,
	"ten":   12000,
	"month": 6500,
	"year":  59000,
}

// Pass lets its holder into the gym.
type Pass struct {
	Holder string
	Kind   string
	Visits int       // visits left on a ten-visit card
	Until  time.Time // the last day, at midnight
}

// PassPrice returns what a kind of pass costs in cents.
func PassPrice(kind string) (int, error) {
	price, ok := passPrices[kind]
	if !ok {
		return 0, errors.New("unknown pass kind")
	}
	return price, nil
}

// Discounted returns a price with some percent taken off.
func Discounted(cents, percent int) int {
	return cents - cents*percent/100
}

// ValidOn reports whether the pass can be used on a day, given at midnight.
func (p Pass) ValidOn(day time.Time) bool {
	return day.Before(p.Until)
}

// CheckIn lets the holder in and takes a visit off a ten-visit card.
func (p *Pass) CheckIn(day time.Time) error {
	if !p.ValidOn(day) {
		return fmt.Errorf("the pass of %s has run out", p.Holder)
	}
	if p.Kind == "ten" {
		if p.Visits == 0 {
			return errors.New("no visits left")
		}
		p.Visits--
	}
	return nil
}

// TopUp adds visits to a ten-visit card.
func (p *Pass) TopUp(count int) error {
	if p.Kind != "ten" {
		return fmt.Errorf("a %s pass has no visits to top up", p.Kind)
	}
	p.Visits += count
	return nil
}

// Extend moves the last day of the pass by some months.
func (p *Pass) Extend(months int) {
	p.Until = p.Until.AddDate(0, months, 0)
}
