package sauna

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// lateFee is what each day costs that something is kept too long, in cents.
const lateFee = 80

// newPrices says what it costs to buy a thing new, in cents.
var newPrices = map[string]int{"towel": 1200, "robe": 3500}

// Loan is something that a guest has borrowed and not yet given back.
type Loan struct {
	Guest string
	Item  string
	Count int
	Day   time.Time
}

// Shelf is where the towels and robes lie that guests can borrow.
type Shelf struct {
	stock map[string]int
	lent  map[string]int
	loans []Loan
}

// NewShelf returns a shelf with the given stock, none of which is lent.
func NewShelf(stock map[string]int) *Shelf {
	s := &Shelf{stock: map[string]int{}, lent: map[string]int{}}
	for item, count := range stock {
		s.stock[item] = count
	}
	return s
}

// Lend hands something out.
func (s *Shelf) Lend(guest, item string, count int, day time.Time) error {
	if count < 1 {
		return fmt.Errorf("cannot lend %d", count)
	}
	if s.stock[item]-s.lent[item] < count {
		return fmt.Errorf("not enough of %s", item)
	}
	s.lent[item] += count
	s.loans = append(s.loans, Loan{guest, item, count, day})
	return nil
}

// TakeBack closes the oldest loan that a guest has of an item.
func (s *Shelf) TakeBack(guest, item string) error {
	for i, loan := range s.loans {
		if loan.Guest == guest && loan.Item == item {
			s.lent[item] -= loan.Count
			s.loans = append(s.loans[:i], s.loans[i+1:]...)
			return nil
		}
	}
	return fmt.Errorf("%s has no %s", guest, item)
}

// Out returns how many of each item are with guests.
func (s *Shelf) Out() map[string]int {
	out := map[string]int{}
	for item, count := range s.lent {
		out[item] = count
	}
	return out
}

// Overdue returns the loans from before a day, in the order they were made.
func (s *Shelf) Overdue(day time.Time) []Loan {
	overdue := []Loan{}
	for _, loan := range s.loans {
		if loan.Day.Before(day) {
			overdue = append(overdue, loan)
		}
	}
	return overdue
}

// LateFee returns what one piece costs that comes back some days late, in cents.
func LateFee(item string, days int) int {
	if days <= 0 {
		return 0
	}
	return days * lateFee
}

// ParseStock reads a stock list, which has lines such as "towel=40".
func ParseStock(text string) (map[string]int, error) {
	stock := map[string]int{}
	for _, line := range strings.Fields(text) {
		parts := strings.SplitN(line, "=", 2)
		if len(parts) != 2 {
			return nil, fmt.Errorf("no count: %s", line)
		}
		count, err := strconv.Atoi(parts[1])
		if err != nil || count < 0 {
			return nil, fmt.Errorf("bad count: %s", line)
		}
		stock[parts[0]] = count
	}
	return stock, nil
}

// WriteStock is the reverse of ParseStock; the items are in alphabetical order.
func WriteStock(stock map[string]int) string {
	lines := []string{}
	for item, count := range stock {
		lines = append(lines, fmt.Sprintf("%s=%d\n", item, count))
	}
	sort.Strings(lines)
	return strings.Join(lines, "")
}
