"""What pages and services ask of elections."""
