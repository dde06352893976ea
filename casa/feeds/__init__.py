"""What machines follow: the calendar and the news, always as a visitor would see them."""
