// The panel of a preview: it loads the page anew when a file was saved, and shows the
// mistakes of the files and the rules that held for the answers sent last.
'use strict';
{
	const style = document.createElement('link');
	style.rel = 'stylesheet';
	style.href = '/_preview/panel.css';
	document.head.append(style);

	/** Makes an element with a text and children. */
	const make = (name, text, className, children = []) => {
		const element = document.createElement(name);
		element.textContent = text;
		if (className) element.className = className;
		element.append(...children);
		return element;
	};

	const panel = make('details', '', '');
	panel.id = 'predah-preview';
	const summary = make('summary', 'Preview');
	const problems = make('ul', '', 'problems');
	const trace = make('div', '');
	panel.append(summary, problems, trace);
	document.body.append(panel);

	/** The page asks before it is left with answers in it; a saved file need not ask. */
	let isReloading = false;
	addEventListener('beforeunload', (event) => {
		if (isReloading) event.stopImmediatePropagation();
	}, { capture: true });

	const mark = ({ held, open }) => (open ? 'open: what is missing decides' : held ? 'holds' : 'does not hold');
	const look = ({ held, open }) => (open ? 'open' : held ? 'held' : 'not');
	const ruleItem = (rule) => make(
		'li',
		`${rule.kind} ${rule.id}: ${mark(rule)}${rule.is_result ? ', and is the result' : ''}${rule.words ? ` (${rule.words})` : ''}`,
		look(rule),
		rule.parts?.length
			? [make('ul', '', '', rule.parts.map((part) => make('li', `${mark(part)}: ${part.words}`, look(part))))]
			: [],
	);

	let number;
	const events = new EventSource('/_preview/events');
	events.addEventListener('state', (event) => {
		const state = JSON.parse(event.data);
		number ??= state.number;
		if (state.number !== number) {
			isReloading = true;
			events.close();
			location.reload();
			return;
		}
		problems.replaceChildren(...state.problems.map((problem) => make('li', problem)));
		summary.textContent = state.problems.length ? `Preview: ${state.problems.length} mistakes in the files` : 'Preview';
		panel.open ||= state.problems.length > 0;
	});
	events.addEventListener('trace', (event) => {
		const traced = JSON.parse(event.data);
		if (!traced) return;
		trace.replaceChildren(
			make('p', `Rules of ${traced.questionnaire} for these answers`),
			make('ul', '', '', traced.rules.map(ruleItem)),
		);
	});
}
