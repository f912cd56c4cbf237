-- CreateEnum
CREATE TYPE "Role" AS ENUM ('rep', 'lead', 'head', 'seller', 'lineManager', 'admin');

-- CreateEnum
CREATE TYPE "PresenceState" AS ENUM ('ready', 'break', 'wrapUp', 'away');

-- CreateEnum
CREATE TYPE "CompanyCategory" AS ENUM ('A', 'B', 'C');

-- CreateEnum
CREATE TYPE "CompanyStatus" AS ENUM ('active', 'notNow', 'killed');

-- CreateEnum
CREATE TYPE "ContactRole" AS ENUM ('decisionMaker', 'influencer', 'shapesDecision', 'gatekeeper', 'unknown');

-- CreateEnum
CREATE TYPE "ListStatus" AS ENUM ('active', 'paused', 'closed');

-- CreateEnum
CREATE TYPE "PromiseKind" AS ENUM ('exact', 'window');

-- CreateEnum
CREATE TYPE "PromiseOrigin" AS ENUM ('callback', 'offer', 'meeting', 'inbound', 'source', 'manual');

-- CreateEnum
CREATE TYPE "PromiseStatus" AS ENUM ('open', 'fulfilled', 'moved', 'withdrawn');

-- CreateEnum
CREATE TYPE "PromiseOutcome" AS ENUM ('pending', 'onTime', 'late', 'broken');

-- CreateEnum
CREATE TYPE "CallDirection" AS ENUM ('outbound', 'inbound');

-- CreateEnum
CREATE TYPE "CallState" AS ENUM ('intent', 'dialing', 'ringing', 'answered', 'ended');

-- CreateEnum
CREATE TYPE "EndCause" AS ENUM ('completed', 'busy', 'noAnswer', 'rejected', 'invalidNumber', 'canceled', 'machine', 'providerError', 'unknown');

-- CreateEnum
CREATE TYPE "AttemptKind" AS ENUM ('reachDecisionMaker', 'setMeeting', 'holdMeeting', 'close');

-- CreateEnum
CREATE TYPE "StageHeat" AS ENUM ('early', 'hot', 'won');

-- CreateEnum
CREATE TYPE "DealStatus" AS ENUM ('open', 'won', 'lost');

-- CreateEnum
CREATE TYPE "MeetingStatus" AS ENUM ('planned', 'held', 'failed');

-- CreateEnum
CREATE TYPE "TaskKind" AS ENUM ('sendOffer', 'holdMeeting', 'prepareMeeting', 'acceptHandoff', 'voicemail', 'other');

-- CreateEnum
CREATE TYPE "HandoffStatus" AS ENUM ('pending', 'accepted', 'returned');

-- CreateEnum
CREATE TYPE "WinKind" AS ENUM ('stageUp', 'meetingHeld', 'handoffAccepted', 'newDecisionMaker', 'workStarted');

-- CreateEnum
CREATE TYPE "ProgramStatus" AS ENUM ('planned', 'running', 'done');

-- CreateEnum
CREATE TYPE "RecordingStatus" AS ENUM ('pending', 'ready', 'partial', 'missing', 'erased');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('queued', 'running', 'done', 'failed');

