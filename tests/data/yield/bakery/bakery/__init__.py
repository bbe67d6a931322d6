"""Tools of the Lindgren bakery: orders, recipes, prices, the delivery round and the rota."""
