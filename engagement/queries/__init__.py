"""Questions about visits, training and regulation: what pages and services read; nothing is written."""
