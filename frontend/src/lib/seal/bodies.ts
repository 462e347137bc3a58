/** The bodies of envelopes that keys travel in and that answer a grant: closed, like everything sealed. */
import { list, Misshapen, record, text, type Shape } from '../shape';
import { SealError } from './errors';

/** The most characters of a reply, as people count them. */
export const replyLength = 2000;

/** The identities of a counsellor, the current first; the others still open what was sealed to them. */
export const keyBody = closed(
	record({ identities: list(text(/^AGE-SECRET-KEY-PQ-1[A-Z0-9]{58}$/, 77), 100, 1) }),
);

/** A counsellor's answer to a grant. */
export const replyBody = closed(record({ text: short }));

function short(value: unknown, where = ''): string {
	const read = text(/^[^]*$/, 2 * replyLength)(value, where);
	if ([...read].length > replyLength) throw new Misshapen(where);
	return read;
}

function closed<T>(shape: Shape<T>): (body: unknown) => T {
	return (body) => {
		try {
			return shape(body);
		} catch {
			throw new SealError('mismatch');
		}
	};
}
