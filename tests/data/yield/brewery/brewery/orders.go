package brewery

import (
	"fmt"
	"strings"
)

// OrderLine is one beer of an order. The price of a crate is in cents.
type OrderLine struct {
	Beer   string
	Crates int
	Price  int
}

// Order is what a customer wants, with a discount in percent.
type Order struct {
	Customer string
	Discount int
	Lines    []OrderLine
}

// AddLine puts crates of a beer on the order.
func (o *Order) AddLine(beer string, crates, price int) error {
	if crates < 1 {
		return fmt.Errorf("cannot order %d crates of %s", crates, beer)
	}
	o.Lines = append(o.Lines, OrderLine{Beer: beer, Crates: crates, Price: price})
	return nil
}

// Total returns the price of the order in cents, less the discount.
func (o *Order) Total() int {
	sum := 0
	for _, line := range o.Lines {
		sum += line.Crates * line.Price
	}
	return sum * (100 - o.Discount) / 100
}

// Summary lists the order in one line, such as "3 x Pale Ale, 1 x Stout".
func (o *Order) Summary() string {
	parts := make([]string, 0, len(o.Lines))
	for _, line := range o.Lines {
		parts = append(parts, fmt.Sprintf("%d x %s", line.Crates, line.Beer))
	}
	return strings.Join(parts, ", ")
}

// Shipping returns what it costs in cents to send so many crates.
func Shipping(crates int) int {
	if crates == 0 {
		return 0
	}
	return 590 + crates*150
}

// Customers returns who ordered, in the order of the orders.
func Customers(orders []Order) []string {
	names := []string{}
	for _, order := range orders {
		names = append(names, order.Customer)
	}
	return names
}

// FormatCents shows an amount of cents as euros.
func FormatCents(cents int) string {
	return fmt.Sprintf("%d.%02d €", cents/100, cents%100)
}
