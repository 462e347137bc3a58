import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** @type {{ pages: Record<string, Record<string, string>>, areas: Record<string, Record<string, string>> }} */
const { pages, areas } = JSON.parse(
	readFileSync(new URL('./src/lib/i18n/addresses.json', import.meta.url), 'utf8'),
);
const ofArea = ['area', 'rules'];
const areaPages = Object.values(areas).flatMap((slugs) =>
	Object.entries(slugs).flatMap(([locale, slug]) =>
		ofArea.map((name) => pages[name][locale].replace('[slug]', slug)),
	),
);
const entries = Object.entries(pages)
	.filter(([name]) => !ofArea.includes(name))
	.flatMap(([, addresses]) => Object.values(addresses))
	.concat(areaPages, '/404', '/en/404');

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		// build/.keep is committed, so that the Go package that embeds build/ compiles before the first build
		adapter: adapter({ pages: 'build', assets: 'build', precompress: true }),
		prerender: {
			entries,
			handleMissingId: ({ path, message }) => {
				// a link to a self-check carries which one after #, see CheckLink
				if (!Object.values(pages.check).includes(path)) throw new Error(message);
			},
			handleHttpError: ({ path, message }) => {
				// the pages of the API and the licences are the server's
				if (!path.startsWith('/api/') && path !== '/licences.txt') throw new Error(message);
			},
		},
		paths: { relative: false },
		version: { name: version }, // not the time: the same sources give the same bytes
	},
};
