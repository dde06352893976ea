"""Pages of meetings: load, ask permission, call one service, answer."""
