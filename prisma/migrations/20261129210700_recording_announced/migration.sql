-- Prospects may hear that they are recorded before they are.

-- How far one has: asked, playing, played, cutShort; null when he is not told, as nobody was before.
ALTER TABLE call ADD COLUMN announcement text;

-- What the adapter must remember of it for the next process.
ALTER TABLE carrier_leg ADD COLUMN announcement text NOT NULL DEFAULT 'none', ADD COLUMN announcement_clip_id integer,
  ADD COLUMN announcement_seconds double precision NOT NULL DEFAULT 0;

-- A clip of the department's that announces; the one that is played is the default among these.
ALTER TABLE voice_clip ADD COLUMN announces boolean NOT NULL DEFAULT false;

-- One default of each owner, one of the department and one that announces; also finds a person's clips and the department's.
DROP INDEX voice_clip_default;
CREATE UNIQUE INDEX voice_clip_default ON voice_clip (coalesce(owner_id, 0), announces) WHERE is_default;
