package sauna

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// prices are in cents, for grown-ups on a weekday.
var prices = map[string]int{
	"2 hours": 1450,
	"4 hours": 1900,
	"day":     2600,
}

// weekendExtra is what a ticket costs more on Saturday and Sunday.
const weekendExtra = 300

// Euro writes an amount of cents the way it stands on receipts: "14,50 €".
func Euro(cents int) string {
	return fmt.Sprintf("%d,%02d €", cents/100, cents%100)
}

// ParseEuro reads an amount such as "14,50" or "14" and returns the cents.
func ParseEuro(text string) (int, error) {
	parts := strings.Split(strings.TrimSpace(text), ",")
	if len(parts) > 2 || (len(parts) == 2 && len(parts[1]) != 2) {
		return 0, fmt.Errorf("not an amount: %q", text)
	}
	cents, err := strconv.Atoi(strings.Join(parts, ""))
	if err != nil {
		return 0, fmt.Errorf("not an amount: %q", text)
	}
	if len(parts) == 1 {
		cents *= 100
	}
	return cents, nil
}

// Price returns what a ticket costs on a day, in cents.
func Price(ticket string, day time.Time) (int, error) {
	cents, ok := prices[ticket]
	if !ok {
		return 0, fmt.Errorf("no such ticket: %s", ticket)
	}
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		cents += weekendExtra
	}
	return cents, nil
}

// Discounted returns an amount of cents less some percent.
func Discounted(cents, percent int) int {
	return cents * (100 - percent) / 100
}

// Item is a line on a receipt.
type Item struct {
	Name  string
	Cents int
}

// Receipt returns a line for each item, then a line with the total.
func Receipt(items []Item) string {
	var b strings.Builder
	total := 0
	for _, item := range items {
		fmt.Fprintf(&b, "%s %s\n", item.Name, Euro(item.Cents))
		total += item.Cents
	}
	fmt.Fprintf(&b, "Total %s\n", Euro(total))
	return b.String()
}

// Card is paid once and good for several visits.
type Card struct {
	Owner string
	Left  int
	Until time.Time // the last day, as of midnight
}

// NewCard returns a card for ten visits within a year.
func NewCard(owner string, sold time.Time) *Card {
	day := time.Date(sold.Year(), sold.Month(), sold.Day(), 0, 0, 0, 0, sold.Location())
	return &Card{Owner: owner, Left: 10, Until: day.AddDate(1, 0, 0)}
}

// Punch takes a visit off the card.
func (c *Card) Punch(now time.Time) error {
	if now.After(c.Until) {
		return errors.New("the card has expired")
	}
	if c.Left == 0 {
		return errors.New("the card is used up")
	}
	c.Left--
	return nil
}
