"""What pages and services ask about meetings: read objects and questions. Nothing here writes."""
