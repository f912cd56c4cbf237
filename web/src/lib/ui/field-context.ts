import { getContext, setContext } from 'svelte';

/** What a control needs to know of the field around it. */
export interface FieldContext {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

const key = Symbol('field');

export function provideField(field: FieldContext): void {
  setContext(key, field);
}

/** The field around this control, or nothing for a control that stands alone (then give it an `aria-label`). */
export function fieldHere(): FieldContext | undefined {
  return getContext<FieldContext | undefined>(key);
}
