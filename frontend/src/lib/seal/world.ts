/** The browser's worker, clock and timers. */
import type { WorkerLike, World } from './keeper';
import address from './worker?worker&url';

interface Policies {
	createPolicy(
		name: string,
		rules: { createScriptURL(url: string): string },
	): {
		createScriptURL(url: string): string;
	};
}

/** The worker's address as the page's Trusted Types let it pass: this one and no other. */
let trusted: string | undefined;

export const browser: World = {
	start: () => new Worker((trusted ??= trust()), { type: 'module', name: 'seal' }) as WorkerLike,
	now: () => Date.now(),
	later: (run, milliseconds) => {
		const timer = setTimeout(run, milliseconds);
		return () => clearTimeout(timer);
	},
	onLeave: (run) => {
		addEventListener('pagehide', run);
		return () => removeEventListener('pagehide', run);
	},
};

function trust(): string {
	const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
	const policy = policies?.createPolicy('predah-worker', {
		createScriptURL: (url) => {
			if (url !== address) throw new TypeError('not the worker of this page');
			return url;
		},
	});
	return policy ? policy.createScriptURL(address) : address;
}
