/** What page and worker say to each other. */
import type { CodeFault, Reason } from './errors';

export interface Call {
	id: number;
	of: 'vault' | 'counsellor';
	call: string;
	args: unknown[];
}

export type Answer =
	| { id: number; value: unknown }
	| { id: number; progress: number }
	| { id: number; reason: Reason; fault?: CodeFault };
