# What icalendar for Python reads in a calendar: one line an event. With a second argument the zones are those that the calendar itself says, else those of the machine by their IANA names.
import json, sys
from datetime import timezone
from icalendar import Calendar

with open(sys.argv[1], "rb") as file:
    calendar = Calendar.from_ical(file.read())
own = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")} if len(sys.argv) > 2 else {}


def instant(moment):
    named = moment.params.get("TZID")
    at = own[named].localize(moment.dt.replace(tzinfo=None)) if named in own else moment.dt
    return int(at.astimezone(timezone.utc).timestamp() * 1000)


for event in calendar.walk("VEVENT"):
    print(json.dumps({
        "uid": str(event["UID"]), "from": instant(event["DTSTART"]), "until": instant(event["DTEND"]), "summary": str(event["SUMMARY"]), "description": str(event["DESCRIPTION"]),
        "sequence": int(event["SEQUENCE"]), "properties": sorted(name.lower() for name in event.keys()), "parts": len(event.subcomponents),
    }))
