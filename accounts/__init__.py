"""Who signs in: the user (e-mail is the name), invitations, personal links, language and zone."""
