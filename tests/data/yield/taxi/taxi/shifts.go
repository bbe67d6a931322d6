package taxi

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Shift is when a driver works; times are minutes after midnight.
type Shift struct {
	Driver string
	Start  int
	End    int
	Break  int
}

// Minutes returns how long a driver works in a shift, without the break.
func (s Shift) Minutes() int {
	return s.End - s.Start - s.Break
}

// String returns a shift as it stands on the notice board.
func (s Shift) String() string {
	return fmt.Sprintf("%s %s-%s", s.Driver, clock(s.Start), clock(s.End))
}

// clock returns minutes after midnight as a time of day.
func clock(minutes int) string {
	return fmt.Sprintf("%d:%d", minutes/60, minutes%60)
}

// ParseClock reads a time of day like "16:30" as minutes after midnight.
func ParseClock(text string) (int, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 2 {
		return 0, fmt.Errorf("not a time: %q", text)
	}
	hours, err := strconv.Atoi(parts[0])
	if err != nil {
		return 0, fmt.Errorf("not a time: %q", text)
	}
	minutes, err := strconv.Atoi(parts[1])
	if err != nil {
		return 0, fmt.Errorf("not a time: %q", text)
	}
	return hours*60 + minutes, nil
}

// SortShifts returns the shifts in the order in which they start.
func SortShifts(shifts []Shift) []Shift {
	sort.SliceStable(shifts, func(i, j int) bool {
		return shifts[i].Start < shifts[j].Start
	})
	return shifts
}

// OnDuty returns the drivers who work at a minute of the day.
func OnDuty(shifts []Shift, minute int) []string {
	drivers := []string{}
	for _, shift := range shifts {
		if shift.Start <= minute && minute < shift.End {
			drivers = append(drivers, shift.Driver)
		}
	}
	return drivers
}
