/**
 * Nothing is chosen by a press that was meant for what stood there before. A link, a button or a
 * field acts on a press only if it stood when the press began, or when the first of two quick
 * presses in the same place did, or when the key that is held went down. Nobody is made to wait:
 * a press elsewhere, or after a moment, is one of its own.
 */

/** Two presses this close to one another are one double press: milliseconds, and CSS pixels. */
const quick = 500;
const near = 60;

/** How long after a finger or a button went up its click may come, in milliseconds. */
const clickAfter = 1000;

const controls = 'a, button, input, select, textarea, summary, label, [role="button"]';
/** What acts on every press, whatever stood there before: the way out. */
const always = '[data-always]';

interface Press {
	control: Element | null;
	/** When it went down, and when the first of its run did. */
	at: number;
	began: number;
	/** Whether it was meant for something else. */
	stray: boolean;
}

interface PointerPress extends Press {
	x: number;
	y: number;
	/** When it went up. */
	ended?: number;
}

interface KeyPress extends Press {
	key: string;
}

/** Since when each control stands; one without an entry was there from the start. */
class Standing {
	readonly #since = new WeakMap<Element, number>();
	/** What is in the document, but perhaps not on the screen yet. */
	readonly #unseen = new Set<Element>();
	readonly #observer = new MutationObserver((records) => this.#note(records));

	watch(): void {
		const what = { childList: true, subtree: true, attributeFilter: ['open', 'hidden'] };
		this.#observer.observe(document.body, what);
	}

	stop(): void {
		this.#observer.disconnect();
	}

	stoodAt(control: Element, time: number): boolean {
		const since = Math.max(...[control, document.body].map((each) => this.#since.get(each) ?? 0));
		// what came later than now came before the clock was set back
		return since <= time || since > performance.now();
	}

	seen(control: Element): boolean {
		return !this.#unseen.has(control) && !this.#unseen.has(document.body);
	}

	#note(records: MutationRecord[]): void {
		const fresh = new Set(records.flatMap((record) => [...appeared(record)]));
		if (fresh.size === 0) return;
		for (const each of fresh) {
			this.#since.set(each, performance.now());
			this.#unseen.add(each);
		}
		requestAnimationFrame(() => setTimeout(() => this.#painted(fresh)));
	}

	#painted(fresh: Set<Element>): void {
		for (const each of fresh) {
			this.#since.set(each, performance.now());
			this.#unseen.delete(each);
		}
	}
}

/** The controls that a change brought; the body when it uncovered all that lay behind a dialog. */
function appeared({ type, target, addedNodes, removedNodes }: MutationRecord): Element[] {
	if (type === 'attributes') {
		if (target instanceof HTMLDialogElement && !target.open) return [document.body];
		return target instanceof Element ? controlsIn(target) : [];
	}
	if ([...removedNodes].some(holdsOpenDialog)) return [document.body];
	return [...addedNodes].flatMap((node) => (node instanceof Element ? controlsIn(node) : []));
}

function controlsIn(root: Element): Element[] {
	return [...(root.matches(controls) ? [root] : []), ...root.querySelectorAll(controls)];
}

function holdsOpenDialog(node: Node): boolean {
	return node instanceof Element && (node.matches('dialog[open]') || !!node.querySelector('dialog[open]'));
}

/** What a press on something acts on; a label and the field in it are one. */
function controlOf(target: EventTarget | null): Element | null {
	if (!(target instanceof Element) || target.closest(always)) return null;
	return target.closest('label') ?? target.closest(controls);
}

/** Lets only deliberate presses through, on the whole page; returns how to stop. */
export function onlyDeliberatePresses(): () => void {
	const standing = new Standing();
	let pointer: PointerPress | undefined;
	let key: KeyPress | undefined;

	const stray = (control: Element | null, began: number) =>
		control !== null && !standing.stoodAt(control, began);

	function pointerdown({ target, timeStamp: at, clientX: x, clientY: y }: PointerEvent) {
		const again = pointer && at - pointer.at <= quick && Math.hypot(x - pointer.x, y - pointer.y) <= near;
		const began = again && pointer ? pointer.began : at;
		const control = controlOf(target);
		pointer = {
			control,
			at,
			began,
			x,
			y,
			stray: stray(control, began) || !(control === null || standing.seen(control)),
		};
	}

	function pointerup({ timeStamp }: PointerEvent) {
		if (pointer) pointer.ended = timeStamp;
	}

	function click(event: MouseEvent) {
		// One press makes one click: what comes without a press is a script's or a screen reader's.
		if (!event.isTrusted || pointer?.ended === undefined) return;
		const { ended, began } = pointer;
		delete pointer.ended;
		if (event.detail === 0 || event.timeStamp - ended > clickAfter) return;
		const control = controlOf(event.target);
		if (control === null) return;
		if (pointer.stray || control !== pointer.control || stray(control, began)) swallow(event);
	}

	function keydown(event: KeyboardEvent) {
		const again = key?.key === event.key && (event.repeat || event.timeStamp - key.at <= quick);
		const began = again && key ? key.began : event.timeStamp;
		const control = controlOf(event.target);
		const acts = event.key === 'Enter' || event.key === ' ';
		key = { key: event.key, control, at: event.timeStamp, began, stray: acts && stray(control, began) };
		if (key.stray) swallow(event);
	}

	function keyup(event: KeyboardEvent) {
		if (event.key !== ' ' || key?.key !== ' ') return;
		const control = controlOf(event.target);
		if (control !== null && (key.stray || control !== key.control)) swallow(event);
	}

	const cancelled = () => (pointer = undefined);
	const listeners = { pointerdown, pointerup, pointercancel: cancelled, click, keydown, keyup };
	const each = Object.entries(listeners) as [string, EventListener][];
	standing.watch();
	for (const [type, listener] of each) addEventListener(type, listener, { capture: true });
	return () => {
		standing.stop();
		for (const [type, listener] of each) removeEventListener(type, listener, { capture: true });
	};
}

function swallow(event: Event): void {
	event.preventDefault();
	event.stopImmediatePropagation();
}
