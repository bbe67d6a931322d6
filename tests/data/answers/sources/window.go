package window

import (
	"errors"
	"fmt"
)

// ErrEmpty is returned where a window has no values.
var ErrEmpty = errors.New("window: empty")

// Window keeps the last values of a series.
type Window struct {
	size   int
	values []float64
}

// New returns a window of at most size values.
func New(size int) *Window {
	return &Window{size: size}
}

// Add puts a value at the end.
func (w *Window) Add(value float64) {
	w.values = append(w.values, value)
	if len(w.values) > w.size {
		w.values = w.values[1:]
	}
}

// Mean returns the mean of the values.
func (w *Window) Mean() (float64, error) {
	if len(w.values) == 0 {
		return 0, ErrEmpty
	}
	sum := 0.0
	for _, value := range w.values {
		sum += value
	}
	return sum / float64(len(w.values)), nil
}

// String returns what the window holds.
func (w *Window) String() string {
	return fmt.Sprintf("window(%d of %d)", len(w.values), w.size)
}
