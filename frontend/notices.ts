import { readFileSync } from 'node:fs';
import license from 'rollup-plugin-license';
import type { Plugin } from 'vite';

/** What is known of one package whose code or letters are sent to a browser. */
interface Notice {
	name: string | null;
	version: string | null;
	license: string | null;
	licenseText: string | null;
}

/** The typeface comes by CSS and Paraglide's code is written into src, so no bundler counts them. */
const byHand = ['@fontsource-variable/atkinson-hyperlegible-next', '@inlang/paraglide-js'];

/** All notices so far: the worker's bundle is made before the page's, which writes the whole. */
const all = new Map<string, string>();

function add(notice: Notice) {
	const name = `${notice.name} ${notice.version}`;
	if (!notice.licenseText) throw new Error(`${name} has no text of its licence (${notice.license})`);
	all.set(name, `${name}\n${notice.license}\n\n${notice.licenseText.trim()}\n`);
}

function ofPackage(name: string): Notice {
	const folder = new URL(`node_modules/${name}/`, import.meta.url);
	const { version, license } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
		version: string;
		license: string;
	};
	return { name, version, license, licenseText: readFileSync(new URL('LICENSE', folder), 'utf8') };
}

/** Writes the licences of all that goes to the browser beside it, as licences-web.txt. */
export function notices(): Plugin {
	for (const name of byHand) add(ofPackage(name));
	return {
		...(license({
			thirdParty: {
				multipleVersions: true,
				output: {
					file: '.svelte-kit/output/client/licences-web.txt',
					template(dependencies) {
						dependencies.forEach(add);
						return [...all.keys()]
							.sort()
							.map((name) => all.get(name))
							.join(`\n${'-'.repeat(80)}\n\n`);
					},
				},
			},
		}) as Plugin),
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'client',
	};
}
