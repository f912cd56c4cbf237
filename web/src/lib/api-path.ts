/** A value that fits into a path or a query. */
export type UrlValue = string | number | boolean | null | undefined;

/**
 * `/api/companies/:id` with `{ id: 7 }` is `/api/companies/7`.
 * @throws Error when a name of the path has no value: a mistake of the programmer.
 */
export function fillPath(path: string, params: Readonly<Record<string, UrlValue>> = {}): string {
  return path.replace(/:([A-Za-z]\w*)/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined || value === null || value === '') {
      throw new Error(`${path} needs ${name}`);
    }
    return encodeURIComponent(String(value));
  });
}

/** The query with its question mark, or nothing; empty values are left out, lists are repeated. */
export function queryText(query: Readonly<Record<string, UrlValue | readonly UrlValue[]>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, given] of Object.entries(query)) {
    const values: readonly UrlValue[] = isList(given) ? given : [given];
    for (const value of values) {
      if (value !== undefined && value !== null && value !== '') search.append(name, String(value));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

function isList(value: UrlValue | readonly UrlValue[]): value is readonly UrlValue[] {
  return Array.isArray(value);
}
