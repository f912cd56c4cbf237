import * as contract from '../../../contract/http/kpi.ts';
import { dailyCheck, kpiReport, myPace } from '../../../app/kpi/read-kpi.ts';
import { watchBoard } from '../../../app/kpi/watch-board.ts';
import { route } from '../kit/route.ts';

export const kpiRoutes = [
  route(contract.kpiReport, ({ app, actor, query }) => kpiReport(app, actor, query)),
  route(contract.myPace, ({ app, actor }) => myPace(app, actor)),
  route(contract.dailyCheck, ({ app, actor, query }) => dailyCheck(app, actor, query.date)),
  route(contract.boardSnapshot, ({ app, actor }) => watchBoard(app, actor)),
];
