/**
 * Areas and built-in self-checks, read from the content files while pages are made.
 * So the first page says the same without JavaScript and with the API down, and nothing jumps
 * into place afterwards. What an operator added to a running service comes from the API.
 */
import { parse } from 'yaml';
import type { QuestionnaireSummary, Range } from '$lib/api/types';
import type { Locale } from '$lib/i18n/addresses';

/** What a page says about an area. */
export interface AreaText {
	id: string;
	title: string;
	summary: string;
	description: string;
}

type Files = Record<string, string>;

const areaFiles = import.meta.glob('../../../../questionnaires/areas/*.yaml', {
	query: '?raw',
	import: 'default',
	eager: true,
}) as Files;

const checkFiles = import.meta.glob('../../../../questionnaires/*/{questionnaire,sl,en}.yaml', {
	query: '?raw',
	import: 'default',
	eager: true,
}) as Files;

const supportFiles = import.meta.glob('../../../../questionnaires/support/*.yaml', {
	query: '?raw',
	import: 'default',
	eager: true,
}) as Files;

/** A publication a self-check builds on. */
export interface Source {
	title: string;
	doi?: string;
	url?: string;
	/** What was taken from it, in English. */
	used?: string;
}

/** Where a self-check comes from. */
export interface Origin {
	id: string;
	title: string;
	version: string;
	date: string;
	authorship: string;
	validated: boolean;
	/** Whether its result is a level. */
	levels: boolean;
	constructs: string[];
	sources: Source[];
}

/** A choice of a filter, in words. */
export interface Choice {
	id: string;
	text: string;
}

interface CheckRules {
	id: string;
	version: string;
	area: string;
	source: 'self' | 'parent';
	ages: Range;
	minutes: Range;
	items: unknown[];
	/** Levels where the file does not say. */
	result?: 'levels' | 'guide' | 'scores';
	provenance: {
		constructs: string[];
		sources: Source[];
		authorship: string;
		date: string | Date;
		validated: boolean;
	};
}

/** The areas in a language, in the order they are shown. */
export function areas(locale: Locale): AreaText[] {
	const order = read<{ areas: { id: string }[] }>(areaFiles, 'areas/areas.yaml').areas;
	const texts = read<{ areas: Record<string, Omit<AreaText, 'id'>> }>(
		areaFiles,
		`areas/${locale}.yaml`,
	).areas;
	return order.map(({ id }) => {
		const text = texts[id];
		if (!text) throw new Error(`area ${id} has no text in ${locale}`);
		return { id, ...text };
	});
}

/** The self-checks that come with Predah, in the shape of the API. */
export function selfChecks(locale: Locale): QuestionnaireSummary[] {
	return Object.keys(checkFiles)
		.filter((path) => path.endsWith('/questionnaire.yaml'))
		.map((path) => {
			const { id, version, area, source, ages, minutes, items } = parse(checkFiles[path] ?? '') as CheckRules;
			const { title, summary } = read<{ title: string; summary: string }>(checkFiles, `${id}/${locale}.yaml`);
			return { id, version, area, source, ages, minutes, items: items.length, title, summary };
		});
}

/** Where the self-checks of an area come from: constructs, sources, and how far they may be trusted. */
export function origins(area: string, locale: Locale): Origin[] {
	return Object.keys(checkFiles)
		.filter((path) => path.endsWith('/questionnaire.yaml'))
		.map((path) => parse(checkFiles[path] ?? '') as CheckRules)
		.filter((check) => check.area === area)
		.map(({ id, version, result = 'levels', provenance }) => {
			type Texts = { title: string; constructs: Record<string, string> };
			const { title, constructs } = read<Texts>(checkFiles, `${id}/${locale}.yaml`);
			return {
				id,
				title,
				version,
				date: String(provenance.date),
				authorship: provenance.authorship,
				validated: provenance.validated,
				levels: result === 'levels',
				constructs: provenance.constructs.map((each) => constructs[each] ?? each),
				sources: provenance.sources,
			};
		});
}

/** What the support directory can be asked for: needs, the urgent ones apart, and regions. */
export function supportChoices(locale: Locale): { urgent: Choice[]; needs: Choice[]; regions: Choice[] } {
	type Rules = { needs: { id: string; urgent?: boolean }[]; regions: string[] };
	type Texts = { needs: Record<string, string>; regions: Record<string, string> };
	const rules = read<Rules>(supportFiles, 'support/services.yaml');
	const texts = read<Texts>(supportFiles, `support/${locale}.yaml`);
	const need = ({ id }: { id: string }) => ({ id, text: texts.needs[id] ?? id });
	return {
		urgent: rules.needs.filter(({ urgent }) => urgent).map(need),
		needs: rules.needs.filter(({ urgent }) => !urgent).map(need),
		regions: rules.regions.map((id) => ({ id, text: texts.regions[id] ?? id })),
	};
}

function read<T>(files: Files, name: string): T {
	const path = Object.keys(files).find((each) => each.endsWith(`/${name}`));
	if (!path) throw new Error(`no file questionnaires/${name}`);
	return parse(files[path] ?? '') as T;
}
