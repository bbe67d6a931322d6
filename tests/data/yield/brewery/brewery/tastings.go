package brewery

import (
	"fmt"
	"sort"
	"strings"
)

// Rating is what one taster thinks of one beer.
type Rating struct {
	Taster string
	Beer   string
	Score  int
}

// Tasting collects the ratings of an evening.
type Tasting struct {
	Ratings []Rating
}

// Rate notes a taster's score for a beer, from 0 to 5.
func (t *Tasting) Rate(taster, beer string, score int) error {
	if score < 0 || score > 5 {
		return fmt.Errorf("score %d is not between 0 and 5", score)
	}
	t.Ratings = append(t.Ratings, Rating{Taster: taster, Beer: beer, Score: score})
	return nil
}

// Average returns the mean score of a beer, or 0 if nobody tasted it.
func (t *Tasting) Average(beer string) float64 {
	sum, count := 0, 0
	for _, rating := range t.Ratings {
		if rating.Beer == beer {
			sum += rating.Score
			count++
		}
	}
	if count == 0 {
		return 0
	}
	return float64(sum) / float64(count)
}

// Beers returns the names of the tasted beers in alphabetical order.
func (t *Tasting) Beers() []string {
	seen := map[string]bool{}
	beers := []string{}
	for _, rating := range t.Ratings {
		if !seen[rating.Beer] {
			seen[rating.Beer] = true
			beers = append(beers, rating.Beer)
		}
	}
	sort.Strings(beers)
	return beers
}

// Top returns the count best beers, the best first.
func (t *Tasting) Top(count int) []string {
	beers := t.Beers()
	sort.SliceStable(beers, func(i, j int) bool {
		return t.Average(beers[i]) > t.Average(beers[j])
	})
	return beers[:count]
}

// Stars draws a score as stars.
func Stars(score int) string {
	return strings.Repeat("*", score)
}

// Shorten cuts a remark to the given number of characters.
func Shorten(remark string, limit int) string {
	runes := []rune(remark)
	if len(runes) <= limit {
		return remark
	}
	return string(runes[:limit])
}