-- CreateTable
CREATE TABLE "team" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "totp_secret" TEXT,
    "role" "Role" NOT NULL,
    "team_id" INTEGER,
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Moscow',
    "locale" TEXT NOT NULL DEFAULT 'ru',
    "norms" JSONB NOT NULL DEFAULT '{}',
    "absent_from" DATE,
    "absent_until" DATE,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" SERIAL NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence" (
    "user_id" INTEGER NOT NULL,
    "state" "PresenceState" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "sign_in_failure" (
    "id" SERIAL NOT NULL,
    "account" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_failure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subchannel" (
    "id" SERIAL NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "subchannel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL DEFAULT 'RU',
    "time_zone" TEXT NOT NULL,

    CONSTRAINT "region_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "obligation_minutes" INTEGER,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "zone" (
    "id" SMALLSERIAL NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "zone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "company" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "legal_name" TEXT,
    "tax_number" TEXT,
    "channel_id" INTEGER,
    "subchannel_id" INTEGER,
    "region_id" INTEGER,
    "source_id" INTEGER,
    "time_zone" TEXT NOT NULL,
    "category" "CompanyCategory" NOT NULL DEFAULT 'C',
    "owner_id" INTEGER,
    "status" "CompanyStatus" NOT NULL DEFAULT 'active',
    "not_now_until" DATE,
    "status_reason" TEXT,
    "do_not_call" BOOLEAN NOT NULL DEFAULT false,
    "is_customer" BOOLEAN NOT NULL DEFAULT false,
    "customer_since" DATE,
    "site" TEXT,
    "city" TEXT,
    "address" TEXT,
    "notes" TEXT NOT NULL DEFAULT '',
    "fields" JSONB NOT NULL DEFAULT '{}',
    "last_contact_at" TIMESTAMPTZ(3),
    "reached_on" DATE,
    "normalized_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "position" TEXT,
    "role" "ContactRole" NOT NULL DEFAULT 'unknown',
    "email" TEXT,
    "left_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phone" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "contact_id" INTEGER,
    "e164" TEXT NOT NULL,
    "extension" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "retired_at" TIMESTAMPTZ(3),
    "retired_reason" TEXT,

    CONSTRAINT "phone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "note" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "author_id" INTEGER,
    "call_id" INTEGER,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_list" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 5,
    "status" "ListStatus" NOT NULL DEFAULT 'active',
    "script_id" INTEGER,
    "created_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "call_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_entry" (
    "list_id" INTEGER NOT NULL,
    "company_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "list_entry_pkey" PRIMARY KEY ("list_id","company_id")
);

-- CreateTable
CREATE TABLE "list_assignment" (
    "id" SERIAL NOT NULL,
    "list_id" INTEGER NOT NULL,
    "rep_id" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "list_assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "list_id" INTEGER,
    "position" INTEGER NOT NULL DEFAULT 0,
    "tries_total" INTEGER NOT NULL DEFAULT 0,
    "tries_today" INTEGER NOT NULL DEFAULT 0,
    "tries_on" DATE,
    "tried_morning" INTEGER NOT NULL DEFAULT 0,
    "tried_afternoon" INTEGER NOT NULL DEFAULT 0,
    "last_tried_at" TIMESTAMPTZ(3),
    "last_cause" TEXT,
    "retry_at" TIMESTAMPTZ(3),
    "exhausted_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_queue" (
    "lead_id" INTEGER NOT NULL,
    "pool" INTEGER NOT NULL,
    "zone" SMALLINT NOT NULL,
    "rank" SMALLINT NOT NULL,
    "sort_key" BIGINT NOT NULL,
    "ready_at" TIMESTAMPTZ(3) NOT NULL,
    "parked" BOOLEAN NOT NULL,

    CONSTRAINT "lead_queue_pkey" PRIMARY KEY ("lead_id")
);

-- CreateTable
CREATE TABLE "lead_claim" (
    "lead_id" INTEGER NOT NULL,
    "rep_id" INTEGER NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "pool" INTEGER NOT NULL,
    "zone" SMALLINT NOT NULL,
    "rank" SMALLINT NOT NULL,
    "sort_key" BIGINT NOT NULL,
    "ready_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" JSONB NOT NULL,

    CONSTRAINT "lead_claim_pkey" PRIMARY KEY ("lead_id")
);

-- CreateTable
CREATE TABLE "promise" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "contact_id" INTEGER,
    "rep_id" INTEGER NOT NULL,
    "made_in_call_id" INTEGER,
    "kind" "PromiseKind" NOT NULL,
    "origin" "PromiseOrigin" NOT NULL DEFAULT 'callback',
    "local_time" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "promised_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_outside_hours" BOOLEAN NOT NULL DEFAULT false,
    "over_capacity" BOOLEAN NOT NULL DEFAULT false,
    "status" "PromiseStatus" NOT NULL DEFAULT 'open',
    "outcome" "PromiseOutcome" NOT NULL DEFAULT 'pending',
    "dialled_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_call_id" INTEGER,
    "moved_to_id" INTEGER,
    "moved_by_id" INTEGER,
    "move_reason" TEXT,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promise_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call" (
    "id" SERIAL NOT NULL,
    "idempotency_key" TEXT,
    "direction" "CallDirection" NOT NULL DEFAULT 'outbound',
    "rep_id" INTEGER NOT NULL,
    "company_id" INTEGER NOT NULL,
    "lead_id" INTEGER,
    "contact_id" INTEGER,
    "phone_id" INTEGER,
    "phone_e164" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "carrier_call_id" TEXT,
    "state" "CallState" NOT NULL DEFAULT 'intent',
    "end_cause" "EndCause",
    "ambiguous" BOOLEAN NOT NULL DEFAULT false,
    "intent_at" TIMESTAMPTZ(3) NOT NULL,
    "dialed_at" TIMESTAMPTZ(3),
    "ringing_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "talk_seconds" INTEGER NOT NULL DEFAULT 0,
    "held" BOOLEAN NOT NULL DEFAULT false,
    "muted" BOOLEAN NOT NULL DEFAULT false,
    "answered_by" TEXT,
    "tier" TEXT,
    "reason" JSONB,
    "promise_id" INTEGER,
    "list_id" INTEGER,
    "channel_id" INTEGER,
    "source_id" INTEGER,
    "team_id" INTEGER,
    "day" DATE NOT NULL,
    "hour" SMALLINT NOT NULL,
    "company_day" DATE NOT NULL,
    "disposition_code" TEXT,
    "disposed_at" TIMESTAMPTZ(3),
    "answers" JSONB NOT NULL DEFAULT '{}',
    "note" TEXT,
    "made" JSONB,
    "draft" JSONB,

    CONSTRAINT "call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_event" (
    "id" SERIAL NOT NULL,
    "call_id" INTEGER NOT NULL,
    "event_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "carrier_word" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "call_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" SERIAL NOT NULL,
    "kind" "AttemptKind" NOT NULL,
    "yes" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "rep_id" INTEGER NOT NULL,
    "company_id" INTEGER NOT NULL,
    "call_id" INTEGER,
    "deal_id" INTEGER,
    "meeting_id" INTEGER,
    "team_id" INTEGER,
    "list_id" INTEGER,
    "channel_id" INTEGER,
    "source_id" INTEGER,
    "day" DATE NOT NULL,
    "hour" SMALLINT NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "funnel" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "funnel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage" (
    "id" SERIAL NOT NULL,
    "funnel_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "heat" "StageHeat" NOT NULL,
    "norm_days" INTEGER NOT NULL,
    "probability" INTEGER NOT NULL,
    "indicators" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "stage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "funnel_id" INTEGER NOT NULL,
    "stage_id" INTEGER NOT NULL,
    "owner_id" INTEGER NOT NULL,
    "handed_by_id" INTEGER,
    "title" TEXT NOT NULL,
    "amount" DECIMAL(14,2),
    "status" "DealStatus" NOT NULL DEFAULT 'open',
    "lost_reason" TEXT,
    "started_on" DATE,
    "stage_since" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal_move" (
    "id" SERIAL NOT NULL,
    "deal_id" INTEGER NOT NULL,
    "from_position" INTEGER,
    "to_position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "user_id" INTEGER,
    "call_id" INTEGER,

    CONSTRAINT "deal_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "contact_id" INTEGER,
    "deal_id" INTEGER,
    "owner_id" INTEGER NOT NULL,
    "set_in_call_id" INTEGER,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "place" TEXT,
    "status" "MeetingStatus" NOT NULL DEFAULT 'planned',
    "card" TEXT,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" SERIAL NOT NULL,
    "kind" "TaskKind" NOT NULL DEFAULT 'other',
    "title" TEXT NOT NULL,
    "company_id" INTEGER,
    "deal_id" INTEGER,
    "call_id" INTEGER,
    "assignee_id" INTEGER NOT NULL,
    "created_by_id" INTEGER,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handoff" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "deal_id" INTEGER NOT NULL,
    "from_rep_id" INTEGER NOT NULL,
    "seller_id" INTEGER NOT NULL,
    "call_id" INTEGER,
    "status" "HandoffStatus" NOT NULL DEFAULT 'pending',
    "note" TEXT,
    "return_reason" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "handoff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "win" (
    "id" SERIAL NOT NULL,
    "kind" "WinKind" NOT NULL,
    "rep_id" INTEGER NOT NULL,
    "company_id" INTEGER NOT NULL,
    "call_id" INTEGER,
    "deal_id" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "team_id" INTEGER,
    "list_id" INTEGER,
    "channel_id" INTEGER,
    "source_id" INTEGER,
    "day" DATE NOT NULL,
    "hour" SMALLINT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "win_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "result" TEXT,
    "note" TEXT,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "program" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "goal" TEXT,
    "status" "ProgramStatus" NOT NULL DEFAULT 'planned',
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "owner_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "program_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "program_company" (
    "program_id" INTEGER NOT NULL,
    "company_id" INTEGER NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "program_company_pkey" PRIMARY KEY ("program_id","company_id")
);

-- CreateTable
CREATE TABLE "script" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "steps" JSONB NOT NULL,
    "objections" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "script_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recording" (
    "id" SERIAL NOT NULL,
    "call_id" INTEGER NOT NULL,
    "status" "RecordingStatus" NOT NULL DEFAULT 'pending',
    "storage_key" TEXT,
    "mime_type" TEXT NOT NULL DEFAULT 'audio/wav',
    "duration_seconds" DECIMAL(10,2),
    "size_bytes" INTEGER,
    "sha256" TEXT,
    "peaks" BYTEA,
    "missing_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "recording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recording_listen" (
    "id" SERIAL NOT NULL,
    "recording_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recording_listen_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recording_comment" (
    "id" SERIAL NOT NULL,
    "recording_id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    "at_second" DECIMAL(10,2) NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recording_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scorecard" (
    "id" SERIAL NOT NULL,
    "recording_id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    "scores" JSONB NOT NULL,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scorecard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "playlist" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_by_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "playlist_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "playlist_item" (
    "id" SERIAL NOT NULL,
    "playlist_id" INTEGER NOT NULL,
    "recording_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "from_second" DECIMAL(10,2) NOT NULL,
    "to_second" DECIMAL(10,2) NOT NULL,
    "note" TEXT,

    CONSTRAINT "playlist_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kpi_counter" (
    "day" DATE NOT NULL,
    "hour" SMALLINT NOT NULL,
    "rep_id" INTEGER NOT NULL,
    "team_id" INTEGER NOT NULL,
    "list_id" INTEGER NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "source_id" INTEGER NOT NULL,
    "metric" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "kpi_counter_pkey" PRIMARY KEY ("day","rep_id","metric","hour","team_id","list_id","channel_id","source_id")
);

-- CreateTable
CREATE TABLE "import" (
    "id" SERIAL NOT NULL,
    "file_name" TEXT NOT NULL,
    "storage_path" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "list_id" INTEGER,
    "dry_run" BOOLEAN NOT NULL DEFAULT false,
    "status" "ImportStatus" NOT NULL DEFAULT 'queued',
    "failure" TEXT,
    "rows_done" INTEGER NOT NULL DEFAULT 0,
    "rows_total" INTEGER,
    "created" INTEGER NOT NULL DEFAULT 0,
    "merged" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_error" (
    "id" SERIAL NOT NULL,
    "import_id" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "column" TEXT,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "value" TEXT,

    CONSTRAINT "import_error_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_mapping" (
    "header_hash" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("header_hash")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "holiday" (
    "country" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "holiday_pkey" PRIMARY KEY ("country","day")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER,
    "action" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" INTEGER,
    "details" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_sequence" (
    "id" INTEGER NOT NULL,
    "value" BIGINT NOT NULL,

    CONSTRAINT "board_sequence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_failure_account_at_idx" ON "sign_in_failure"("account", "at");

-- CreateIndex
CREATE INDEX "sign_in_failure_address_at_idx" ON "sign_in_failure"("address", "at");

-- CreateIndex
CREATE UNIQUE INDEX "channel_name_key" ON "channel"("name");

-- CreateIndex
CREATE UNIQUE INDEX "subchannel_channel_id_name_key" ON "subchannel"("channel_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "region_name_key" ON "region"("name");

-- CreateIndex
CREATE UNIQUE INDEX "source_name_key" ON "source"("name");

-- CreateIndex
CREATE UNIQUE INDEX "zone_name_key" ON "zone"("name");

-- CreateIndex
CREATE UNIQUE INDEX "company_tax_number_key" ON "company"("tax_number");

-- CreateIndex
CREATE INDEX "company_owner_id_idx" ON "company"("owner_id");

-- CreateIndex
CREATE INDEX "company_normalized_name_region_id_idx" ON "company"("normalized_name", "region_id");

-- CreateIndex
CREATE INDEX "company_channel_id_subchannel_id_region_id_id_idx" ON "company"("channel_id", "subchannel_id", "region_id", "id");

-- CreateIndex
CREATE INDEX "contact_company_id_idx" ON "contact"("company_id");

-- CreateIndex
CREATE INDEX "phone_e164_idx" ON "phone"("e164");

-- CreateIndex
CREATE UNIQUE INDEX "phone_company_id_e164_key" ON "phone"("company_id", "e164");

-- CreateIndex
CREATE INDEX "note_company_id_at_idx" ON "note"("company_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "call_list_name_key" ON "call_list"("name");

-- CreateIndex
CREATE INDEX "list_entry_company_id_idx" ON "list_entry"("company_id");

-- CreateIndex
CREATE INDEX "list_assignment_rep_id_starts_on_ends_on_idx" ON "list_assignment"("rep_id", "starts_on", "ends_on");

-- CreateIndex
CREATE UNIQUE INDEX "list_assignment_list_id_rep_id_starts_on_key" ON "list_assignment"("list_id", "rep_id", "starts_on");

-- CreateIndex
CREATE UNIQUE INDEX "lead_company_id_key" ON "lead"("company_id");

-- CreateIndex
CREATE INDEX "lead_list_id_idx" ON "lead"("list_id");

-- CreateIndex
CREATE UNIQUE INDEX "lead_claim_rep_id_key" ON "lead_claim"("rep_id");

-- CreateIndex
CREATE INDEX "promise_company_id_idx" ON "promise"("company_id");

-- CreateIndex
CREATE INDEX "promise_rep_id_deadline_at_idx" ON "promise"("rep_id", "deadline_at");

-- CreateIndex
CREATE INDEX "call_company_id_intent_at_idx" ON "call"("company_id", "intent_at");

-- CreateIndex
CREATE INDEX "call_rep_id_day_idx" ON "call"("rep_id", "day");

-- CreateIndex
CREATE INDEX "call_day_idx" ON "call"("day");

-- CreateIndex
CREATE UNIQUE INDEX "call_rep_id_idempotency_key_key" ON "call"("rep_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "call_event_call_id_event_key_key" ON "call_event"("call_id", "event_key");

-- CreateIndex
CREATE INDEX "attempt_rep_id_day_idx" ON "attempt"("rep_id", "day");

-- CreateIndex
CREATE INDEX "attempt_company_id_at_idx" ON "attempt"("company_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_kind_call_id_key" ON "attempt"("kind", "call_id");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_kind_meeting_id_key" ON "attempt"("kind", "meeting_id");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_kind_deal_id_key" ON "attempt"("kind", "deal_id");

-- CreateIndex
CREATE UNIQUE INDEX "funnel_name_key" ON "funnel"("name");

-- CreateIndex
CREATE UNIQUE INDEX "stage_funnel_id_position_key" ON "stage"("funnel_id", "position");

-- CreateIndex
CREATE INDEX "deal_company_id_idx" ON "deal"("company_id");

-- CreateIndex
CREATE INDEX "deal_owner_id_status_idx" ON "deal"("owner_id", "status");

-- CreateIndex
CREATE INDEX "deal_move_deal_id_at_idx" ON "deal_move"("deal_id", "at");

-- CreateIndex
CREATE INDEX "meeting_company_id_idx" ON "meeting"("company_id");

-- CreateIndex
CREATE INDEX "meeting_status_starts_at_idx" ON "meeting"("status", "starts_at");

-- CreateIndex
CREATE INDEX "task_assignee_id_done_at_due_at_idx" ON "task"("assignee_id", "done_at", "due_at");

-- CreateIndex
CREATE INDEX "task_company_id_idx" ON "task"("company_id");

-- CreateIndex
CREATE INDEX "handoff_seller_id_status_idx" ON "handoff"("seller_id", "status");

-- CreateIndex
CREATE INDEX "handoff_company_id_idx" ON "handoff"("company_id");

-- CreateIndex
CREATE UNIQUE INDEX "win_key_key" ON "win"("key");

-- CreateIndex
CREATE INDEX "win_rep_id_day_idx" ON "win"("rep_id", "day");

-- CreateIndex
CREATE INDEX "visit_company_id_at_idx" ON "visit"("company_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "program_name_key" ON "program"("name");

-- CreateIndex
CREATE INDEX "program_company_company_id_idx" ON "program_company"("company_id");

-- CreateIndex
CREATE UNIQUE INDEX "script_name_key" ON "script"("name");

-- CreateIndex
CREATE UNIQUE INDEX "recording_call_id_key" ON "recording"("call_id");

-- CreateIndex
CREATE INDEX "recording_listen_recording_id_at_idx" ON "recording_listen"("recording_id", "at");

-- CreateIndex
CREATE INDEX "recording_comment_recording_id_at_second_idx" ON "recording_comment"("recording_id", "at_second");

-- CreateIndex
CREATE UNIQUE INDEX "scorecard_recording_id_author_id_key" ON "scorecard"("recording_id", "author_id");

-- CreateIndex
CREATE UNIQUE INDEX "playlist_item_playlist_id_position_key" ON "playlist_item"("playlist_id", "position");

-- CreateIndex
CREATE INDEX "import_error_import_id_line_idx" ON "import_error"("import_id", "line");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE INDEX "audit_entry_entity_entity_id_idx" ON "audit_entry"("entity", "entity_id");

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subchannel" ADD CONSTRAINT "subchannel_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "company" ADD CONSTRAINT "company_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "company" ADD CONSTRAINT "company_subchannel_id_fkey" FOREIGN KEY ("subchannel_id") REFERENCES "subchannel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "company" ADD CONSTRAINT "company_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "company" ADD CONSTRAINT "company_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "company" ADD CONSTRAINT "company_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone" ADD CONSTRAINT "phone_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone" ADD CONSTRAINT "phone_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note" ADD CONSTRAINT "note_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_list" ADD CONSTRAINT "call_list_script_id_fkey" FOREIGN KEY ("script_id") REFERENCES "script"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_entry" ADD CONSTRAINT "list_entry_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "call_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_entry" ADD CONSTRAINT "list_entry_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_assignment" ADD CONSTRAINT "list_assignment_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "call_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_assignment" ADD CONSTRAINT "list_assignment_rep_id_fkey" FOREIGN KEY ("rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "call_list"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_queue" ADD CONSTRAINT "lead_queue_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_claim" ADD CONSTRAINT "lead_claim_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_claim" ADD CONSTRAINT "lead_claim_rep_id_fkey" FOREIGN KEY ("rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promise" ADD CONSTRAINT "promise_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promise" ADD CONSTRAINT "promise_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promise" ADD CONSTRAINT "promise_rep_id_fkey" FOREIGN KEY ("rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_rep_id_fkey" FOREIGN KEY ("rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_phone_id_fkey" FOREIGN KEY ("phone_id") REFERENCES "phone"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "call_list"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_event" ADD CONSTRAINT "call_event_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_rep_id_fkey" FOREIGN KEY ("rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stage" ADD CONSTRAINT "stage_funnel_id_fkey" FOREIGN KEY ("funnel_id") REFERENCES "funnel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_funnel_id_fkey" FOREIGN KEY ("funnel_id") REFERENCES "funnel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_stage_id_fkey" FOREIGN KEY ("stage_id") REFERENCES "stage"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal_move" ADD CONSTRAINT "deal_move_deal_id_fkey" FOREIGN KEY ("deal_id") REFERENCES "deal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_deal_id_fkey" FOREIGN KEY ("deal_id") REFERENCES "deal"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handoff" ADD CONSTRAINT "handoff_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handoff" ADD CONSTRAINT "handoff_deal_id_fkey" FOREIGN KEY ("deal_id") REFERENCES "deal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "win" ADD CONSTRAINT "win_rep_id_fkey" FOREIGN KEY ("rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "win" ADD CONSTRAINT "win_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "program_company" ADD CONSTRAINT "program_company_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "program_company" ADD CONSTRAINT "program_company_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording" ADD CONSTRAINT "recording_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording_listen" ADD CONSTRAINT "recording_listen_recording_id_fkey" FOREIGN KEY ("recording_id") REFERENCES "recording"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording_comment" ADD CONSTRAINT "recording_comment_recording_id_fkey" FOREIGN KEY ("recording_id") REFERENCES "recording"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scorecard" ADD CONSTRAINT "scorecard_recording_id_fkey" FOREIGN KEY ("recording_id") REFERENCES "recording"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playlist_item" ADD CONSTRAINT "playlist_item_playlist_id_fkey" FOREIGN KEY ("playlist_id") REFERENCES "playlist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playlist_item" ADD CONSTRAINT "playlist_item_recording_id_fkey" FOREIGN KEY ("recording_id") REFERENCES "recording"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_error" ADD CONSTRAINT "import_error_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;
