-- What a base of the first version holds: rows of every kind that a later migration touches, in the tables as they were then.
INSERT INTO team (name) VALUES ('Север');
INSERT INTO app_user (email, name, password_hash, role, team_id, updated_at) VALUES
  ('one@test', 'Один', '-', 'rep', 1, now()), ('two@test', 'Два', '-', 'rep', 1, now()), ('three@test', 'Три', '-', 'rep', 1, now()),
  ('seller@test', 'Продавец', '-', 'seller', 1, now());
INSERT INTO session (token_hash, user_id, expires_at) VALUES ('hash', 1, '2027-01-01T00:00:00Z');
INSERT INTO channel (name) VALUES ('Завод');
INSERT INTO source (name) VALUES ('Выставка');
INSERT INTO region (name, country, time_zone) VALUES ('Москва', 'RU', 'Europe/Moscow'), ('Berlin', 'DE', 'Europe/Berlin');
INSERT INTO company (name, normalized_name, time_zone, region_id, channel_id, source_id, owner_id, do_not_call, updated_at) VALUES
  ('Север', 'север', 'Europe/Moscow', 1, 1, 1, 1, false, now()), ('Nord', 'nord', 'Europe/Berlin', 2, 1, NULL, NULL, false, now()),
  ('Юг', 'юг', 'Europe/Moscow', 1, NULL, NULL, NULL, false, now()), ('Запад', 'запад', 'Europe/Moscow', NULL, NULL, NULL, NULL, false, now()),
  ('Восток', 'восток', 'Europe/Moscow', 1, NULL, NULL, NULL, true, now());
INSERT INTO contact (company_id, name, role, updated_at) VALUES (1, 'Мария', 'decisionMaker', now());
INSERT INTO phone (company_id, contact_id, e164) VALUES
  (1, 1, '+74950000001'), (2, NULL, '+49300000002'), (3, NULL, '+74950000003'), (4, NULL, '+74950000004'), (5, NULL, '+74950000005');
INSERT INTO note (company_id, author_id, text) VALUES (1, 1, 'склад тесный');
INSERT INTO call_list (name, priority) VALUES ('Список', 5);
INSERT INTO list_entry (list_id, company_id, position) VALUES (1, 1, 0), (1, 2, 1);
INSERT INTO list_assignment (list_id, rep_id, starts_on, ends_on) VALUES (1, 3, '2026-11-01', '2026-12-31');
INSERT INTO lead (company_id, list_id, position, tries_total, last_tried_at, exhausted_at) VALUES
  (1, 1, 0, 1, '2026-11-23T09:00:00Z', NULL), (2, 1, 1, 0, NULL, NULL), (3, 1, 2, 8, '2026-11-20T09:00:00Z', '2026-11-20T09:00:00Z'),
  (4, NULL, 0, 0, NULL, NULL), (5, 1, 3, 0, NULL, NULL);
INSERT INTO zone (name) VALUES ('Europe/Moscow'), ('Europe/Berlin');
-- Promises: one that was broken and moved, the one that took its place, and one that is broken and still owed.
INSERT INTO promise (company_id, rep_id, kind, local_time, time_zone, starts_at, promised_at, deadline_at, status, outcome, closed_at, moved_by_id, move_reason, day, hour, team_id, list_id, channel_id, source_id) VALUES
  (1, 1, 'exact', '2026-11-20T12:00', 'Europe/Moscow', '2026-11-20T08:55:00Z', '2026-11-20T09:00:00Z', '2026-11-20T09:05:00Z', 'moved', 'broken', '2026-11-23T09:01:05Z', 1, 'Попросили позже', '2026-11-23', 12, 1, 1, 1, 1),
  (1, 1, 'exact', '2026-11-24T11:30', 'Europe/Moscow', '2026-11-24T08:25:00Z', '2026-11-24T08:30:00Z', '2026-11-24T08:35:00Z', 'open', 'pending', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, 1, 'exact', '2026-11-20T14:00', 'Europe/Moscow', '2026-11-20T10:55:00Z', '2026-11-20T11:00:00Z', '2026-11-20T11:05:00Z', 'open', 'broken', NULL, NULL, NULL, '2026-11-21', 0, 1, NULL, NULL, NULL);
UPDATE promise SET moved_to_id = 2 WHERE id = 1;
-- Where the queue had them: an obligation of each of two reps, a cold one of the list.
INSERT INTO lead_queue (lead_id, pool, zone, rank, sort_key, ready_at, parked) VALUES
  (1, -1, 1, 0, extract(epoch FROM timestamptz '2026-11-24T08:35:00Z') * 1000, '2026-11-24T08:25:00Z', true),
  (4, -1, 1, 0, extract(epoch FROM timestamptz '2026-11-20T11:05:00Z') * 1000, '2026-11-20T10:55:00Z', false),
  (2, 1, 2, 505, 1, 'epoch', false);
