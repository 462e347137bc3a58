import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { notices } from './notices';

const messages = paraglideVitePlugin({
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	// The address decides the language; src/lib/i18n tells Paraglide which one it is.
	strategy: ['globalVariable', 'baseLocale'],
	disableAsyncLocalStorage: true,
	emitReadme: false,
});

/** The oldest browsers that Predah is made for; floor.spec.ts holds the built files to them. */
const floor = { chrome: '100', firefox: '102', ios: '15.4', safari: '15.4' };

const shared = { minShareCount: 4, maxModuleSize: 4096 };
const afterQuestions =
	/lib\/(support|saved|qr|download|shape|i18n\/format|components\/(OpenSign|QrCode|Support|TableScroll)|seal\/ids)|messages\/(support|help|result)_/;

export default defineConfig({
	// Unit tests are of plain modules that show no text, so they need no messages.
	plugins: [process.env['VITEST'] ? [] : messages, sveltekit(), notices()],
	build: {
		target: Object.entries(floor).map(([browser, version]) => `${browser}${version}`),
		// Otherwise each text and each small module that pages share is a file of its own,
		// and a first visit fetches a hundred. What a check needs only after its questions is
		// a file apart, so that the first question is there sooner.
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{ name: 'small', test: (id) => !afterQuestions.test(id), ...shared },
						{ name: 'after', test: afterQuestions, ...shared },
					],
				},
			},
		},
	},
	worker: { format: 'es', plugins: () => [notices()] }, // the policy allows scripts from files only
	server: { proxy: { '/api': 'http://127.0.0.1:8080', '/.well-known': 'http://127.0.0.1:8080' } },
	test: {
		include: ['src/**/*.test.ts'],
		environment: 'node',
	},
});
