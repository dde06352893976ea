"""Input about visits, training and regulation becomes clean data. Import forms from their own files."""
