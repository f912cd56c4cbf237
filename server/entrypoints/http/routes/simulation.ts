import type { Announcement } from '../../../app/ports/bus.ts';
import { publishDay } from '../../../app/simulation/publish-day.ts';
import { simulateTeamDay } from '../../../app/simulation/simulate-day.ts';
import * as contract from '../../../contract/http/simulation.ts';
import { alreadySent, route, type Route } from '../kit/route.ts';

/** A day looked at before it comes, and made so. Who asks hears how far it is, and ends it by asking no more. */
export const simulationRoutes = (announce: (announcement: Announcement) => void): Route[] => [
  route(contract.simulateDay, async ({ app, actor, body: { askId, ...question }, response }) => {
    const left = new AbortController();
    response.on('close', () => {
      left.abort();
    });
    const onProgress = (share: number): void => {
      if (askId !== undefined) announce({ event: 'simulation:progress', audience: { user: actor.id }, payload: { askId, share } });
    };
    try {
      return await simulateTeamDay(app, actor, question, { signal: left.signal, onProgress });
    } catch (error) {
      // Nobody is there to be answered.
      if (left.signal.aborted) return alreadySent;
      throw error;
    }
  }),
  route(contract.publishDay, ({ app, actor, body }) => publishDay(app, actor, body)),
];
