"""Input about cycles, plans, projects, threats and reviews becomes clean data. Import forms from their own files."""
