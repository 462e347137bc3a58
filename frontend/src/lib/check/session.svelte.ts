/**
 * The self-check someone is doing, in the memory of this page and nowhere else. It outlives a
 * change of language, and nothing outlives leaving the page.
 */
import * as api from '$lib/api/client';
import type { Answer, Answers, Lang, Problem, Questionnaire, Result, Sex } from '$lib/api/types';
import { waitOf, type Wait } from '$lib/wait';
import type { Listener } from './card';
import { prune, screens } from './flow';

/** Why a step did not succeed: no server, no such self-check, a newer version of it, answers it does not take, or too many at once. */
export type Trouble = 'unreachable' | 'unknown' | 'changed' | 'refused' | Wait;

/** Asks the server for something, then says what to change. */
type Step = () => Promise<() => void>;

class CheckSession {
	questionnaire = $state.raw<Questionnaire>();
	age = $state<number>();
	/** Asked for only where norms differ by it. */
	sex = $state<Sex>();
	answers = $state.raw<Answers>({});
	/** What stands in the fields, as it was typed: it may be no answer, and is kept all the same. */
	typed = $state<Record<string, string>>({});
	typedAge = $state('');
	typedSex = $state<Sex>();
	result = $state.raw<Result>();

	/** What the server said about single answers, by item. */
	faults = $state.raw<Record<string, string>>({});
	busy = $state(false);
	trouble = $state.raw<Trouble>();

	/** What the card for the talk says, by item, and to whom. */
	card = $state.raw<string[]>([]);
	listener = $state<Listener>('parent');

	/** Whether the result as it stands was saved. */
	saved = $state(false);

	/** Whether a digit on the keyboard chooses an answer. */
	digits = $state(true);

	#turn = 0;
	#last: Step | undefined;
	#speaking = false;

	/** The screens as they stand now. */
	get screens() {
		return this.questionnaire ? screens(this.questionnaire, this) : [];
	}

	/** Whether leaving would lose something. */
	get dirty(): boolean {
		return !this.saved && (this.result !== undefined || Object.keys(this.answers).length > 0);
	}

	/** Opens a self-check, forgetting any other; only the age of the same person stays. */
	open(id: string, lang: Lang): Promise<void> {
		const { age, typedAge } = this;
		const source = this.questionnaire?.source;
		this.forget();
		return this.#take(async () => {
			const questionnaire = await api.questionnaire(id, lang);
			return () => {
				this.questionnaire = questionnaire;
				if (questionnaire.source === source) Object.assign(this, { age, typedAge });
			};
		});
	}

	/** Puts everything on screen into another language, answers kept. */
	async speak(lang: Lang): Promise<void> {
		const current = this.questionnaire;
		if (!current) return;
		if (current.language === lang) return this.#stopSpeaking();
		this.#speaking = true;
		await this.#take(async () => {
			const questionnaire = await api.questionnaire(current.id, lang);
			const same = questionnaire.version === current.version;
			const result = this.result && same ? await this.#score(questionnaire) : undefined;
			return () => {
				this.#speaking = false;
				this.questionnaire = questionnaire;
				this.result = result;
				this.faults = {};
			};
		});
	}

	/** Notes whom the answers are about; a result for somebody else is none. */
	about(age: number | undefined, sex: Sex | undefined): void {
		if (age === this.age && sex === this.sex) return;
		this.age = age;
		this.sex = sex;
		this.#unscored();
	}

	/** Notes an answer, or that a question was skipped. */
	answer(item: string, answer: Answer | undefined): void {
		const rest = without(this.answers, item);
		this.answers = answer === undefined ? rest : { ...rest, [item]: answer };
		this.faults = without(this.faults, item);
		this.card = [];
		this.trouble = undefined;
		this.#unscored();
	}

	/**
	 * Sends the answers to the questions that were asked, and takes the result once what shows it
	 * is ready too.
	 */
	async finish(prepare: () => Promise<void> = async () => {}): Promise<void> {
		const { questionnaire } = this;
		if (!questionnaire || this.busy) return;
		await this.#take(async () => {
			const [result] = await Promise.all([this.#score(questionnaire), prepare()]);
			return () => (this.result = result);
		});
	}

	/** Tries again what did not succeed. */
	async retry(): Promise<void> {
		if (this.#last) await this.#take(this.#last);
	}

	/** Starts the same self-check from the beginning. */
	restart(): void {
		this.#turn++;
		this.#last = undefined;
		this.#speaking = false;
		this.busy = false;
		this.trouble = undefined;
		this.answers = {};
		this.typed = {};
		this.#unscored();
		this.faults = {};
		this.card = [];
		this.listener = 'parent';
	}

	/** Forgets everything. */
	forget(): void {
		this.restart();
		this.questionnaire = undefined;
		this.age = undefined;
		this.sex = undefined;
		this.typedAge = '';
		this.typedSex = undefined;
	}

	/** The answers, or whom they are about, changed: what was worked out of them is no longer true. */
	#unscored(): void {
		this.result = undefined;
		this.saved = false;
	}

	/** The language was changed back before the other one had come. */
	#stopSpeaking(): void {
		if (!this.#speaking) return;
		this.#speaking = false;
		this.#turn++;
		this.busy = false;
		this.trouble = undefined;
	}

	#score(questionnaire: Questionnaire): Promise<Result> {
		const { id, version, language } = questionnaire;
		const answers = prune(questionnaire, this);
		const sex = questionnaire.needs_sex ? { sex: this.sex } : {};
		return api.score({ id, version, language, age: this.age, ...sex, answers });
	}

	/** Takes a step; what comes back after a newer step has begun is dropped. */
	async #take(step: Step): Promise<void> {
		const turn = ++this.#turn;
		this.#last = step;
		this.busy = true;
		this.trouble = undefined;
		try {
			const change = await step();
			if (turn === this.#turn) change();
		} catch (error) {
			if (turn === this.#turn) await this.#explain(error);
		} finally {
			if (turn === this.#turn) this.busy = false;
		}
	}

	async #explain(error: unknown): Promise<void> {
		if (!(error instanceof api.Refused)) {
			this.trouble = 'unreachable';
			return;
		}
		const { status, errors = [] } = error.problem;
		const wait = waitOf(error);
		if (wait) this.trouble = wait;
		else if (status === 404) this.trouble = 'unknown';
		else if (status === 409) await this.#renew();
		else {
			this.faults = faultsByItem(errors);
			this.trouble = 'refused';
		}
	}

	/** The questionnaire was replaced while it was being answered: take the new one, keep the answers that fit. */
	async #renew(): Promise<void> {
		const current = this.questionnaire;
		if (!current) return;
		try {
			this.questionnaire = await api.questionnaire(current.id, current.language);
			const asked = new Set(this.questionnaire.items.map(({ id }) => id));
			this.answers = Object.fromEntries(Object.entries(this.answers).filter(([id]) => asked.has(id)));
			this.trouble = 'changed';
		} catch {
			this.trouble = 'unreachable';
		}
	}
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
	return Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));
}

function faultsByItem(errors: NonNullable<Problem['errors']>): Record<string, string> {
	const found = errors.flatMap(({ pointer, message }) => {
		const [, item] = /^\/answers\/([^/]+)/.exec(pointer ?? '') ?? [];
		return item ? [[item, message] as const] : [];
	});
	return Object.fromEntries(found);
}

/** The one self-check of this page. */
export const session = new CheckSession();
