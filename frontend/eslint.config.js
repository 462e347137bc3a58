import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'src/lib/paraglide/', 'src/lib/api/schema.d.ts'] },
	js.configs.recommended,
	ts.configs.strict,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off', // TypeScript does this, and knows more
			'svelte/no-navigation-without-resolve': 'off', // addresses come from $lib/i18n
			'no-restricted-globals': [
				'error',
				{ name: 'localStorage', message: 'Nothing is kept on the device.' },
				{ name: 'indexedDB', message: 'Nothing is kept on the device.' },
			],
		},
	},
	{
		files: ['src/**'],
		ignores: ['src/lib/i18n/format.ts', 'src/lib/i18n/percent.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector:
						'MemberExpression[object.name="Intl"], MemberExpression[property.name=/^toLocale(Date|Time)?String$/]',
					message: 'Numbers, days, times and units are formatted by $lib/i18n/format and percent.',
				},
			],
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
		},
		rules: {
			'svelte/no-at-html-tags': 'error', // Trusted Types: no markup from strings
			'svelte/no-inline-styles': 'error', // the content security policy refuses style attributes
		},
	},
);
