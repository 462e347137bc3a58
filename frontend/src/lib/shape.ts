/**
 * Reads what a stranger wrote: closed shapes, in which whatever is not named is refused. What comes
 * out is built anew, so that nothing of the input but the named parts lives on.
 */

/** What was read is not of the shape it should have. Says where, never what. */
export class Misshapen extends Error {
	constructor(where: string) {
		super(`misshapen at ${where || 'the top'}`);
	}
}

/** Reads a value, or throws Misshapen. `where` is its place, as a path of names. */
export type Shape<T> = (value: unknown, where?: string) => T;

type Shapes<T> = { [Name in keyof T]: Shape<T[Name]> };

/** An object with exactly these members; those of the second list may be absent. */
export function record<Required extends object, Optional extends object = object>(
	required: Shapes<Required>,
	optional: Shapes<Optional> = {} as Shapes<Optional>,
): Shape<Required & Partial<Optional>> {
	const known = new Map<string, Shape<unknown>>([
		...Object.entries<Shape<unknown>>(required),
		...Object.entries<Shape<unknown>>(optional),
	]);
	return (value, where = '') => {
		const members = membersOf(value, where);
		for (const name of Object.keys(required)) if (!members.has(name)) throw new Misshapen(`${where}/${name}`);
		const read = [...members].map(([name, each]) => {
			const shape = known.get(name);
			if (!shape) throw new Misshapen(where);
			return [name, shape(each, `${where}/${name}`)] as const;
		});
		return Object.fromEntries(read) as Required & Partial<Optional>;
	};
}

/** An object whose names and values each have a shape. */
export function dictionary<T>(name: Shape<string>, of: Shape<T>, most: number): Shape<Record<string, T>> {
	return (value, where = '') => {
		const members = [...membersOf(value, where)];
		if (members.length > most) throw new Misshapen(where);
		return Object.fromEntries(members.map(([key, each]) => [name(key, where), of(each, `${where}/…`)]));
	};
}

function membersOf(value: unknown, where: string): Map<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Misshapen(where);
	return new Map(Object.entries(value));
}

/** A list of at most so many. */
export function list<T>(of: Shape<T>, most: number, least = 0): Shape<T[]> {
	return (value, where = '') => {
		if (!Array.isArray(value) || value.length > most || value.length < least) throw new Misshapen(where);
		return value.map((each, index) => of(each, `${where}/${index}`));
	};
}

/** A text of at most so many UTF-16 units that a pattern matches as a whole. */
export function text(pattern: RegExp, most: number): Shape<string> {
	return (value, where = '') => {
		if (typeof value !== 'string' || value.length > most || !pattern.test(value)) throw new Misshapen(where);
		return value;
	};
}

/** A finite number between two bounds. */
export function number(least: number, most: number): Shape<number> {
	return (value, where = '') => {
		if (typeof value !== 'number' || !(value >= least && value <= most)) throw new Misshapen(where);
		return value;
	};
}

/** A whole number between two bounds. */
export function whole(least: number, most: number): Shape<number> {
	const inside = number(least, most);
	return (value, where = '') => {
		const read = inside(value, where);
		if (!Number.isInteger(read)) throw new Misshapen(where);
		return read;
	};
}

export const truth: Shape<boolean> = (value, where = '') => {
	if (typeof value !== 'boolean') throw new Misshapen(where);
	return value;
};

/** One of a few values. */
export function oneOf<const T extends readonly (string | number)[]>(...values: T): Shape<T[number]> {
	return (value, where = '') => {
		const found = values.find((each) => each === value);
		if (found === undefined) throw new Misshapen(where);
		return found;
	};
}

/** The value or null. */
export function nullable<T>(of: Shape<T>): Shape<T | null> {
	return (value, where) => (value === null ? null : of(value, where));
}

/** The first of several shapes that fits. */
export function either<T>(...shapes: Shape<T>[]): Shape<T> {
	return (value, where = '') => {
		for (const shape of shapes) {
			try {
				return shape(value, where);
			} catch (error) {
				if (!(error instanceof Misshapen)) throw error;
			}
		}
		throw new Misshapen(where);
	};
}
