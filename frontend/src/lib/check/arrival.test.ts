import { expect, it } from 'vitest';
import { checkNamedBy } from './arrival';

it('a fragment names a self-check', () => {
	expect(checkNamedBy('#gaming')).toBe('gaming');
	expect(checkNamedBy('#social-media')).toBe('social-media');
});

it('anything else in a fragment names nothing', () => {
	for (const hash of ['', '#', '#Gaming', '#../areas', '#gaming?x', '#-a', '#<b>', `#${'a'.repeat(65)}`]) {
		expect(checkNamedBy(hash)).toBeUndefined();
	}
});