-- A talk with all that it left behind.
INSERT INTO call (idempotency_key, rep_id, company_id, lead_id, contact_id, phone_id, phone_e164, carrier, carrier_call_id, state, end_cause, intent_at, dialed_at, answered_at, ended_at, talk_seconds, answered_by, list_id, channel_id, source_id, team_id, day, hour, company_day, disposition_code, disposed_at) VALUES
  ('key', 1, 1, 1, 1, 1, '+74950000001', 'sandbox', 'c-1', 'ended', 'completed', '2026-11-23T09:00:00Z', '2026-11-23T09:00:01Z', '2026-11-23T09:00:05Z', '2026-11-23T09:01:05Z', 60, 'human', 1, 1, 1, 1, '2026-11-23', 12, '2026-11-23', 'callBack', '2026-11-23T09:01:30Z');
INSERT INTO call_event (call_id, event_key, kind, at, carrier_word, body) VALUES (1, 'ended', 'ended', '2026-11-23T09:01:05Z', 'bye', '{"kind":"ended","cause":"completed"}');
INSERT INTO attempt (kind, yes, at, rep_id, company_id, call_id, team_id, list_id, channel_id, source_id, day, hour) VALUES
  ('reachDecisionMaker', true, '2026-11-23T09:01:30Z', 1, 1, 1, 1, 1, 1, 1, '2026-11-23', 12);
INSERT INTO recording (call_id, status, duration_seconds) VALUES (1, 'ready', 60);
INSERT INTO recording_listen (recording_id, user_id) VALUES (1, 2);
INSERT INTO funnel (name, is_default) VALUES ('Основная', true);
INSERT INTO stage (funnel_id, position, name, heat, norm_days, probability)
  SELECT 1, n, 'этап ' || n, (CASE WHEN n <= 3 THEN 'early' WHEN n <= 6 THEN 'hot' ELSE 'won' END)::"StageHeat", 7, n * 10 FROM generate_series(1, 7) n;
INSERT INTO deal (company_id, funnel_id, stage_id, owner_id, title, amount, stage_since, opened_at, updated_at) VALUES (1, 1, 2, 1, 'Стеллажи', 250000, now(), now(), now());
INSERT INTO deal_move (deal_id, to_position, at, user_id, call_id) VALUES (1, 2, now(), 1, 1);
INSERT INTO meeting (company_id, deal_id, owner_id, starts_at, time_zone) VALUES (1, 1, 1, '2026-11-30T09:00:00Z', 'Europe/Moscow');
INSERT INTO task (title, company_id, assignee_id, due_at, updated_at) VALUES ('Отправить КП', 1, 1, now(), now());
INSERT INTO handoff (company_id, deal_id, from_rep_id, seller_id, opened_at) VALUES (1, 1, 1, 4, now());
INSERT INTO win (kind, rep_id, company_id, call_id, deal_id, at, team_id, list_id, channel_id, source_id, day, hour, key) VALUES
  ('stageUp', 1, 1, 1, 1, '2026-11-23T09:01:30Z', 1, 1, 1, 1, '2026-11-23', 12, 'stageUp:deal 1:2');
INSERT INTO visit (company_id, user_id, at, result) VALUES (1, 1, '2026-11-10T09:00:00Z', 'встретились');
INSERT INTO import (file_name, storage_path, size_bytes, sha256, mapping, status, created_by_id) VALUES ('база.csv', 'imports/1', 10, 'sha', '{}', 'done', 1);
INSERT INTO kpi_counter (day, hour, rep_id, team_id, list_id, channel_id, source_id, metric, value) VALUES
  ('2026-11-23', 12, 1, 1, 1, 1, 1, 'dials', 1), ('2026-11-23', 12, 1, 1, 1, 1, 1, 'connects', 1), ('2026-11-23', 12, 1, 1, 1, 1, 1, 'talkSeconds', 60),
  ('2026-11-23', 12, 1, 1, 1, 1, 1, 'reachDecisionMaker.yes', 1), ('2026-11-23', 12, 1, 1, 1, 1, 1, 'wins', 1),
  ('2026-11-23', 12, 1, 1, 1, 1, 1, 'promises.broken', 1), ('2026-11-21', 0, 1, 1, 0, 0, 0, 'promises.broken', 1);
