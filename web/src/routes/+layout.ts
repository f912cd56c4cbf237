/** The console lives behind sign-in and holds live state: it is drawn in the browser only. */
export const ssr = false;
export const prerender = false;
