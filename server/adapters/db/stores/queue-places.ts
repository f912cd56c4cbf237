import { calendarName, type CompanyCalendar } from '../../../core/queue/calendar.ts';
import type { Place } from '../../../core/queue/place.ts';
import type { Transaction } from '../client.ts';

interface PlacedLead {
  leadId: number;
  calendar: CompanyCalendar;
  place: Place | null;
}

const isPlaced = (lead: PlacedLead): lead is PlacedLead & { place: Place } => lead.place !== null;

/** Writes the places of leads into the narrow queue; who is held by a rep stays out until he gives it back. */
export async function writePlaces(transaction: Transaction, leads: readonly PlacedLead[], now: Date): Promise<void> {
  if (leads.length === 0) return;
  const calendars = [...new Map(leads.map(({ calendar }) => [calendarName(calendar), calendar]))];
  const column = (field: keyof CompanyCalendar): (string | null)[] => calendars.map(([, calendar]) => calendar[field]);
  await transaction.$executeRaw`
    INSERT INTO zone (name, time_zone, country, call_from, call_to, lunch_from, lunch_to)
    SELECT * FROM unnest(
      ${calendars.map(([name]) => name)}::text[], ${column('timeZone')}::text[], ${column('country')}::text[], ${column('callFrom')}::text[],
      ${column('callTo')}::text[], ${column('lunchFrom')}::text[], ${column('lunchTo')}::text[]
    ) AS fresh (name, time_zone, country, call_from, call_to, lunch_from, lunch_to)
    WHERE NOT EXISTS (SELECT FROM zone z WHERE z.name = fresh.name) ON CONFLICT DO NOTHING`;
  const placed = leads.filter(isPlaced);
  const gone = leads.filter((lead) => lead.place === null).map((lead) => lead.leadId);
  if (gone.length > 0) await transaction.$executeRaw`DELETE FROM lead_queue WHERE lead_id = ANY(${gone}::int[])`;
  if (placed.length === 0) return;
  await transaction.$executeRaw`
    INSERT INTO lead_queue (lead_id, pool, zone, rank, sort_key, ready_at, parked)
    SELECT r.lead_id, r.pool, z.id, r.rank, r.sort_key, r.ready_at, r.ready_at > ${now}::timestamptz
    FROM unnest(
      ${placed.map((lead) => lead.leadId)}::int[], ${placed.map((lead) => lead.place.pool)}::int[],
      ${placed.map((lead) => calendarName(lead.calendar))}::text[], ${placed.map((lead) => lead.place.rank)}::smallint[],
      ${placed.map((lead) => lead.place.sortKey.toString())}::bigint[], ${placed.map((lead) => lead.place.readyAt.toISOString())}::timestamptz[]
    ) AS r (lead_id, pool, zone_name, rank, sort_key, ready_at)
    JOIN zone z ON z.name = r.zone_name
    WHERE NOT EXISTS (SELECT FROM lead_claim k WHERE k.lead_id = r.lead_id)
    ON CONFLICT (lead_id) DO UPDATE SET pool = excluded.pool, zone = excluded.zone, rank = excluded.rank,
      sort_key = excluded.sort_key, ready_at = excluded.ready_at, parked = excluded.parked`;
}
