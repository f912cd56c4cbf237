import type { Announcement } from '../../../app/ports/bus.ts';
import type { LiveSockets } from '../../sockets/live-sockets.ts';
import type { SessionCookies } from '../kit/session-cookie.ts';
import type { Route } from '../kit/route.ts';
import { adminRoutes } from './admin.ts';
import { attemptRoutes } from './attempts.ts';
import { authRoutes } from './auth.ts';
import { callRoutes } from './calls.ts';
import { companyRoutes } from './companies.ts';
import { dealRoutes } from './deals.ts';
import { departmentRoutes } from './department.ts';
import { handoffRoutes } from './handoffs.ts';
import { inboundRoutes } from './inbound.ts';
import { importRoutes } from './imports.ts';
import { kpiRoutes } from './kpi.ts';
import { leadRoutes } from './leads.ts';
import { listRoutes } from './lists.ts';
import { matrixRoutes } from './matrix.ts';
import { meetingRoutes } from './meetings.ts';
import { ownNumberRoutes } from './own-numbers.ts';
import { playlistRoutes } from './playlists.ts';
import { profileRoutes } from './profile.ts';
import { programRoutes } from './programs.ts';
import { promiseRoutes } from './promises.ts';
import { queueRoutes } from './queue.ts';
import { recordingRoutes } from './recordings.ts';
import { savedViewRoutes } from './saved-views.ts';
import { scriptRoutes } from './scripts.ts';
import { cspReportRoute } from './security.ts';
import { simulationRoutes } from './simulation.ts';
import { taskRoutes } from './tasks.ts';
import { voiceClipRoutes } from './voice-clips.ts';
import { volleyRoutes } from './volleys.ts';

/** Every route there is; OpenAPI and the access test of routes × roles are made from this list. */
export const allRoutes = (cookies: SessionCookies, sockets: LiveSockets, announce: (announcement: Announcement) => void): Route[] => [
  ...authRoutes(cookies, sockets),
  ...profileRoutes(cookies, sockets),
  ...queueRoutes,
  ...simulationRoutes(announce),
  ...leadRoutes,
  ...inboundRoutes,
  ...callRoutes,
  ...volleyRoutes,
  ...voiceClipRoutes,
  ...ownNumberRoutes,
  ...companyRoutes,
  ...listRoutes,
  ...importRoutes,
  ...recordingRoutes,
  ...playlistRoutes,
  ...scriptRoutes,
  ...taskRoutes,
  ...matrixRoutes,
  ...meetingRoutes,
  ...dealRoutes,
  ...handoffRoutes,
  ...programRoutes,
  ...savedViewRoutes,
  ...promiseRoutes,
  ...kpiRoutes,
  ...attemptRoutes,
  ...departmentRoutes,
  ...adminRoutes(sockets),
  cspReportRoute,
];
