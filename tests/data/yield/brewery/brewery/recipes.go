package brewery

import (
	"fmt"
	"strconv"
	"strings"
)

// Ingredient is one thing that goes into the kettle.
type Ingredient struct {
	Name  string
	Grams float64
}

// Recipe says what a beer is brewed from, for a number of litres.
type Recipe struct {
	Name        string
	Style       string
	Litres      float64
	Ingredients []Ingredient
}

// Add puts an ingredient at the end of the recipe.
func (r *Recipe) Add(name string, grams float64) {
	r.Ingredients = append(r.Ingredients, Ingredient{Name: name, Grams: grams})
}

// Find returns the ingredient with the given name, and whether there is one.
func (r *Recipe) Find(name string) (Ingredient, bool) {
	for _, ingredient := range r.Ingredients {
		if ingredient.Name == name {
			return ingredient, true
		}
	}
	return Ingredient{}, false
}

// Scale returns the recipe for another number of litres.
func (r Recipe) Scale(litres float64) Recipe {
	factor := litres / r.Litres
	scaled := Recipe{Name: r.Name, Style: r.Style, Litres: litres}
	for _, ingredient := range r.Ingredients {
		scaled.Add(ingredient.Name, ingredient.Grams*factor)
	}
	return scaled
}

// TotalGrams returns the weight of all ingredients.
func (r *Recipe) TotalGrams() float64 {
	total := 0.0
	for _, ingredient := range r.Ingredients {
		total += ingredient.Grams
	}
	return total
}

// ParseIngredient reads a line such as "Cascade: 50", where the number is grams.
func ParseIngredient(line string) (Ingredient, error) {
	parts := strings.SplitN(line, ":", 2)
	if len(parts) != 2 {
		return Ingredient{}, fmt.Errorf("no amount in %q", line)
	}
	grams, err := strconv.ParseFloat(strings.TrimSpace(parts[1]), 64)
	if err != nil {
		return Ingredient{}, fmt.Errorf("bad amount in %q", line)
	}
	return Ingredient{Name: strings.TrimSpace(parts[0]), Grams: grams}, nil
}

// FormatAmount shows grams for people, from a kilogram on as kilograms.
func FormatAmount(grams float64) string {
	if grams >= 1000 {
		return fmt.Sprintf("%.2f kg", grams/1000)
	}
	return fmt.Sprintf("%.0f g", grams)
}
