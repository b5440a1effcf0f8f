// What ical.js reads in a calendar: one line an event, its UID, when it begins and ends in milliseconds, and its properties.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
// The zones as the calendar itself says them: ical.js brings none of its own.
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone.getFirstPropertyValue("tzid"), new ICAL.Timezone(zone));
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  console.log(JSON.stringify({
    uid: event.uid,
    from: event.startDate.toUnixTime() * 1000,
    until: event.endDate.toUnixTime() * 1000,
    summary: event.summary,
    description: event.description,
    sequence: event.sequence,
    properties: component.getAllProperties().map((property) => property.name).sort(),
    parts: component.getAllSubcomponents().length,
  }));
}
