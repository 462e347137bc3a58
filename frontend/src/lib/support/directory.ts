/** The whole directory, asked for once by all that a page shows of it. */
import { support } from '$lib/api/client';
import type { Lang, Service } from '$lib/api/types';
import { minute } from '$lib/fresh';

const asked = new Map<Lang, Promise<Service[]>>();

/** Every service there is, at most a minute old. What of it is looked at is told to nobody. */
export function directory(language: Lang): Promise<Service[]> {
	const known = asked.get(language);
	if (known) return known;
	const asking = support(language);
	asked.set(language, asking);
	const forget = () => asked.delete(language);
	asking.then(() => setTimeout(forget, minute), forget);
	return asking;
}
