"""What each page of an election shows: read objects, put together once, so that templates decide nothing."""
