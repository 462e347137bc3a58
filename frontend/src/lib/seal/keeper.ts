/**
 * Keeps a worker with keys as long as they are in use, and ends it, and the keys with it, when told
 * to, when the page goes, and after ten idle minutes.
 */
import type { Answer, Call } from './calls';
import { SealError } from './errors';

/** Why keys were wiped. */
export type Ended = 'locked' | 'idle' | 'left' | 'failed';

/** How long keys stay unused before they are wiped. */
export const idleMinutes = 10;

/** The parts of a Worker that are used here. */
export interface WorkerLike {
	postMessage(call: Call): void;
	terminate(): void;
	onmessage: ((event: MessageEvent<Answer>) => void) | null;
	onerror: ((event: ErrorEvent) => void) | null;
}

/** What the keeper needs of the world; a test gives its own. */
export interface World {
	start(): WorkerLike;
	now(): number;
	/** Runs something after so many milliseconds; returns what calls it off. */
	later(run: () => void, milliseconds: number): () => void;
	/** Runs something when the page goes, also into the back-forward cache; returns what calls it off. */
	onLeave(run: () => void): () => void;
}

interface Waiting {
	resolve(value: unknown): void;
	reject(error: SealError): void;
	progress: ((part: number) => void) | undefined;
}

const idleTime = idleMinutes * 60_000;

export class Keeper {
	#worker: WorkerLike | undefined;
	#waiting = new Map<number, Waiting>();
	#calls = 0;
	#lastUse = 0;
	#stopTimer = () => {};
	readonly #stopWatching: () => void;

	constructor(
		private readonly world: World,
		private readonly onEnd: (why: Ended) => void,
	) {
		this.#worker = world.start();
		this.#worker.onmessage = ({ data }) => this.#hear(data);
		this.#worker.onerror = () => this.end('failed');
		this.#stopWatching = world.onLeave(() => this.end('left'));
		this.touch();
	}

	/** Says that somebody is still there. */
	touch(): void {
		if (!this.#worker || this.#overdue()) return;
		this.#lastUse = this.world.now();
		this.#stopTimer();
		this.#stopTimer = this.world.later(() => this.end('idle'), idleTime);
	}

	/** Has the worker do something. */
	call(of: Call['of'], call: string, args: unknown[], progress?: (part: number) => void): Promise<unknown> {
		this.touch();
		const worker = this.#worker;
		if (!worker) return Promise.reject(new SealError('locked'));
		const id = ++this.#calls;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject, progress });
			worker.postMessage({ id, of, call, args });
		});
	}

	/** Ends the worker: what it kept is gone. */
	end(why: Ended): void {
		if (!this.#worker) return;
		this.#worker.terminate();
		this.#worker = undefined;
		this.#stopTimer();
		this.#stopWatching();
		for (const { reject } of this.#waiting.values()) reject(new SealError('locked'));
		this.#waiting.clear();
		this.onEnd(why);
	}

	/** Timers sleep when the device does, so the time is also looked at when somebody comes back. */
	#overdue(): boolean {
		const overdue = this.#lastUse > 0 && this.world.now() - this.#lastUse >= idleTime;
		if (overdue) this.end('idle');
		return overdue;
	}

	#hear(answer: Answer): void {
		const waiting = this.#waiting.get(answer.id);
		if (!waiting) return;
		if ('progress' in answer) {
			waiting.progress?.(answer.progress);
			return;
		}
		this.#waiting.delete(answer.id);
		if ('reason' in answer) waiting.reject(new SealError(answer.reason, answer.fault));
		else waiting.resolve(answer.value);
	}
}
