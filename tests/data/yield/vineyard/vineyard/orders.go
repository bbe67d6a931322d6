package vineyard

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Line is a line of an order; the price is that of one bottle.
type Line struct {
	Wine    string
	Bottles int
	Cents   int
}

// Order is what a customer wants to have sent.
type Order struct {
	Customer string
	Member   bool
	Lines    []Line
}

// Total returns the price of all bottles in cents.
func (o Order) Total() int {
	total := 0
	for _, line := range o.Lines {
		total += line.Bottles * line.Cents
	}
	return total
}

// Shipping returns what sending the order costs, in cents.
func (o Order) Shipping() int {
	if o.Total() >= 15000 {
		return 0
	}
	return 690
}

// Invoice is the bill for an order.
type Invoice struct {
	Number int
	Order  Order
}

// Text returns the invoice in one line.
func (i Invoice) Text() string {
	amount := float64(i.Order.Total()+i.Order.Shipping()) / 100
	return fmt.Sprintf("Invoice %d for %s: EUR %.2f", i.Number, i.Order.Customer, amount)
}

// ParsePrice reads a price such as "12.50" and returns it in cents.
func ParsePrice(text string) (int, error) {
	amount, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return 0, fmt.Errorf("not a price: %q", text)
	}
	return int(math.Round(amount * 100)), nil
}

// ParseLine reads a line such as "6;Hill Riesling;12.50".
func ParseLine(text string) (Line, error) {
	fields := strings.Split(text, ";")
	if len(fields) != 3 {
		return Line{}, fmt.Errorf("bottles;wine;price expected, not %q", text)
	}
	bottles, err := strconv.Atoi(strings.TrimSpace(fields[0]))
	if err != nil {
		return Line{}, fmt.Errorf("not a number of bottles: %q", fields[0])
	}
	cents, err := ParsePrice(fields[2])
	return Line{Wine: strings.TrimSpace(fields[1]), Bottles: bottles, Cents: cents}, err
}

// ParseLines reads all lines of an order.
func ParseLines(text string) ([]Line, error) {
	var lines []Line
	for _, row := range strings.Split(strings.TrimSpace(text), "\n") {
		line, err := ParseLine(row)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}
