"""Acts on editions of spaces, on their deadlines, and on our part in them."""
