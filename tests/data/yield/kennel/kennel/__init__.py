"""The books of a boarding kennel for dogs: who stays, what they eat, where they walk and what it costs."""
