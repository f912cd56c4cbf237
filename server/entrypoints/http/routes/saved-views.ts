import { listViews, removeView, saveView } from '../../../app/saved-views/keep-views.ts';
import * as views from '../../../contract/http/saved-views.ts';
import { route, type Route } from '../kit/route.ts';

export const savedViewRoutes: Route[] = [
  route(views.listSavedViews, ({ app, actor, query }) => listViews(app, actor, query.page)),
  route(views.saveView, ({ app, actor, body }) => saveView(app, actor, body)),
  route(views.removeView, ({ app, actor, params }) => removeView(app, actor, params.id)),
];
