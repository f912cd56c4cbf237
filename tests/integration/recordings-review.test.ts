import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { addPlaylistItem, createPlaylist, getPlaylist, orderPlaylist, removePlaylistItem } from '../../server/app/playlists/playlists.ts';
import { listRecordings, recordingCard } from '../../server/app/recordings/list-recordings.ts';
import { logListen, peaksOfRecording, playableFile } from '../../server/app/recordings/play-recording.ts';
import { addComment, saveScorecard } from '../../server/app/recordings/review-recording.ts';
import { listRecordings as listEndpoint } from '../../server/contract/http/recordings.ts';
import { levelDecibels } from '../../server/core/audio/level.ts';
import { problemMiddleware } from '../../server/entrypoints/http/kit/problems.ts';
import { sendAsWav, sendAudio } from '../../server/entrypoints/http/recording-audio.ts';
import { actor, app, carrierFile, database, noon, people, storage, stored, reviewsRecordings } from '../support/review-setup.ts';
import { splitStereo } from '../support/wav-file.ts';

reviewsRecordings();

describe('review', () => {
  it('filters and pages without losing or doubling any', async () => {
    const ids: number[] = [];
    for (let index = 0; index < 5; index += 1)
      ids.push(await stored(people.rep, new Date(noon.getTime() - Math.floor(index / 2) * 60_000)));
    const lead = actor('lead', people.lead);
    await addComment(app, lead, ids[1] ?? 0, { atSecond: 1.5, text: 'здесь упустил' });
    await saveScorecard(app, lead, ids[2] ?? 0, {
      scores: { greeting: 5, reachingDecisionMaker: 4, findingNeed: 3, objections: 2, nextStep: 1 },
    });
    await saveScorecard(app, lead, ids[2] ?? 0, {
      scores: { greeting: 4, reachingDecisionMaker: 4, findingNeed: 4, objections: 4, nextStep: 4 },
    });
    const found = async (query: object) => (await listRecordings(app, lead, listEndpoint.query.parse(query))).items.map((row) => row.id);
    expect(await found({ commented: 'true' })).toEqual([ids[1]]);
    expect(await found({ scored: 'true' })).toEqual([ids[2]]);
    expect(await found({ minTalkSeconds: '61' })).toEqual([]);
    expect((await recordingCard(app, lead, ids[2] ?? 0)).score).toBe(4);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listRecordings(app, lead, listEndpoint.query.parse({ limit: 2, ...(cursor ? { cursor } : {}) }));
      seen.push(...page.items.map((row) => row.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.toSorted((left, right) => left - right)).toEqual(ids);
  });

  it('refuses a comment after the end', async () => {
    const id = await stored();
    await expect(addComment(app, actor('lead', people.lead), id, { atSecond: 3, text: 'x' })).rejects.toMatchObject({
      code: 'afterTheEnd',
    });
  });

  it('keeps moments in the order they are played, and from those who may not hear them', async () => {
    const [first, second, foreign] = [await stored(), await stored(), await stored(people.otherRep)];
    const lead = actor('lead', people.lead);
    const { id } = await createPlaylist(app, lead, 'Разбор');
    for (const recordingId of [first, second]) await addPlaylistItem(app, lead, id, { recordingId, fromSecond: 0, toSecond: 1.5 });
    await expect(addPlaylistItem(app, lead, id, { recordingId: foreign, fromSecond: 0, toSecond: 1 })).rejects.toMatchObject({
      status: 404,
    });
    await expect(getPlaylist(app, actor('lead', people.otherLead), id)).rejects.toMatchObject({ status: 404 });
    const itemIds = (await getPlaylist(app, lead, id)).items.map((item) => item.id);
    const turned = await orderPlaylist(app, lead, id, itemIds.toReversed());
    expect(turned.items.map((item) => item.recordingId)).toEqual([second, first]);
    expect(turned.seconds).toBe(3);
    const left = await removePlaylistItem(app, lead, id, itemIds[0] ?? 0);
    expect(left.items.map((item) => item.recordingId)).toEqual([second]);
  });
});

describe('the sound over HTTP', () => {
  async function server(recordingId: number) {
    const http = express();
    const lead = actor('lead', people.lead);
    http.get('/audio', async (httpRequest, response) => {
      const file = await playableFile(app, lead, recordingId);
      await logListen(app, lead, file);
      await sendAudio(storage, file, httpRequest, response);
    });
    http.get('/wav', async (httpRequest, response) => {
      await sendAsWav(app, await playableFile(app, lead, recordingId), httpRequest, response);
    });
    http.use(problemMiddleware);
    return http;
  }

  it('gives ranges, the whole, heads and 304, for a private cache that asks', async () => {
    const http = await server(await stored());
    const whole = await request(http).get('/audio').expect(200);
    expect(whole.headers).toMatchObject({
      'content-type': 'audio/ogg',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': expect.stringMatching(/^inline; filename="call-\d+\.ogg"$/),
    });
    const size = Number(whole.headers['content-length']);
    const part = await request(http).get('/audio').set('Range', 'bytes=44-143').expect(206);
    expect(part.headers['content-range']).toBe(`bytes 44-143/${size}`);
    expect(Buffer.compare(part.body as Buffer, (whole.body as Buffer).subarray(44, 144))).toBe(0);
    const last = await request(http).get('/audio').set('Range', 'bytes=-10').expect(206);
    expect(last.headers['content-range']).toBe(`bytes ${size - 10}-${size - 1}/${size}`);
    await request(http).get('/audio').set('Range', `bytes=${size}-`).expect(416).expect('content-range', `bytes */${size}`);
    await request(http).get('/audio').set('Range', 'bytes=0-9').set('If-Range', '"another"').expect(200);
    await request(http).head('/audio').expect(200).expect('content-length', String(size));
    await request(http)
      .get('/audio')
      .set('If-None-Match', whole.headers.etag ?? '')
      .expect(304);
  });

  it('is made into WAV for who asks for it, as long as it was and each person on his channel', async () => {
    const http = await server(await stored());
    await request(http).head('/wav').expect(200).expect('content-length', '64044').expect('content-type', 'audio/wav');
    const { body } = await request(http).get('/wav').expect(200);
    const { left, right, seconds } = splitStereo(body as Buffer);
    expect(seconds).toBe(2);
    for (const [speaking, silent] of [
      [left.subarray(1000, 7000), right.subarray(1000, 7000)],
      [right.subarray(9000, 15_000), left.subarray(9000, 15_000)],
    ] as const) {
      expect(levelDecibels(speaking)).toBeGreaterThan(-10);
      expect(levelDecibels(silent)).toBeLessThan(-60);
    }
  });

  it('plays and is drawn as it was kept before recordings were compressed', async () => {
    const id = await stored();
    const { callId } = await database.prisma.recording.findUniqueOrThrow({ where: { id } });
    const { storageKey, sizeBytes, sha256 } = await storage.put(callId, await carrierFile(callId));
    await database.prisma.recording.update({ where: { id }, data: { storageKey, sizeBytes, sha256, mimeType: 'audio/wav', peaks: null } });
    await request(await server(id))
      .get('/audio')
      .expect(200)
      .expect('content-type', 'audio/wav')
      .expect('content-length', '64044');
    const { channels } = await peaksOfRecording(app, actor('lead', people.lead), id);
    expect(channels.map((channel) => [channel.maximum[10], channel.maximum[90]])).toEqual([
      [100, 0],
      [0, 100],
    ]);
  });

  it('counts the ranges of one sitting as one listen', async () => {
    const id = await stored();
    const http = await server(id);
    await request(http).get('/audio').set('Range', 'bytes=0-9').expect(206);
    await request(http).get('/audio').set('Range', 'bytes=10-19').expect(206);
    expect(await database.prisma.recordingListen.count({ where: { recordingId: id } })).toBe(1);
    const audited = await database.prisma.auditEntry.findMany({ where: { action: 'recording.listen', entityId: id } });
    expect(audited.map(({ userId }) => userId)).toEqual([people.lead]);
  });

  it('gives the waveform of each side, measured when it was not yet', async () => {
    const id = await stored();
    await database.prisma.recording.update({ where: { id }, data: { peaks: null } });
    const { durationSeconds, channels } = await peaksOfRecording(app, actor('lead', people.lead), id);
    expect(durationSeconds).toBe(2);
    expect(channels.map(({ maximum }) => [maximum[10] ?? 0, maximum[90] ?? 0].map((peak) => peak > 80))).toEqual([
      [true, false],
      [false, true],
    ]);
    expect((await database.prisma.recording.findUniqueOrThrow({ where: { id } })).peaks).toHaveLength(400);
  });
});
