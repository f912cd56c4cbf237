import type { CallEnds } from './call-parts.ts';
import type { Station } from './station.ts';
import type { Trunk } from './trunks.ts';

/** Where in which Janus a call is, as its leg's row keeps it for the next process. */
export interface Place {
  url: string;
  session: number;
  sip: number;
  bridge: number;
  trunk: string;
}

export function placeOf(station: Station, ends: CallEnds, trunk: Trunk): string {
  return [station.url, station.node.session ?? 0, ends.sip.id, ends.bridge.id, trunk.name].join(' ');
}

/** Null for what is no place. */
export function readPlace(text: string | null): Place | null {
  const [url, ...ids] = (text ?? '').split(' ');
  const [session, sip, bridge] = ids.slice(0, 3).map(Number);
  if (url === undefined || session === undefined || sip === undefined || bridge === undefined) return null;
  return { url, session, sip, bridge, trunk: ids.slice(3).join(' ') };
}
