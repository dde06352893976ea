"""Acts on what the organisations plan and review: one verb, one function, one transaction. Import them by noun."""
