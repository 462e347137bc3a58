// Every page is a file made at build time; the Go server only hands them out.
export const prerender = true;
export const trailingSlash = 'never';
