import { getProgram, listPrograms } from '../../../app/programs/read-programs.ts';
import { createProgram, updateProgram } from '../../../app/programs/write-program.ts';
import * as programs from '../../../contract/http/programs.ts';
import { route, type Route } from '../kit/route.ts';

export const programRoutes: Route[] = [
  route(programs.listPrograms, ({ app, query }) => listPrograms(app, query)),
  route(programs.getProgram, ({ app, params, query }) => getProgram(app, params.id, query)),
  route(programs.createProgram, ({ app, actor, body }) => createProgram(app, actor, body)),
  route(programs.updateProgram, ({ app, actor, params, body }) => updateProgram(app, actor, params.id, body)),
];
