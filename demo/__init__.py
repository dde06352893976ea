"""The demonstration: a made-up year, made-up people to walk in as, and their mail. Installed where CASA_DEMO is on."""
