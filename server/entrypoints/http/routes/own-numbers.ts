import { addOwnNumber, changeOwnNumber, ownNumbers, removeOwnNumber } from '../../../app/own-numbers/own-numbers.ts';
import * as contract from '../../../contract/http/own-numbers.ts';
import { route, type Route } from '../kit/route.ts';

const done = { ok: true } as const;

/** Our own numbers, which dials show. */
export const ownNumberRoutes: Route[] = [
  route(contract.listOwnNumbers, async ({ app, actor }) => ({ items: await ownNumbers(app, actor) })),
  route(contract.addOwnNumber, async ({ app, actor, body }) => ({ id: await addOwnNumber(app, actor, body) })),
  route(contract.changeOwnNumber, async ({ app, actor, params, body }) => {
    await changeOwnNumber(app, actor, params.id, body);
    return done;
  }),
  route(contract.removeOwnNumber, async ({ app, actor, params }) => {
    await removeOwnNumber(app, actor, params.id);
    return done;
  }),
];
