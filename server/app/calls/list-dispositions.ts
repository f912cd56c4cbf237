import type { Disposition } from '../../contract/http/calls.ts';
import type { Settings } from '../../contract/settings.ts';
import { allCodes, hotkeyOf, outcomeOf } from '../../core/dispositions/catalogue.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';

/** The outcomes as this department uses them, in the reader's language. */
export async function listDispositions(app: Pick<AppContext, 'settings'>, actor: Actor): Promise<Disposition[]> {
  const { dispositions } = await app.settings.read();
  return allCodes.flatMap((code) => {
    const entry = outcomeOf(code, dispositions.overrides[code]);
    if (!entry) return [];
    const { label, does, requires, optional, withDecisionMaker } = entry;
    const words = { label: label[actor.locale], does: does[actor.locale], reasons: reasonsOf(code, dispositions) };
    return [
      {
        code,
        hotkey: hotkeyOf(code),
        ...words,
        requires: [...requires],
        optional: [...optional],
        afterTalk: hotkeyOf(code) !== null,
        withDecisionMaker,
      },
    ];
  });
}

function reasonsOf(code: string, settings: Settings['dispositions']): string[] {
  if (code === 'refused') return settings.refusedReasons;
  return code === 'kill' ? settings.killReasons : [];
}
