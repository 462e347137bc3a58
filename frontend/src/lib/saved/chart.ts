/** Results as a line over time: where its points and bands stand. */
import type { StoredResult } from './result';

/** A point of the line. */
export interface Point {
	id: string;
	day: string;
	/** The level, or the score. */
	value: number;
	x: number;
	y: number;
}

/** The strip of a level: the higher the level, the higher it lies. */
export interface Strip {
	level: number;
	/** Which of the four tones, from pale to deep. */
	tone: number;
	y: number;
	height: number;
}

export interface Chart {
	width: number;
	height: number;
	/** None where there are only scores. */
	strips: Strip[];
	points: Point[];
}

interface Dated {
	id: string;
	result: Pick<StoredResult, 'scored_at' | 'band'>;
}

const width = 640;
const strip = 56;
const margin = 32;
const scoresHeight = 160;
const edge = 16;
const tones = 4;

/** Lays out results that have a level, oldest first; undefined unless there are at least two of the same scale. */
export function levelsOf(results: readonly Dated[]): Chart | undefined {
	const levels = Math.max(...results.map(({ result }) => result.band?.levels ?? 0), 0);
	const placed = results.filter(
		({ result }) => result.band?.level !== undefined && result.band.levels === levels,
	);
	if (placed.length < 2) return undefined;
	const height = levels * strip;
	const points = inTime(
		placed.map(({ id, result }) => {
			const value = result.band?.level ?? 1;
			return { id, day: result.scored_at, value, y: height - (value - 0.5) * strip };
		}),
	);
	const strips = Array.from({ length: levels }, (_, index) => ({
		level: index + 1,
		tone: Math.min(tones, Math.ceil(((index + 1) * tones) / levels)),
		y: height - (index + 1) * strip,
		height: strip,
	}));
	return { width, height, strips, points };
}

/** What bands are called: each by its id, those with a level by it too. Several may have none, such as one that is urgent. */
export function titlesOf(bands: readonly { id: string; level?: number; title: string }[]) {
	return {
		of: new Map(bands.map(({ id, title }) => [id, title])),
		ofLevel: new Map(
			bands.flatMap(({ level, title }) => (level === undefined ? [] : [[level, title] as const])),
		),
	};
}

/** Lays out scores, oldest first; undefined unless there are at least two. */
export function scoresOf(
	scores: readonly Omit<Point, 'x' | 'y'>[],
	{ min, max }: { min: number; max: number },
): Chart | undefined {
	if (scores.length < 2) return undefined;
	const room = scoresHeight - 2 * edge;
	const points = inTime(
		scores.map((score) => ({
			...score,
			y: scoresHeight - edge - ((score.value - min) / (max - min || 1)) * room,
		})),
	);
	return { width, height: scoresHeight, strips: [], points };
}

function inTime(points: readonly Omit<Point, 'x'>[]): Point[] {
	const at = spread(points.map(({ day }) => Date.parse(`${day}T00:00:00Z`)));
	return points.map((point, index) => ({ ...point, x: at[index] ?? 0 }));
}

/** Where moments stand between the margins, in proportion to time; results of one day stand side by side. */
function spread(moments: readonly number[]): number[] {
	const first = moments[0] ?? 0;
	const last = moments.at(-1) ?? first;
	const room = width - 2 * margin;
	const evenly = (index: number) => (moments.length < 2 ? 0 : index / (moments.length - 1));
	const share = (moment: number, index: number) =>
		last === first ? evenly(index) : (moment - first) / (last - first);
	const least = Math.min(24, room / moments.length);
	const wanted = moments.map((moment, index) => margin + room * share(moment, index));
	return keptApart(wanted, least, width - margin);
}

/** Pushes points apart that would cover each other, without leaving the picture. */
function keptApart(wanted: readonly number[], least: number, end: number): number[] {
	const forth: number[] = [];
	for (const x of wanted) forth.push(Math.max(x, (forth.at(-1) ?? -Infinity) + least));
	const back = [...forth];
	for (let index = back.length - 1; index >= 0; index--) {
		back[index] = Math.min(back[index] ?? end, (back[index + 1] ?? end + least) - least);
	}
	return back;
}
