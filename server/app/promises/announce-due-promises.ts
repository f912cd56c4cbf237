import type { AppContext } from '../context.ts';

/** How often the sweeper runs, with room for a late one: a promise may be announced twice, never not at all. */
const sweepSeconds = 45;

/** Sweeper's part: tells each rep of his promises that come due within the setting's minutes. */
export async function announceDuePromises(app: AppContext): Promise<{ announced: number }> {
  const { promises } = await app.settings.read();
  const until = new Date(app.clock.now().getTime() + promises.dueSoonMinutes * 60_000);
  return app.unitOfWork.run(async (stores) => {
    const coming = await stores.promises.comingUp(new Date(until.getTime() - sweepSeconds * 1000), until);
    for (const { repId, promisedAt, ...promise } of coming) {
      await stores.outbox.announce({
        event: 'promise:due',
        audience: { user: repId },
        payload: { ...promise, promisedAt: promisedAt.toISOString() },
      });
    }
    return { announced: coming.length };
  });
}
