"""Every act that changes an election: preparing, nominating, the roll, voting, the result."""
