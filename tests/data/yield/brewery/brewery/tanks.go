package brewery

import (
	"fmt"
	"sort"
)

// Tank is a vessel in the cellar. Its sizes are in litres.
type Tank struct {
	Name     string
	Capacity float64
	Level    float64
	Beer     string
}

// Free returns how many litres still fit in.
func (t *Tank) Free() float64 {
	return t.Capacity - t.Level
}

// Fill pumps beer into the tank.
func (t *Tank) Fill(beer string, litres float64) error {
	if t.Level > 0 && t.Beer != beer {
		return fmt.Errorf("%s holds %s", t.Name, t.Beer)
	}
	if litres > t.Free() {
		return fmt.Errorf("%s has only room for %.0f l", t.Name, t.Free())
	}
	t.Beer = beer
	t.Level += litres
	return nil
}

// Drain takes beer out of the tank and returns how many litres that were.
func (t *Tank) Drain(litres float64) float64 {
	t.Level -= litres
	return litres
}

// Status describes the tank in one line.
func (t *Tank) Status() string {
	if t.Level == 0 {
		return t.Name + ": empty"
	}
	return fmt.Sprintf("%s: %s, %.0f/%.0f l", t.Name, t.Beer, t.Level, t.Capacity)
}

// FindEmpty returns an empty tank that holds so many litres, or nil.
func FindEmpty(tanks []*Tank, litres float64) *Tank {
	for _, tank := range tanks {
		if tank.Level == 0 && tank.Capacity >= litres {
			return tank
		}
	}
	return nil
}

// LitresByBeer adds up what is in the cellar of each beer.
func LitresByBeer(tanks []*Tank) map[string]float64 {
	litres := map[string]float64{}
	for _, tank := range tanks {
		litres[tank.Beer] += tank.Level
	}
	return litres
}

// TankNames returns the names of the tanks in order.
func TankNames(tanks []*Tank) []string {
	names := make([]string, 0, len(tanks))
	for _, tank := range tanks {
		names = append(names, tank.Name)
	}
	sort.Strings(names)
	return names
}
