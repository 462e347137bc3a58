/**
 * What a mark by a check would be worth: natural frequencies, which are easier to think with than
 * predictive values.
 */

/** How often a check is right: of those with a disorder, and of those without one, from 0 to 1. */
export interface Accuracy {
	sensitivity: number;
	specificity: number;
}

/** Numbers of people. */
export interface Predicted {
	/** Have the disorder. */
	ill: number;
	/** Are marked, rightly or not. */
	marked: number;
	/** Are marked and have it. */
	right: number;
	/** Have it and are not marked. */
	missed: number;
}

/** Works out what a check says of so many people, of whom a share from 0 to 1 has the disorder; in whole people. */
export function predicted(people: number, prevalence: number, accuracy: Accuracy): Predicted {
	const ill = Math.round(people * prevalence);
	const right = Math.round(ill * accuracy.sensitivity);
	const wrong = Math.round((people - ill) * (1 - accuracy.specificity));
	return { ill, marked: right + wrong, right, missed: ill - right };
}
