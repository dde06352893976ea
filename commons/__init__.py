"""What several apps share and that has organisations in it, a closed list: themes, sectors, texts, actions."""
