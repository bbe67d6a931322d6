# frozen_string_literal: true

# Recipes that can be cooked for more people than they were written for.
class Recipe
  attr_reader :name, :people

  def initialize(name, people)
    @name = name
    @people = people
    @amounts = {}
  end

  def add(what, amount, unit = "g")
    @amounts[what] = [amount, unit]
    self
  end

  def for(guests)
    factor = guests.to_f / people
    @amounts.map do |what, (amount, unit)|
      "#{(amount * factor).round} #{unit} #{what}"
    end
  end

  def shopping?(pantry)
    @amounts.keys.any? { |what| !pantry.include?(what) }
  end
end

def longest(recipes)
  recipes.max_by { |recipe| recipe.name.length }
end
