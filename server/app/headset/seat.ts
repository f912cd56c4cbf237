import { getsSeat } from '../../core/headset/seat.ts';
import type { ClientPayload, ClientReply } from '../../contract/sockets/index.ts';
import type { Actor } from '../actor.ts';
import type { Scheduler } from '../calls/line-dropped.ts';
import type { AppContext } from '../context.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict } from '../problem.ts';

/** Pages that hold the headset say twice in this time that they are still there. */
const leaseSeconds = 75;

type SeatAsked = ClientPayload<'headset:seat'> & { socketId: string };
type SeatAnswer = ClientReply<'headset:seat'>['seat'];

/** A computer asks where its person works, or to be where. Whoever held the seat or waited for it is told of a new one. */
export async function askForSeat(app: AppContext, actor: Actor, { computerId, how, socketId }: SeatAsked): Promise<SeatAnswer> {
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const seat = await stores.seats.lock(actor.id);
    const isHeldHere = seat !== null && seat.computerId === computerId && seat.leaseUntil > now;
    const inCall = await isInCall(stores, actor.id);
    if (!getsSeat(seat, { computerId, taken: how === 'take', inCall, now })) return 'elsewhere';
    if (how === 'look') return isHeldHere ? 'here' : 'free';
    await stores.seats.save(actor.id, { computerId, socketId, leaseUntil: new Date(now.getTime() + leaseSeconds * 1000) });
    if (!isHeldHere) await tell(stores, actor.id);
    return 'here';
  });
}

/** @throws Refused 409 `headsetElsewhere` to a computer that its person does not work at */
export async function mustGetSeat(app: AppContext, actor: Actor, asked: Omit<SeatAsked, 'how'>): Promise<void> {
  const seat = await askForSeat(app, actor, { ...asked, how: 'keep' });
  if (seat !== 'here') throw conflict('headsetElsewhere', 'the headset is open on another computer');
}

/** Takes the word that a socket was lost. A page that does not come back in the time that a live call waits for gives its seat up. */
export function seatKeeper(app: AppContext, scheduler: Scheduler) {
  const look = (userId: number): void => {
    tellIfFree(app, userId).catch((error: unknown) => {
      app.log.error({ err: error, userId }, 'a free headset was not told; pages that wait for it ask by themselves');
    });
  };
  return {
    async onSocketLost(userId: number, socketId: string): Promise<void> {
      const { calls } = await app.settings.read();
      const until = new Date(app.clock.now().getTime() + calls.lineGraceSeconds * 1000);
      const heldIt = await app.unitOfWork.run((stores) => stores.seats.shorten(userId, socketId, until));
      if (heldIt) scheduler.after(calls.lineGraceSeconds * 1000, () => look(userId));
    },
  };
}

async function tellIfFree(app: AppContext, userId: number): Promise<void> {
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const seat = await stores.seats.lock(userId);
    if (seat && seat.leaseUntil <= now) await tell(stores, userId);
  });
}

const tell = (stores: Stores, userId: number): Promise<void> =>
  stores.outbox.announce({ event: 'headset:moved', audience: { user: userId }, payload: {} });

async function isInCall(stores: Stores, userId: number): Promise<boolean> {
  const own = await stores.calls.openOf(userId);
  if (own !== null && own.state !== 'ended') return true;
  const asked = await stores.calls.askedInto(userId);
  return asked.some(({ partyState }) => partyState !== 'asked') || (await stores.volleys.openOf(userId)) !== null;
}
