"""What pages and services ask about elections; nothing here writes."""
