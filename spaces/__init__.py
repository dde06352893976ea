"""Where Internet governance happens: editions, deadlines, our part."""
