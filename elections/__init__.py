"""Elections of those who represent the community: rules, candidates, roll, ballots, count, evidence."""
