import { z } from 'zod';
import { contactRoleSchema } from '$contract/http/company-card.ts';
import type { ContactRole } from '$contract/http/company-card.ts';
import { dispositionCodeSchema } from '$contract/http/calls.ts';
import type { DispositionCode, DispositionInput, PromiseInput, Requirement } from '$contract/http/calls.ts';
import type { PhraseMeaning } from './promise-phrase.ts';

const meaningSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exact'), localTime: z.string() }),
  z.object({ kind: z.literal('window'), day: z.string(), from: z.string(), to: z.string(), lastDay: z.string().optional() }),
]);

/** What is typed during a call and after it; every part has a fallback, so that an older draft never locks a rep out. */
const draftSchema = z.object({
  changedAt: z.number().catch(0),
  code: dispositionCodeSchema.nullable().catch(null),
  promise: meaningSchema.nullable().catch(null),
  promisePhrase: z.string().catch(''),
  meeting: z.string().nullable().catch(null),
  meetingPhrase: z.string().catch(''),
  meetingPlace: z.string().catch(''),
  reason: z.string().catch(''),
  notNowUntil: z.string().catch(''),
  sellerId: z.number().nullable().catch(null),
  contactId: z.number().nullable().catch(null),
  isNewContact: z.boolean().catch(false),
  newName: z.string().catch(''),
  newPosition: z.string().catch(''),
  newRole: contactRoleSchema.catch('unknown'),
  withDecisionMaker: z.boolean().nullable().catch(null),
  meetingNotThePurpose: z.boolean().catch(false),
  note: z.string().catch(''),
  answers: z.record(z.string(), z.string()).catch({}),
});
export type OutcomeDraft = z.infer<typeof draftSchema>;

/** Everything a rep may say of one call, editable. */
export class OutcomeForm {
  changedAt = 0;
  code: DispositionCode | null = $state(null);
  promise: PhraseMeaning | null = $state.raw(null);
  promisePhrase = $state('');
  /** Said yes to once when the time was full. */
  acceptOverCapacity = $state(false);
  meeting: string | null = $state(null);
  meetingPhrase = $state('');
  meetingPlace = $state('');
  reason = $state('');
  notNowUntil = $state('');
  sellerId: number | null = $state(null);
  contactId: number | null = $state(null);
  isNewContact = $state(false);
  newName = $state('');
  newPosition = $state('');
  newRole: ContactRole = $state('unknown');
  withDecisionMaker: boolean | null = $state(null);
  meetingNotThePurpose = $state(false);
  note = $state('');
  answers: Record<string, string> = $state({});

  /** As it is kept between key strokes and reloads. */
  toDraft(): OutcomeDraft {
    return draftSchema.parse({ ...this.#fields(), changedAt: this.changedAt });
  }

  /** Takes over a kept draft, whatever wrote it. */
  load(kept: unknown): void {
    const draft = draftSchema.safeParse(kept);
    if (draft.success) Object.assign(this, draft.data);
  }

  /** What the server is asked to write: only what this outcome asks, empty parts left out. */
  toInput(code: DispositionCode, asked: readonly Requirement[]): DispositionInput {
    const asks = (what: Requirement): boolean => asked.includes(what);
    const isNew = this.isNewContact && this.newName.trim() !== '';
    const answers = Object.fromEntries(Object.entries(this.answers).filter(([, answer]) => answer.trim() !== ''));
    return {
      code,
      answers,
      meetingNotThePurpose: this.meetingNotThePurpose,
      contactId: isNew ? undefined : (this.contactId ?? undefined),
      newContact:
        isNew && asks('contact')
          ? { name: this.newName.trim(), position: this.newPosition.trim() || undefined, role: this.newRole }
          : undefined,
      withDecisionMaker: this.withDecisionMaker ?? undefined,
      promise: this.promise && asks('promise') ? this.#promiseInput(this.promise) : undefined,
      meeting:
        this.meeting && asks('meeting')
          ? {
              localTime: this.meeting,
              contactId: isNew ? undefined : (this.contactId ?? undefined),
              place: this.meetingPlace.trim() || undefined,
            }
          : undefined,
      reason: (asks('reason') && this.reason.trim()) || undefined,
      notNowUntil: (asks('notNowUntil') && this.notNowUntil) || undefined,
      sellerId: asks('seller') ? (this.sellerId ?? undefined) : undefined,
      note: this.note.trim() || undefined,
    };
  }

  #promiseInput(meaning: PhraseMeaning): PromiseInput {
    return meaning.kind === 'exact' ? { ...meaning, acceptOverCapacity: this.acceptOverCapacity } : meaning;
  }

  #fields(): Omit<OutcomeDraft, 'changedAt'> {
    return {
      code: this.code,
      promise: this.promise,
      promisePhrase: this.promisePhrase,
      meeting: this.meeting,
      meetingPhrase: this.meetingPhrase,
      meetingPlace: this.meetingPlace,
      reason: this.reason,
      notNowUntil: this.notNowUntil,
      sellerId: this.sellerId,
      contactId: this.contactId,
      isNewContact: this.isNewContact,
      newName: this.newName,
      newPosition: this.newPosition,
      newRole: this.newRole,
      withDecisionMaker: this.withDecisionMaker,
      meetingNotThePurpose: this.meetingNotThePurpose,
      note: this.note,
      answers: { ...this.answers },
    };
  }
}
