// Calendar files as another program reads them: ical.js with the zone rules that the file brings.
import assert from 'node:assert/strict';
import ICAL from 'ical.js';

/** A calendar's text: {method, name, events: [{uid, sequence, starts, ends, status, ...}]}. */
export function read_calendar(text) {
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, `a line is too long: ${line}`);
    assert.ok(!/(?<!\r)\n/.test(text), 'lines end with CRLF');
    const calendar = new ICAL.Component(ICAL.parse(text));
    const zones = new Map(calendar.getAllSubcomponents('vtimezone').map((zone) => [zone.getFirstPropertyValue('tzid'), new ICAL.Timezone(zone)]));
    const instant = (event, name) => {
        const property = event.getFirstProperty(name);
        if (property.getFirstValue().zone === ICAL.Timezone.utcTimezone) return property.getFirstValue().toJSDate().toISOString();
        const zone = zones.get(property.getParameter('tzid'));
        assert.ok(zone, `${name} names a zone that the file does not bring`);
        const time = property.getFirstValue().clone();
        time.zone = zone;
        return new Date(time.toUnixTime() * 1000).toISOString();
    };
    const plain = ['uid', 'sequence', 'status', 'summary', 'location', 'description', 'url'];
    const events = calendar.getAllSubcomponents('vevent').map((event) => ({
        ...Object.fromEntries(plain.map((name) => [name, event.getFirstPropertyValue(name)])),
        starts: instant(event, 'dtstart'),
        ends: instant(event, 'dtend'),
    }));
    return { method: calendar.getFirstPropertyValue('method'), name: calendar.getFirstPropertyValue('name'), events };
}

/** The one event of a mail's calendar part, with its method and that of the MIME type. */
export function read_event(mail) {
    const part = mail.attachments.find((each) => each.contentType.startsWith('text/calendar'));
    assert.ok(part, `the mail "${mail.subject}" has no calendar part`);
    const text = part.content.toString('utf8');
    const { method, events } = read_calendar(text);
    assert.equal(events.length, 1);
    const declared_method = part.contentType && mail.raw.match(/text\/calendar[^\n]*(?:\r?\n[ \t][^\n]*)*/i)?.[0].match(/method="?(\w+)/i)?.[1];
    return { ...events[0], method, declared_method, text };
}
