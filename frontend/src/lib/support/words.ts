/** Opening hours and ways of contact in words. */
import type { Contact, Lang } from '$lib/api/types';
import type { Voice } from '$lib/voice';
import { m } from '$lib/paraglide/messages';
import { isLive } from './contacts';
import { opening, type Hours, type Moment } from './hours';

const weekdays = [
	m.support_on_sunday,
	m.support_on_monday,
	m.support_on_tuesday,
	m.support_on_wednesday,
	m.support_on_thursday,
	m.support_on_friday,
	m.support_on_saturday,
];

/** "Open now, until 20.00", "Opens tomorrow at 8.00"; empty when the hours are not known. */
export function hoursInWords(hours: Hours, now: Date, lang: Lang): string {
	const said = opening(hours, now, lang);
	switch (said.state) {
		case 'always':
			return m.support_open_always();
		case 'open':
			return said.until.day === 'today'
				? m.support_open_until({ time: said.until.time })
				: m.support_open_until_day({ day: dayInWords(said.until), time: said.until.time });
		case 'closed':
			return said.opens
				? m.support_opens({ day: dayInWords(said.opens), time: said.opens.time })
				: m.support_closed();
		case 'unknown':
			return '';
	}
}

/** When a contact can be reached; empty for a page, which can be opened at any hour. */
export function whenInWords(contact: Contact, now: Date, lang: Lang, voice: Voice): string {
	if (contact.open !== undefined) return hoursInWords(contact, now, lang);
	if (contact.kind === 'website') return '';
	return isLive(contact) ? m.support_hours_unknown() : m.support_any_time({ voice });
}

/** The same for paper, which does not know what "now" is. */
export function whenOnPaper(contact: Contact, voice: Voice): string {
	if (contact.hours_text) return contact.hours_text;
	if (contact.kind === 'website') return '';
	return isLive(contact) ? m.support_hours_unknown() : m.support_any_time({ voice });
}

function dayInWords(moment: Moment): string {
	switch (moment.day) {
		case 'today':
			return m.support_today();
		case 'tomorrow':
			return m.support_tomorrow();
		case 'weekday':
			return weekdays[moment.weekday]?.() ?? '';
		case 'date':
			return m.support_on_date({ date: moment.date });
	}
}

/** What the button of a contact says: what happens, and with whom. */
export function contactInWords(contact: Contact, voice: Voice): string {
	switch (contact.kind) {
		case 'phone':
			return m.support_call({ voice, value: contact.value });
		case 'sms':
			return m.support_sms({ voice, value: contact.value });
		case 'chat':
			return m.support_chat({ voice });
		case 'form':
			return m.support_form({ voice });
		case 'email':
			return m.support_email({ voice, value: contact.value });
		case 'in-person':
			return contact.value;
		case 'website':
			return m.support_website({ voice });
	}
}
