/** The worker that keeps keys. The page can have it open, seal and derive, and no key comes out of it. */
import { CounsellorKeys } from './counsellor';
import { SealError } from './errors';
import type { Answer, Call } from './calls';
import { VaultKeys } from './vault';

/** How much further a long call is whenever it says so. */
const progressStep = 0.02;
const now = () => new Date();
const keys = { vault: new VaultKeys(now), counsellor: new CounsellorKeys(now) };
const scope = self as unknown as {
	onmessage: (event: MessageEvent<Call>) => void;
	postMessage: (answer: Answer) => void;
};

scope.onmessage = async ({ data: { id, of, call, args } }) => {
	let said = 0;
	const progress = (part: number) => {
		if (part - said < progressStep) return;
		said = part;
		scope.postMessage({ id, progress: part });
	};
	try {
		scope.postMessage({
			id,
			value: await run(of, call, [...args, ...(call === 'stretch' ? [progress] : [])]),
		});
	} catch (error) {
		const { reason, fault } = error instanceof SealError ? error : { reason: 'invalid' as const };
		scope.postMessage({ id, reason, ...(fault && { fault }) });
	}
};

function run(of: Call['of'], call: string, args: unknown[]): unknown {
	const owner = keys[of] as unknown as Record<string, (...args: unknown[]) => unknown>;
	return owner[call]?.(...args);
}
