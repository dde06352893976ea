"""Bodies on which the community sits: seats, terms, elections."""
