package vineyard

import "fmt"

// Parcel is a piece of land.
type Parcel struct {
	Number   int
	Name     string
	Grape    string
	Hectares float64
	Fallow   bool
}

// Code returns the short name of the parcel that stands on the posts.
func (p Parcel) Code() string {
	return fmt.Sprintf("P-%d", p.Number)
}

// Describe returns the parcel's name, size and grape.
func (p Parcel) Describe() string {
	return fmt.Sprintf("%s, %.1f ha (%s)", p.Name, p.Hectares, p.Grape)
}

// Estate is all the land that we have.
type Estate struct {
	parcels []Parcel
}

// Add adds a parcel to the estate; its number must be new.
func (e *Estate) Add(parcel Parcel) error {
	for _, other := range e.parcels {
		if other.Number == parcel.Number {
			return fmt.Errorf("parcel %d is there already", parcel.Number)
		}
	}
	e.parcels = append(e.parcels, parcel)
	return nil
}

// Hectares returns the size of the estate.
func (e *Estate) Hectares() float64 {
	sum := 0.0
	for _, parcel := range e.parcels {
		sum += parcel.Hectares
	}
	return sum
}

// Planted returns the parcels that a grape grows on.
func (e *Estate) Planted(grape string) []Parcel {
	var found []Parcel
	for _, parcel := range e.parcels {
		if parcel.Grape == grape {
			found = append(found, parcel)
		}
	}
	return found
}

// Largest returns the largest parcel, if there is any.
func (e *Estate) Largest() (Parcel, bool) {
	if len(e.parcels) == 0 {
		return Parcel{}, false
	}
	largest := e.parcels[0]
	for _, parcel := range e.parcels[1:] {
		if parcel.Hectares > largest.Hectares {
			largest = parcel
		}
	}
	return largest, true
}
