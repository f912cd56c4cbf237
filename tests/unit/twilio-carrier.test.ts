import { afterEach, describe, expect, it, vi } from 'vitest';
import { isFromTwilio } from '../../server/adapters/telephony/twilio/signature.ts';
import { patience } from '../support/patience.ts';
import { testAccount, TwilioCarrier } from '../support/twilio-carrier/carrier.ts';
import type { OutgoingRequest, Reply } from '../support/twilio-carrier/deliveries.ts';
import { Timeline, recordingOf, type Pause } from '../support/twilio-carrier/sound.ts';
import { readTwiml } from '../support/twilio-carrier/twiml.ts';

const publicUrl = 'https://zagon.test';
const quickly = patience;
let carrier: TwilioCarrier | null = null;
afterEach(async () => {
  await carrier?.close();
});

const xml = (verbs: string): Reply => ({ status: 200, contentType: 'text/xml', text: `<Response>${verbs}</Response>` });

/** A carrier whose number leads to these documents, by the last word of their address; what else is asked for is a sound. */
async function calling(documents: Record<string, Reply>) {
  const asked: OutgoingRequest[] = [];
  const send = (request: OutgoingRequest): Promise<Reply> => {
    asked.push(request);
    const name = new URL(request.url).pathname.split('/').at(-1) ?? '';
    return Promise.resolve(documents[name] ?? { status: 200, contentType: 'audio/wav', text: '' });
  };
  const made = new TwilioCarrier({ publicUrl, speed: 10, withSound: false, send });
  carrier = made;
  const leg = await made.callIn('+79000000400', testAccount.numbers[0] ?? '');
  const names = (): string[] => asked.map(({ url }) => new URL(url).pathname.split('/').at(-1) ?? '');
  return { carrier: made, leg, asked, names };
}

describe('the test carrier refuses what the real one would', () => {
  it.each([
    '<Dial><Conference statusCallbackEvent="ringing">room</Conference></Dial>',
    '<Dial><Conference beep="loud">room</Conference></Dial>',
    '<Dial timeLimit="90000"><Conference>room</Conference></Dial>',
    '<Start><Recording channels="two"/></Start>',
    '<Play loop="forever">a.wav</Play>',
    '<Conference>room</Conference>',
    '<Say voise="man">x</Say>',
    '<Say>x',
  ])('%s', (verbs) => {
    expect(() => readTwiml(xml(verbs).text)).toThrow(/^(12100|12200|13223)/);
  });

  it('a conference whose name shows a telephone number', async () => {
    const { carrier: made } = await calling({ inbound: xml('<Dial><Conference>room-79001234567</Conference></Dial>') });
    await vi.waitFor(() => expect(made.complaints).toEqual([expect.stringContaining('shows a telephone number')]), quickly);
  });
});

describe('the test carrier obeys', () => {
  it('Redirect, Play, Say, Pause, Leave in their order', async () => {
    const {
      carrier: made,
      leg,
      names,
    } = await calling({
      inbound: xml('<Say>Hello</Say><Play>tone.wav</Play><Pause length="1"/><Redirect>next</Redirect><Say>never</Say>'),
      next: xml('<Leave/>'),
    });
    await vi.waitFor(() => expect(leg.isOver).toBe(true), quickly);
    expect(names().slice(0, 3)).toEqual(['inbound', 'tone.wav', 'next']);
    expect(made.complaints).toEqual([]);
  });

  it('Gather: digits go to the action, without any the next verb is obeyed', async () => {
    const menu = {
      inbound: xml('<Gather action="chosen" timeout="1" numDigits="1"><Say>1 or 2</Say></Gather><Hangup/>'),
      chosen: xml('<Hangup/>'),
    };
    const pressed = await calling(menu);
    pressed.leg.digitsPressed.push('2');
    await vi.waitFor(() => expect(pressed.leg.isOver).toBe(true), quickly);
    expect(new URLSearchParams(pressed.asked[1]?.body ?? '').get('Digits')).toBe('2');
    await pressed.carrier.close();
    const silent = await calling(menu);
    await vi.waitFor(() => expect(silent.leg.isOver).toBe(true), quickly);
    expect(silent.names()).not.toContain('chosen');
  });

  it('Record, and then the action with the recording', async () => {
    const { leg, asked } = await calling({ inbound: xml('<Record action="after" maxLength="1"/>'), after: xml('<Hangup/>') });
    await vi.waitFor(() => expect(leg.isOver).toBe(true), quickly);
    expect(new URLSearchParams(asked[1]?.body ?? '').get('RecordingSid')).toMatch(/^RE/);
  });

  it('Enqueue: the wait is heard until the caller goes', async () => {
    const {
      carrier: made,
      leg,
      names,
    } = await calling({ inbound: xml('<Enqueue waitUrl="wait">sales</Enqueue>'), wait: xml('<Play>music.wav</Play>') });
    await vi.waitFor(() => expect(names()).toContain('music.wav'), quickly);
    expect(leg.isOver).toBe(false);
    made.exchange.end(leg, 'completed');
    expect(made.complaints).toEqual([]);
  });
});

it.each<[Pause, number]>([
  ['silence', 1000],
  ['skip', 600],
])('a pause by %s leaves a recording of %i ms', (pause, milliseconds) => {
  const leg = {
    voice: new Timeline(null),
    announced: new Timeline(null),
    muted: new Timeline(false),
    held: new Timeline(false),
    heardBy: new Timeline(null),
    room: new Timeline(null),
  };
  const pauses = new Timeline<Pause>(null);
  pauses.set(200, pause);
  pauses.set(600, null);
  expect((recordingOf(leg, 0, 1000, pauses).length - 44) / (8 * 4)).toBe(milliseconds);
});

it('signs JSON by its checksum, and one changed byte of it is refused', async () => {
  const { carrier: made, asked } = await calling({ inbound: xml('<Hangup/>') });
  await made.deliveries.tellJson(`${publicUrl}/telephony/twilio/events`, { type: 'com.twilio.voice', text: 'привет' });
  const request = asked.find(({ headers }) => headers['content-type'] === 'application/json');
  const body = request?.body ?? '';
  const genuine = (text: string): boolean =>
    isFromTwilio([testAccount.authToken], {
      url: request?.url ?? '',
      signature: request?.headers['x-twilio-signature'],
      isJson: true,
      rawBody: Buffer.from(text),
    });
  expect(genuine(body)).toBe(true);
  for (let at = 0; at < body.length; at += 1)
    expect(genuine(body.slice(0, at) + (body[at] === 'A' ? 'B' : 'A') + body.slice(at + 1))).toBe(false);
});
