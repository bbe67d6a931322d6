package climbing

import "fmt"

// Rental is one piece of gear that a climber has rented.
type Rental struct {
	Item     string
	Climber  string
	Returned bool
}

// Desk rents out shoes, harnesses and other gear.
type Desk struct {
	stock   map[string]int
	rentals []Rental
}

// NewDesk returns a desk with nothing in stock.
func NewDesk() *Desk {
	return &Desk{stock: make(map[string]int)}
}

// AddStock puts more of an item on the shelf.
func (d *Desk) AddStock(item string, count int) {
	d.stock[item] += count
}

// InStock returns how many of an item are on the shelf.
func (d *Desk) InStock(item string) int {
	return d.stock[item]
}

// Rent hands an item out to a climber.
func (d *Desk) Rent(item, climber string) error {
	if d.stock[item] < 1 {
		return fmt.Errorf("no %s left", item)
	}
	d.stock[item]--
	d.rentals = append(d.rentals, Rental{Item: item, Climber: climber})
	return nil
}

// GiveBack takes an item back from a climber.
func (d *Desk) GiveBack(item, climber string) error {
	for i := range d.rentals {
		rental := &d.rentals[i]
		if rental.Item == item && rental.Climber == climber && !rental.Returned {
			rental.Returned = true
			return nil
		}
	}
	return fmt.Errorf("%s has not rented %s", climber, item)
}

// Summary says how many items are out at the moment.
func (d *Desk) Summary() string {
	out := 0
	for _, rental := range d.rentals {
		if !rental.Returned {
			out++
		}
	}
	return fmt.Sprintf("%d items out", out)
}

// RentalPrice returns the price for some days in cents; a week or longer is 20 percent cheaper.
func RentalPrice(perDay, days int) int {
	price := perDay * days
	if days >= 7 {
		price = price * 80 / 100
	}
	return price
}
