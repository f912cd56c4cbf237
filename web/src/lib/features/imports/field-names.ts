import type { ImportField, ImportView } from '$contract/http/imports.ts';
import { m } from '$lib/paraglide/messages.js';

/** What a column can mean, in the words and order of the mapping's choice. */
export const fieldNames: Record<ImportField, () => string> = {
  name: m.imports_field_name,
  legalName: m.imports_field_legalName,
  taxNumber: m.imports_field_taxNumber,
  phone: m.imports_field_phone,
  contactName: m.imports_field_contactName,
  contactPosition: m.imports_field_contactPosition,
  contactRole: m.imports_field_contactRole,
  email: m.imports_field_email,
  region: m.imports_field_region,
  city: m.imports_field_city,
  address: m.imports_field_address,
  timeZone: m.imports_field_timeZone,
  category: m.imports_field_category,
  channel: m.imports_field_channel,
  subchannel: m.imports_field_subchannel,
  source: m.imports_field_source,
  skill: m.imports_field_skill,
  site: m.imports_field_site,
  notes: m.imports_field_notes,
  keep: m.imports_field_keep,
  skip: m.imports_field_skip,
};

export const statusNames: Record<ImportView['status'], () => string> = {
  queued: m.imports_status_queued,
  running: m.imports_status_running,
  done: m.imports_status_done,
  failed: m.imports_status_failed,
};

export const isUnderWay = (view: ImportView): boolean => view.status === 'queued' || view.status === 'running';
