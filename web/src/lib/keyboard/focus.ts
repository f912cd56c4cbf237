const textInputTypes = new Set([
  'text',
  'search',
  'email',
  'password',
  'tel',
  'url',
  'number',
  'date',
  'time',
  'datetime-local',
  'month',
  'week',
]);

/** True when keys pressed in this element are letters for it, not commands for us. */
export function isTypingTarget(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) return textInputTypes.has(target.type);
  return target instanceof HTMLSelectElement || target.closest('[role="menu"], [role="listbox"], [role="combobox"]') !== null;
}

const ownsSpaceAndEnter =
  'button, a[href], summary, input, [role="button"], [role="checkbox"], [role="switch"], [role="radio"], [role="tab"], [role="option"], [role="menuitem"], [role="row"][tabindex], [role="grid"]';

/** True when Space or Enter on this element presses the element itself. */
export function ownsActivation(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(ownsSpaceAndEnter) !== null;
}

/** Takes the focus that was lost with what was pressed: for what comes in its place. */
export function takeLostFocus(place: HTMLElement): void {
  if (document.activeElement === document.body) place.querySelector<HTMLElement>('a[href], button, select, input')?.focus();
}
