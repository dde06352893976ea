"""Bodies on which the community sits, their seats and terms."""
