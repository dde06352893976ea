"""Calendars: one builder, three outputs (docs/architecture.md; RFC 5545, 5546, 6047).

- `build.feed`: what anybody may follow or download. No METHOD, no ATTENDEE; DTSTAMP is when the entry was last revised, so
  a feed that did not change is the same bytes. Cancelled entries stay, with STATUS:CANCELLED.
- `build.request`: an invitation to one person, sent again with a raised SEQUENCE when it moves.
- `build.cancel`: taken back, to everybody who was invited, with a raised SEQUENCE.

Instants are written in UTC, so that no reader has to trust our table of zones; the local time and its zone belong in
the description. Whole days are VALUE=DATE with an exclusive end. `core.icalendar.http.answer` serves any of them.
"""
