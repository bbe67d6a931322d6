package brewery

import (
	"fmt"
	"strconv"
	"strings"
)

// Stop is one customer on a tour.
type Stop struct {
	Customer  string
	Street    string
	Crates    int
	Delivered bool
}

// Tour is a day's round with the van.
type Tour struct {
	Driver string
	Stops  []Stop
}

// ReadStops reads one stop from each line, written as "customer;street;crates".
func ReadStops(text string) ([]Stop, error) {
	var stops []Stop
	for number, line := range strings.Split(strings.TrimSpace(text), "\n") {
		fields := strings.Split(line, ";")
		if len(fields) != 3 {
			return nil, fmt.Errorf("line %d: want 3 fields, have %d", number+1, len(fields))
		}
		crates, err := strconv.Atoi(fields[2])
		if err != nil {
			return nil, fmt.Errorf("line %d: bad number of crates", number+1)
		}
		stops = append(stops, Stop{Customer: fields[0], Street: fields[1], Crates: crates})
	}
	return stops, nil
}

// Open returns the stops that are still to be made.
func (t *Tour) Open() []Stop {
	var open []Stop
	for _, stop := range t.Stops {
		if !stop.Delivered {
			open = append(open, stop)
		}
	}
	return open
}

// MarkDelivered ticks a customer off and reports whether the customer is on the tour.
func (t *Tour) MarkDelivered(customer string) bool {
	for i := range t.Stops {
		if t.Stops[i].Customer == customer {
			t.Stops[i].Delivered = true
			return true
		}
	}
	return false
}

// Load returns how many crates are in the van.
func (t *Tour) Load() int {
	crates := 0
	for _, stop := range t.Stops {
		crates += stop.Crates
	}
	return crates
}

// Report returns one line for each stop, for the driver.
func (t *Tour) Report() string {
	var lines []string
	for _, stop := range t.Stops {
		mark := " "
		if stop.Delivered {
			mark = "x"
		}
		lines = append(lines, fmt.Sprintf("[%s] %s, %s: %d crates", mark, stop.Customer, stop.Street, stop.Crates))
	}
	return strings.Join(lines, "\n")
}
