package sauna

import (
	"errors"
	"fmt"
	"strings"
)

// ErrFull is what a guest gets to hear who has to wait for a locker.
var ErrFull = errors.New("all lockers are taken")

// Lockers is one row of lockers in the changing room, numbered without gaps.
type Lockers struct {
	first, last int
	taken       map[int]string
	broken      map[int]bool
}

// NewLockers returns a row of empty lockers.
func NewLockers(first, last int) *Lockers {
	return &Lockers{first: first, last: last, taken: map[int]string{}, broken: map[int]bool{}}
}

// exists tells whether there is a locker of that number in the row.
func (l *Lockers) exists(number int) bool {
	return l.first <= number && number <= l.last
}

// isFree tells whether a guest could have the locker.
func (l *Lockers) isFree(number int) bool {
	_, taken := l.taken[number]
	return l.exists(number) && !taken && !l.broken[number]
}

// Free returns the numbers of the lockers that can be had, lowest first.
func (l *Lockers) Free() []int {
	free := []int{}
	for number := l.first; number <= l.last; number++ {
		if l.isFree(number) {
			free = append(free, number)
		}
	}
	return free
}

// Of returns the number of a guest's locker.
func (l *Lockers) Of(guest string) (int, bool) {
	for number := l.first; number <= l.last; number++ {
		if l.taken[number] == guest && guest != "" {
			return number, true
		}
	}
	return 0, false
}

// Assign gives a guest the lowest free locker and returns its number.
func (l *Lockers) Assign(guest string) (int, error) {
	if guest == "" {
		return 0, errors.New("a locker needs a guest")
	}
	free := l.Free()
	if len(free) == 0 {
		return 0, ErrFull
	}
	l.taken[free[0]] = guest
	return free[0], nil
}

// Release takes back the key of a locker.
func (l *Lockers) Release(number int) error {
	if !l.exists(number) {
		return fmt.Errorf("no locker %d", number)
	}
	delete(l.taken, number)
	return nil
}

// MarkBroken takes a locker out of use until it is repaired; a guest who has it may keep it for today.
func (l *Lockers) MarkBroken(number int) error {
	if !l.exists(number) {
		return fmt.Errorf("no locker %d", number)
	}
	l.broken[number] = true
	return nil
}

// MarkRepaired takes a locker back into use.
func (l *Lockers) MarkRepaired(number int) {
	delete(l.broken, number)
}

// Ranges writes numbers that are sorted in short: 3, 4, 5 and 8 become "3-5, 8".
func Ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if j == i {
			parts = append(parts, fmt.Sprint(numbers[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", numbers[i], numbers[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
