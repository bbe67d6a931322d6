// Package vineyard keeps the books of a small vineyard.
package vineyard

import (
	"errors"
	"fmt"
	"sort"
)

// ErrNoWine is returned for a wine that is not in the cellar.
var ErrNoWine = errors.New("no such wine")

// Wine is a wine as it stands on the price list.
type Wine struct {
	Name    string
	Grape   string
	Vintage int
	Cents   int
	Bottles int
}

// Label returns what is printed on the bottle, the name and the vintage.
func (w Wine) Label() string {
	return fmt.Sprintf("%s %d", w.Name, w.Vintage)
}

// Value returns what the bottles in stock are worth, in cents.
func (w Wine) Value() int {
	return w.Cents * w.Bottles
}

// Cellar holds all wines that we sell.
type Cellar struct {
	wines []Wine
}

// NewCellar returns a cellar with these wines.
func NewCellar(wines ...Wine) *Cellar {
	return &Cellar{wines: append([]Wine{}, wines...)}
}

// Find returns the wine of that name.
func (c *Cellar) Find(name string) (Wine, bool) {
	for _, wine := range c.wines {
		if wine.Name == name {
			return wine, true
		}
	}
	return Wine{}, false
}

// Take takes bottles of a wine out of the stock.
func (c *Cellar) Take(name string, bottles int) error {
	for i := range c.wines {
		wine := &c.wines[i]
		if wine.Name != name {
			continue
		}
		if wine.Bottles < bottles {
			return fmt.Errorf("only %d bottles of %s left", wine.Bottles, name)
		}
		wine.Bottles -= bottles
		return nil
	}
	return ErrNoWine
}

// PriceList returns all wines, the oldest vintage first.
func (c *Cellar) PriceList() []Wine {
	list := append([]Wine{}, c.wines...)
	sort.Slice(list, func(i, j int) bool {
		return list[i].Vintage < list[j].Vintage
	})
	return list
}
