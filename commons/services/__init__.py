"""Acts on what several apps share: long texts and who signs them, actions, themes."""
