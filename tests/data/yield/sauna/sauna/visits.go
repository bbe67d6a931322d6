package sauna

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

// Visit is the time from a guest's coming to their going; Out is zero for as long as they are in the house.
type Visit struct {
	Guest string
	In    time.Time
	Out   time.Time
}

// Inside tells whether the guest has not left yet.
func (v Visit) Inside() bool {
	return v.Out.IsZero()
}

// Stay returns how long the visit took.
func (v Visit) Stay() time.Duration {
	if v.Inside() {
		return 0
	}
	return v.Out.Sub(v.In)
}

// FormatStay writes how long somebody was here, in hours and minutes.
func FormatStay(stay time.Duration) string {
	minutes := int(stay.Minutes())
	return fmt.Sprintf("%d h %02d min", minutes/60, minutes%60)
}

// AverageStay returns how long visits take on average.
func AverageStay(visits []Visit) time.Duration {
	if len(visits) == 0 {
		return 0
	}
	var total time.Duration
	for _, v := range visits {
		total += v.Stay()
	}
	return total / time.Duration(len(visits))
}

// CountByDay returns how many guests came on each day; the days are written like "2024-11-30".
func CountByDay(visits []Visit) map[string]int {
	counts := map[string]int{}
	for _, v := range visits {
		counts[v.In.Format("2006-01-02")]++
	}
	return counts
}

// Regulars returns the guests with at least so many visits, in alphabetical order.
func Regulars(visits []Visit, least int) []string {
	counts := map[string]int{}
	for _, v := range visits {
		counts[v.Guest]++
	}
	regulars := []string{}
	for guest, count := range counts {
		if count >= least {
			regulars = append(regulars, guest)
		}
	}
	sort.Strings(regulars)
	return regulars
}

// LongestStays returns up to n visits, longest first, for the wall of fame. Visits of the same length keep their order.
func LongestStays(visits []Visit, n int) []Visit {
	longest := append([]Visit{}, visits...)
	sort.SliceStable(longest, func(i, j int) bool {
		return longest[i].Stay() > longest[j].Stay()
	})
	if len(longest) > n {
		longest = longest[:n]
	}
	return longest
}

// ExportCSV returns the visits as a table for the office, with a header; of a guest who is inside, the out is empty.
func ExportCSV(visits []Visit) string {
	var b strings.Builder
	b.WriteString("guest,in,out\n")
	for _, v := range visits {
		out := ""
		if !v.Inside() {
			out = v.Out.Format("2006-01-02 15:04")
		}
		fmt.Fprintf(&b, "%s,%s,%s\n", v.Guest, v.In.Format("2006-01-02 15:04"), out)
	}
	return b.String()
}
