"""From what events add up to, to the rows of the state tables: pure, one module a subject."""
