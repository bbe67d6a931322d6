package taxi

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Tariff holds prices in cents.
type Tariff struct {
	Base         int
	PerKm        int
	PerMinute    int
	NightPercent int
}

// Fare returns what a ride costs, in cents.
func (t Tariff) Fare(km float64, minutes int) int {
	distance := int(math.Round(km * float64(t.PerKm)))
	return t.Base + distance + minutes*t.PerMinute
}

// NightFare returns what a ride costs at night, with the surcharge.
func (t Tariff) NightFare(km float64, minutes int) int {
	fare := t.Fare(km, minutes)
	return fare + fare*t.NightPercent/100
}

// IsNight tells whether the night tariff holds at an hour of the day.
func IsNight(hour int) bool {
	return hour >= 22 || hour < 6
}

// Discounted returns what is left of a fare after a discount in percent.
func Discounted(cents, percent int) int {
	return cents - cents*percent/100
}

// FormatCents returns an amount for a receipt, like "€12.50".
func FormatCents(cents int) string {
	return fmt.Sprintf("€%d.%02d", cents/100, cents%100)
}

// ParseCents reads an amount like "12.50" or "12".
func ParseCents(text string) (int, error) {
	whole, rest := text, "00"
	if dot := strings.Index(text, "."); dot >= 0 {
		whole, rest = text[:dot], text[dot+1:]
	}
	euros, err := strconv.Atoi(whole)
	if err != nil {
		return 0, fmt.Errorf("not an amount: %q", text)
	}
	cents, err := strconv.Atoi(rest)
	if err != nil || len(rest) != 2 {
		return 0, fmt.Errorf("not an amount: %q", text)
	}
	return euros*100 + cents, nil
}
