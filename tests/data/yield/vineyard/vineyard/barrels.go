package vineyard

import "time"

// Barrel is a barrel in the cellar hall; capacity and content are in litres.
type Barrel struct {
	ID       string
	Wood     string
	Capacity int
	Litres   int
	Filled   time.Time
}

// Level returns how full the barrel is, in percent.
func (b Barrel) Level() int {
	return 100 * b.Litres / b.Capacity
}

// TopUp pours wine into the barrel and returns how many litres it holds now.
func (b *Barrel) TopUp(litres int) int {
	b.Litres += litres
	return b.Litres
}

// Draw takes wine out of the barrel and returns how many litres came out.
func (b *Barrel) Draw(litres int) int {
	if litres > b.Litres {
		litres = b.Litres
	}
	b.Litres -= litres
	return litres
}

// Ready reports whether the wine has been in the barrel for so many months.
func (b Barrel) Ready(months int, today time.Time) bool {
	return today.After(b.Filled.AddDate(0, months, 0))
}

// Hall is where the barrels lie.
type Hall struct {
	barrels map[string]Barrel
}

// NewHall returns a hall with these barrels.
func NewHall(barrels ...Barrel) *Hall {
	hall := &Hall{barrels: map[string]Barrel{}}
	for _, barrel := range barrels {
		hall.barrels[barrel.ID] = barrel
	}
	return hall
}

// IDs returns the IDs of all barrels in the hall.
func (h *Hall) IDs() []string {
	ids := make([]string, 0, len(h.barrels))
	for id := range h.barrels {
		ids = append(ids, id)
	}
	return ids
}

// LitresIn returns how much wine lies in barrels of a kind of wood.
func (h *Hall) LitresIn(wood string) int {
	litres := 0
	for _, barrel := range h.barrels {
		if barrel.Wood == wood {
			litres += barrel.Litres
		}
	}
	return litres
}
