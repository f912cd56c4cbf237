import { getMeeting, listMeetings } from '../../../app/meetings/read-meetings.ts';
import { recordVisit } from '../../../app/meetings/record-visit.ts';
import { updateMeeting } from '../../../app/meetings/update-meeting.ts';
import * as meetings from '../../../contract/http/meetings.ts';
import { route, type Route } from '../kit/route.ts';

export const meetingRoutes: Route[] = [
  route(meetings.listMeetings, ({ app, actor, query }) => listMeetings(app, actor, query)),
  route(meetings.getMeeting, ({ app, actor, params }) => getMeeting(app, actor, params.id)),
  route(meetings.updateMeeting, ({ app, actor, params, body }) => updateMeeting(app, actor, params.id, body)),
  route(meetings.createVisit, ({ app, actor, body }) => recordVisit(app, actor, body)),
];
