import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../../app/ports/log.ts';
import { levelDecibels } from '../../../core/audio/level.ts';
import { takeAnswer } from './bridge.ts';
import { JanusNode, nobodyListens } from './janus-node.ts';
import type { PluginWord } from './janus-messages.ts';
import { sampleRate, type RecordedSide } from './mjr.ts';
import { openLeg, transportOf, type OpenedLeg } from './outgoing-leg.ts';
import { prospectSide, readSides, repSide } from './recording-file.ts';
import { accountAt } from './registrations.ts';
import { sipWord, wordOf, type SipResult } from './sip-words.ts';
import { Station } from './station.ts';
import { signInOf, transportSuffix, type Trunk } from './trunks.ts';

const registrarMilliseconds = 10_000;
const ringMilliseconds = 40_000;
const talkMilliseconds = 5000;
const samplesPerPacket = 160;

export interface Finding {
  ok: boolean;
  /** For people. */
  sentence: string;
}

export interface LineToCheck {
  janusUrls: readonly string[];
  janusSecret: string | undefined;
  trunks: readonly Trunk[];
  sharedFolder: string;
  /** A number to call for five seconds, E.164; nobody is called without one. */
  callTo: string | undefined;
  log: Log;
}

/** Says in words whether Janus can be reached, the trunks take us, and what a test call sounded like. */
export async function checkLine(line: LineToCheck): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const url of line.janusUrls) {
    const station = new Station(
      line.log,
      { url, secret: line.janusSecret, earlierSession: undefined },
      { onUp: () => Promise.resolve(), onLost: () => undefined },
    );
    await station.node.start();
    findings.push({ ok: station.isUp, sentence: station.isUp ? `Janus answers at ${url}.` : `No Janus can be used at ${url}.` });
    if (station.isUp) findings.push(...(await checkTrunks(station.node, line.trunks)));
    const [trunk] = line.trunks;
    if (station.isUp && trunk && line.callTo !== undefined) findings.push(await testCall(station, trunk, line.callTo, line.sharedFolder));
    await station.node.stop({ keepSession: false });
  }
  return findings;
}

async function checkTrunks(node: JanusNode, trunks: readonly Trunk[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const trunk of trunks.filter(({ register }) => register)) {
    const waiter = new WordWaiter();
    const handle = await node.attach('janus.plugin.sip', { ...nobodyListens, onWord: (word) => waiter.take(word) });
    const request = {
      request: 'register',
      username: accountAt(trunk),
      proxy: `sip:${trunk.host}${transportSuffix(trunk)}`,
      ...signInOf(trunk),
      ...transportOf(trunk),
    };
    waiter.take(await handle.ask(request));
    const said = await waiter.next(['registered', 'registration_failed'], registrarMilliseconds);
    const ok = said?.event === 'registered';
    const why = said ? wordOf(said) : 'no answer';
    findings.push({ ok, sentence: ok ? `${trunk.name} takes our registration.` : `${trunk.name} refuses our registration: ${why}.` });
    await handle.detach();
  }
  return findings;
}

/** Calls, listens for five seconds and says what was heard. */
async function testCall(station: Station, trunk: Trunk, to: string, sharedFolder: string): Promise<Finding> {
  const waiter = new WordWaiter();
  const [codec] = trunk.codecs;
  if (!codec) return { ok: false, sentence: `${trunk.name} has no codec.` };
  const askedAt = Date.now();
  const wish = { room: 'check', name: 'check', to, from: null };
  const leg = await openLeg(station, wish, { trunk, codec }, { onWord: (word) => waiter.take(word), onSoundEnded: () => waiter.over() });
  try {
    await leg.call();
    const first = await waiter.next(['ringing', 'progress', 'accepted', 'hangup'], ringMilliseconds);
    const roundTrip = Date.now() - askedAt;
    const answer =
      first?.event === 'accepted' || first?.event === 'hangup' ? first : await waiter.next(['accepted', 'hangup'], ringMilliseconds);
    if (answer?.event !== 'accepted')
      return {
        ok: false,
        sentence: `The call to ${to} by ${trunk.name} was not answered: ${answer ? wordOf(answer) : 'it rang too long'}.`,
      };
    const heard = await listen(leg, waiter, path.join(sharedFolder, 'recordings'));
    return {
      ok: heard.ok,
      sentence: `The call to ${to} by ${trunk.name} rang after ${roundTrip} ms and was answered: ${codec}, ${heard.sentence}.`,
    };
  } finally {
    await Promise.all([leg.ends.sip.detach(), leg.ends.bridge.detach()]);
  }
}

async function listen(leg: OpenedLeg, waiter: WordWaiter, folder: string): Promise<Finding> {
  const { sip, bridge } = leg.ends;
  if (waiter.answer) await takeAnswer(bridge, waiter.answer);
  await sip.trickleAll(leg.withheld);
  await mkdir(folder, { recursive: true });
  const base = path.join(folder, `check-${leg.sipCallId}`);
  await sip.ask({ request: 'recording', action: 'start', audio: true, peer_audio: true, filename: base });
  await new Promise((resolve) => setTimeout(resolve, talkMilliseconds));
  await sip.command({ request: 'hangup' });
  await waiter.whenOver(talkMilliseconds);
  const sides = await readSides(base);
  await Promise.all([repSide(base), prospectSide(base)].map((file) => rm(file, { force: true })));
  const prospect = sides?.prospect ? heardIn(sides.prospect) : null;
  if (!sides?.rep || !prospect) return { ok: false, sentence: 'but nothing was heard: ports or addresses of the sound are closed' };
  return { ok: true, sentence: `level ${prospect.decibels} dB, ${prospect.lossPercent} % of the packets lost` };
}

function heardIn(side: RecordedSide): { decibels: number; lossPercent: number } {
  const last = side.packets.at(-1)?.at ?? 0;
  const expected = last / samplesPerPacket + 1;
  const samples = side.packets.flatMap(({ payload }) => [...side.decode(payload)]).slice(0, sampleRate * 10);
  return {
    decibels: Math.round(levelDecibels(Int16Array.from(samples))),
    lossPercent: Math.max(0, Math.round((1 - side.packets.length / expected) * 100)),
  };
}

/** Waits for words of the SIP plugin; those that came before are not forgotten. */
class WordWaiter {
  answer: PluginWord['jsep'];
  #said: SipResult[] = [];
  #wake: (() => void) | null = null;
  #isOver = false;

  take({ data, jsep }: PluginWord): void {
    if (jsep) this.answer = jsep;
    const word = sipWord.safeParse(data);
    if (word.success) this.#said.push(word.data.result);
    this.#wake?.();
  }

  over(): void {
    this.#isOver = true;
    this.#wake?.();
  }

  async next(events: readonly string[], milliseconds: number): Promise<SipResult | null> {
    return this.#until(() => this.#said.find(({ event }) => events.includes(event)) ?? null, milliseconds);
  }

  async whenOver(milliseconds: number): Promise<void> {
    await this.#until(() => this.#isOver || null, milliseconds);
  }

  async #until<Found>(find: () => Found | null, milliseconds: number): Promise<Found | null> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = find();
      if (found !== null || Date.now() >= deadline) return found;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now());
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
