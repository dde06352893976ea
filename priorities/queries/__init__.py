"""Questions about plans, priorities, projects and reviews: read objects for pages and services; nothing is written."""
