import { expect, it } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { agesOf, minutesOf, rangeInWords } from './range';

it('writes a range with both ends, and a single number once', () => {
	expect(rangeInWords({ min: 3, max: 5 })).toBe('3–5');
	expect(rangeInWords({ min: 4, max: 4 })).toBe('4');
});

it('writes no upper end of ages when there is none', () => {
	expect(agesOf({ min: 12, max: 25 }).ages).toBe('12–25');
	expect(agesOf({ min: 12, max: 99 }).ages).toBe('12+');
});

it.each([
	[{ min: 1, max: 1 }, '1 minuta', '1 minute'],
	[{ min: 1, max: 2 }, '1–2 minuti', '1–2 minutes'],
	[{ min: 2, max: 4 }, '2–4 minute', '2–4 minutes'],
	[{ min: 3, max: 5 }, '3–5 minut', '3–5 minutes'],
])('says how long a check takes so that "minutes" agrees', (range, sl, en) => {
	expect(m.check_minutes(minutesOf(range), { locale: 'sl' })).toBe(sl);
	expect(m.check_minutes(minutesOf(range), { locale: 'en' })).toBe(en);
});

it.each([
	[{ min: 2, max: 4 }, 'otroci, 2–4 leta', 'za starše otrok, starih 2–4 leta'],
	[{ min: 2, max: 17 }, 'otroci, 2–17 let', 'za starše otrok, starih 2–17 let'],
])('says for which ages so that "years" agrees', (range, card, intro) => {
	const params = { voice: 'formal', ...agesOf(range) };
	expect(m.pages_home_card_ages(params, { locale: 'sl' })).toBe(card);
	expect(m.pages_area_ages_parents(agesOf(range), { locale: 'sl' })).toBe(card);
	expect(m.check_ages(params, { locale: 'sl' })).toBe(intro);
});
