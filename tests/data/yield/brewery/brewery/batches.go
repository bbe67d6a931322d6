package brewery

import (
	"errors"
	"fmt"
	"sort"
	"time"
)

// Batch is one brew, from the kettle to the bottle.
type Batch struct {
	Number          int
	Beer            string
	Brewed          time.Time
	OriginalGravity float64
	FinalGravity    float64
	Done            bool
	Notes           []string
}

// Label returns what is written on the tank's card.
func (b *Batch) Label() string {
	return fmt.Sprintf("#%d %s", b.Number, b.Beer)
}

// AddNote writes something down about the batch.
func (b *Batch) AddNote(text string) {
	b.Notes = append(b.Notes, text)
}

// Finish ends the fermentation at the measured gravity.
func (b *Batch) Finish(gravity float64) error {
	if b.Done {
		return errors.New("the batch is already finished")
	}
	b.FinalGravity = gravity
	b.Done = true
	return nil
}

// Alcohol returns the alcohol by volume in percent, or 0 as long as the batch is not finished.
func (b *Batch) Alcohol() float64 {
	if !b.Done {
		return 0
	}
	return (b.OriginalGravity - b.FinalGravity) * 131.25
}

// Age returns how many full days ago the batch was brewed.
func (b *Batch) Age(now time.Time) int {
	return int(now.Sub(b.Brewed).Hours() / 24)
}

// SortByDate sorts batches in place, the oldest first.
func SortByDate(batches []Batch) {
	sort.SliceStable(batches, func(i, j int) bool {
		return batches[i].Brewed.Before(batches[j].Brewed)
	})
}

// Fermenting returns the batches that are not finished yet.
func Fermenting(batches []Batch) []Batch {
	var open []Batch
	for _, batch := range batches {
		if !batch.Done {
			open = append(open, batch)
		}
	}
	return open
}
