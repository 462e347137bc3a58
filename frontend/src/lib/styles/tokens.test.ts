import { readFileSync } from 'node:fs';
import { inGamut, parse, wcagContrast } from 'culori';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [lightCss = '', darkCss = ''] = css.split('@media (prefers-color-scheme: dark)');

function colours(text: string): Map<string, string> {
	return new Map([...text.matchAll(/--([\w-]+):\s*(oklch\([^)]+\))/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

const sets = { light: colours(lightCss), dark: colours(darkCss) };

/** Foreground, background, and the ratio WCAG 2.2 AA asks for: 4.5 for text, 3 for what is not text. */
const pairs: [string, string, number][] = [
	...['paper', 'surface', 'lake-soft', 'apricot-soft', 'danger-soft'].flatMap((ground): typeof pairs => [
		['ink', ground, 4.5],
		['ink-soft', ground, 4.5],
		['lake-deep', ground, 4.5],
	]),
	['lake', 'paper', 4.5],
	['lake', 'surface', 4.5],
	['danger', 'paper', 4.5],
	['danger', 'surface', 4.5],
	['danger', 'danger-soft', 4.5],
	['on-lake', 'lake', 4.5],
	['on-lake', 'lake-deep', 4.5],
	['on-apricot', 'apricot', 4.5],
	['on-apricot', 'apricot-deep', 4.5],
	['on-danger', 'danger', 4.5],
	['line-strong', 'paper', 3],
	['line-strong', 'surface', 3],
	['line-strong', 'lake-soft', 3],
	['lake', 'lake-soft', 3],
	['level-4', 'surface', 3],
	['level-4', 'paper', 3],
];

describe.each(Object.entries(sets))('the %s colours', (_, set) => {
	it.each(pairs)('%s on %s can be read (at least %d : 1)', (foreground, background, ratio) => {
		const [front, back] = [set.get(foreground), set.get(background)];
		expect(front, foreground).toBeDefined();
		expect(back, background).toBeDefined();
		expect(wcagContrast(front ?? '', back ?? '')).toBeGreaterThanOrEqual(ratio);
	});

	it('are colours that every screen can show', () => {
		const displayable = inGamut('rgb');
		const outside = [...set].filter(([, value]) => !displayable(parse(value) ?? ''));
		expect(outside).toEqual([]);
	});

	it('let levels go from pale to deep, each step visible', () => {
		const paper = set.get('paper') ?? '';
		const ratios = [1, 2, 3, 4].map((level) => wcagContrast(set.get(`level-${level}`) ?? '', paper));
		expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
	});
});

it('the dark set answers for every colour of the light set', () => {
	expect([...sets.dark.keys()].sort()).toEqual([...sets.light.keys()].sort());
});
