import { defineConfig } from '@playwright/test';

/**
 * The browser tests drive the system's Chromium against the service itself (bin/predah).
 * `make test-browser` builds it and finds the browser: the shell that draws pages only, and the
 * whole browser for what a profile folder keeps (profile.spec) and for Lighthouse.
 */
export default defineConfig({
	testDir: 'tests',
	outputDir: 'test-results',
	fullyParallel: true,
	forbidOnly: Boolean(process.env['CI']),
	// Once more where nobody can look what a busy machine did; it is reported as flaky then.
	retries: process.env['CI'] ? 1 : 0,
	workers: 2,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	reporter: [['list']],
	use: {
		actionTimeout: 15_000,
		launchOptions: {
			executablePath:
				process.env['PREDAH_HEADLESS_SHELL'] ?? process.env['PREDAH_CHROMIUM'] ?? '/usr/bin/chromium',
			args: [
				'--disable-gpu',
				'--disable-background-networking',
				'--disable-component-update',
				'--no-first-run',
				// No name resolves: whatever would leave this machine fails, and the test with it.
				'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
			],
		},
		locale: 'sl-SI',
		timezoneId: 'Europe/Ljubljana',
		viewport: { width: 1280, height: 800 },
		// Recording every page takes as long as the tests; `--trace on` records where one is looked for.
		trace: 'on-first-retry',
	},
	projects: [
		{ name: 'chromium', testMatch: '*.spec.ts' },
		{ name: 'firefox', testMatch: 'engines.ts' },
		{ name: 'webkit', testMatch: 'engines.ts' },
		{ name: 'lighthouse', testMatch: 'lighthouse.ts', workers: 1 },
		{ name: 'screenshots', testMatch: 'screenshots.ts' },
	],
});
