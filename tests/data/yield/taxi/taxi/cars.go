package taxi

import (
	"errors"
	"fmt"
	"sort"
)

// serviceEvery is how many kilometres a car may go between two services.
const serviceEvery = 15000

// Car is one of our taxis.
type Car struct {
	Plate       string
	Seats       int
	Km          int
	LastService int
}

// NeedsService tells whether a car must go to the garage.
func (c Car) NeedsService() bool {
	return c.Km-c.LastService > serviceEvery
}

// Fleet holds the cars by their plates.
type Fleet struct {
	cars map[string]*Car
}

// NewFleet returns a fleet without cars.
func NewFleet() *Fleet {
	return &Fleet{cars: map[string]*Car{}}
}

// Add takes a car into the fleet.
func (f *Fleet) Add(car Car) error {
	if car.Plate == "" {
		return errors.New("a car needs a plate")
	}
	f.cars[car.Plate] = &car
	return nil
}

// Get returns the car with a plate.
func (f *Fleet) Get(plate string) (*Car, error) {
	car, ok := f.cars[plate]
	if !ok {
		return nil, errors.New("no such car")
	}
	return car, nil
}

// Drive adds kilometres to a car.
func (f *Fleet) Drive(plate string, km int) error {
	car, err := f.Get(plate)
	if err != nil {
		return err
	}
	car.Km += km
	return nil
}

// WithSeats returns the plates of the cars that have room for so many people.
func (f *Fleet) WithSeats(people int) []string {
	plates := []string{}
	for plate, car := range f.cars {
		if car.Seats >= people {
			plates = append(plates, plate)
		}
	}
	sort.Strings(plates)
	return plates
}

// Summary returns how many cars and seats there are, like "3 cars, 14 seats".
func (f *Fleet) Summary() string {
	seats := 0
	for _, car := range f.cars {
		seats += car.Seats
	}
	return fmt.Sprintf("%d cars, %d seats", len(f.cars), seats)
}
