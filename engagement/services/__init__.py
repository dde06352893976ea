"""Acts on visits, training and regulation: one verb, one function, one transaction. Import them by noun."""
