package sauna

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Infusion is one pouring of scented water on the stones, with a towel show if the guests are lucky.
type Infusion struct {
	Start   int // in minutes after midnight
	Cabin   string
	Scent   string
	Master  string
	Minutes int
}

// End returns when the infusion is over, in minutes after midnight.
func (i Infusion) End() int {
	return i.Start + i.Minutes
}

// ParseClock reads a time of day such as "14:30" and returns the minutes after midnight.
func ParseClock(text string) (int, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 2 {
		return 0, fmt.Errorf("not a time: %q", text)
	}
	hour, err := strconv.Atoi(parts[0])
	if err != nil {
		return 0, fmt.Errorf("not a time: %q", text)
	}
	minute, err := strconv.Atoi(parts[1])
	if err != nil {
		return 0, fmt.Errorf("not a time: %q", text)
	}
	return hour*60 + minute, nil
}

// Clock writes minutes after midnight as a time of day.
func Clock(minutes int) string {
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

// ParsePlan reads the plan of a day. Each line is "start | cabin | scent | master | minutes".
func ParsePlan(text string) ([]Infusion, error) {
	var plan []Infusion
	for n, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		fields := strings.Split(line, "|")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if len(fields) != 5 {
			return nil, fmt.Errorf("line %d: %d fields", n+1, len(fields))
		}
		start, err := ParseClock(fields[0])
		if err != nil {
			return nil, fmt.Errorf("line %d: %v", n+1, err)
		}
		minutes, err := strconv.Atoi(fields[4])
		if err != nil {
			return nil, fmt.Errorf("line %d: not a number of minutes: %q", n+1, fields[4])
		}
		plan = append(plan, Infusion{start, fields[1], fields[2], fields[3], minutes})
	}
	return plan, nil
}

// WritePlan is the reverse of ParsePlan.
func WritePlan(plan []Infusion) string {
	var b strings.Builder
	for _, i := range plan {
		fmt.Fprintf(&b, "%s | %s | %s | %s | %d\n", Clock(i.Start), i.Cabin, i.Scent, i.Master, i.Minutes)
	}
	return b.String()
}

// Next returns the infusion to go to at a time of day; one that starts right now can still be caught.
func Next(plan []Infusion, now int) (Infusion, bool) {
	for _, i := range plan {
		if i.Start >= now {
			return i, true
		}
	}
	return Infusion{}, false
}

// Clashes returns a line for each two infusions that want the same cabin at the same time.
func Clashes(plan []Infusion) []string {
	clashes := []string{}
	for n, a := range plan {
		for _, b := range plan[n+1:] {
			if a.Cabin == b.Cabin && a.Start <= b.End() && b.Start <= a.End() {
				clashes = append(clashes, fmt.Sprintf("%s: %s and %s", a.Cabin, Clock(a.Start), Clock(b.Start)))
			}
		}
	}
	return clashes
}

// Scents returns the scents of a plan in alphabetical order, each once.
func Scents(plan []Infusion) []string {
	seen := map[string]bool{}
	scents := []string{}
	for _, i := range plan {
		if !seen[i.Scent] {
			seen[i.Scent] = true
			scents = append(scents, i.Scent)
		}
	}
	sort.Strings(scents)
	return scents
}
