import { CarrierRefusal } from './refusal.ts';

/** Parameters of a request to the carrier, as the form or the query brings them; a name may be repeated. */
export class Fields {
  readonly #search: URLSearchParams;

  constructor(search: URLSearchParams) {
    this.#search = search;
  }

  text(name: string): string | undefined {
    return this.#search.get(name) ?? undefined;
  }

  all(name: string): string[] {
    return this.#search.getAll(name);
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name);
    return value === undefined ? fallback : value.toLowerCase() === 'true';
  }

  /** @throws CarrierRefusal for a parameter that the carrier would silently ignore: here it is always our mistake */
  allowOnly(names: readonly string[]): void {
    for (const name of this.#search.keys())
      if (!names.includes(name)) throw new CarrierRefusal(400, 20001, `the parameter ${name} is not known here and would be ignored`);
  }

  whole(name: string, from: number, to: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!Number.isInteger(number) || number < from || number > to)
      throw new CarrierRefusal(400, 21220, `${name} must be a whole number from ${from} to ${to}`);
    return number;
  }

  /** An absolute address that the carrier can reach, or undefined. */
  address(name: string): URL | undefined {
    const value = this.text(name);
    if (value === undefined || value === '') return undefined;
    if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol))
      throw new CarrierRefusal(400, 21205, `${name} is not a valid URL`);
    return new URL(value);
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = words.find((word) => word === value);
    if (found === undefined) throw new CarrierRefusal(400, 20001, `${name} must be one of ${words.join(', ')}`);
    return found;
  }

  /** A repeated parameter whose values are words of a list; "a b" in one value is the classic mistake. */
  manyOf<Word extends string>(name: string, words: readonly Word[]): Word[] {
    return this.all(name).map((value) => {
      const found = words.find((word) => word === value);
      if (found === undefined) throw new CarrierRefusal(400, 21626, `${name}: "${value}" is not one of ${words.join(', ')}`);
      return found;
    });
  }
}
