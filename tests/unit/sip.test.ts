import { describe, expect, it } from 'vitest';
import {
  beginsHandshake,
  browserCodec,
  offeredCodec,
  withheldWays,
  withStaticPayload,
} from '../../server/adapters/telephony/sip/offers.ts';
import { readMjr, UnreadableMjr } from '../../server/adapters/telephony/sip/mjr.ts';
import { endCauseOf, triesNextTrunk, type EndFacts } from '../../server/adapters/telephony/sip/sip-words.ts';
import { addressAt, callerAt } from '../../server/adapters/telephony/sip/trunks.ts';
import { decodeALawSample } from '../../server/core/audio/a-law.ts';
import { toneSamples } from '../../server/core/audio/tones.ts';
import { WhoAnswered } from '../../server/core/audio/who-answered.ts';
import { trunkTo } from '../support/sip/rig.ts';

const offer = [
  'v=0',
  'a=ice-options:trickle',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=mid:0',
  'a=setup:actpass',
  'a=rtpmap:111 PCMA/8000',
  'a=rtcp-fb:111 transport-cc',
  'a=candidate:1 1 udp 2015363327 192.0.2.2 22503 typ host',
  'a=end-of-candidates',
  '',
].join('\r\n');

describe('the cause of an end', () => {
  const facts: EndFacts = { inbound: false, answered: false, machine: false, message: false, ours: null, ringing: false };
  it.each<[string, number, Partial<EndFacts>, string]>([
    ['our cancel', 487, { ours: 'hangup' }, 'canceled'],
    ['our patience', 487, { ours: 'ringTimeout' }, 'noAnswer'],
    ['the network, while it rang', 408, { ringing: true }, 'noAnswer'],
    ['a silent trunk', 408, {}, 'providerError'],
    ['a talk', 200, { answered: true }, 'completed'],
    ['a machine', 200, { answered: true, machine: true }, 'machine'],
    ['a message', 200, { inbound: true, message: true }, 'noAnswer'],
    ['a caller who gave up', 487, { inbound: true }, 'canceled'],
    ['a caller whom we turned away', 603, { inbound: true, ours: 'hangup' }, 'rejected'],
    ['a code of nobody', 499, {}, 'unknown'],
  ])('%s', (_who, code, more, cause) => {
    expect(endCauseOf(code, { ...facts, ...more })).toBe(cause);
  });

  it('sends a call another way only before it rang', () => {
    expect(triesNextTrunk(503, false)).toBe(true);
    expect(triesNextTrunk(503, true)).toBe(false);
    expect(triesNextTrunk(486, false)).toBe(false);
  });
});

describe('numbers at a trunk', () => {
  it('are spelled as it wants them', () => {
    expect(addressAt(trunkTo('pbx:5070'), '+74951112233')).toBe('sip:+74951112233@pbx:5070');
    expect(addressAt(trunkTo('pbx', { numbers: 'withoutPlus', transport: 'tls' }), '+74951112233')).toBe(
      'sip:74951112233@pbx;transport=tls',
    );
    expect(addressAt(trunkTo('pbx', { numbers: 'russian8', transport: 'tcp' }), '+74951112233')).toBe('sip:84951112233@pbx;transport=tcp');
    expect(addressAt(trunkTo('pbx', { numbers: 'russian8' }), '+442071838750')).toBe('sip:810442071838750@pbx');
    expect(callerAt(trunkTo('pbx:5070'), null)).toBe('sip:+74950000000@pbx');
  });
});

describe('offers', () => {
  it('carry the payload type that trunks know', () => {
    const { sdp } = withStaticPayload({ type: 'offer', sdp: offer }, 'pcma');
    expect(sdp).toContain('SAVPF 8\r\n');
    expect(sdp).toContain('a=rtpmap:8 PCMA/8000');
    expect(sdp).not.toContain('111');
    expect(offeredCodec(sdp)).toBe('pcma');
  });

  it('lose their addresses, and tell of one where nobody is', () => {
    const { description, candidates } = withheldWays({ type: 'offer', sdp: offer });
    expect(description.sdp).not.toMatch(/candidate/);
    expect(candidates).toEqual([{ candidate: 'candidate:1 1 udp 2015363327 192.0.2.2 9 typ host', sdpMid: '0', sdpMLineIndex: 0 }]);
  });

  it('of browsers begin the handshake, in Opus where there is Opus', () => {
    expect(beginsHandshake({ type: 'offer', sdp: offer }).sdp).toContain('a=setup:active');
    expect(browserCodec('m=audio 9 X 111 0\r\na=rtpmap:111 opus/48000/2\r\n')).toBe('opus');
    expect(browserCodec('m=audio 9 X 0\r\na=rtpmap:0 PCMU/8000\r\n')).toBe('pcmu');
  });
});

describe('a side of a recording', () => {
  const facts = Buffer.from(JSON.stringify({ t: 'a', c: 'pcma', s: 1, u: 1_700_000_000_000_000 }));
  const header = (): Buffer => Buffer.concat([Buffer.from('MJR00002'), Buffer.from([0, facts.length]), facts]);
  const packet = (milliseconds: number, timestamp: number, payload: number[], type = 8): Buffer => {
    const head = Buffer.alloc(22);
    head.write('MEET', 0);
    head.writeUInt32BE(milliseconds, 4);
    head.writeUInt16BE(12 + payload.length, 8);
    head.writeUInt8(0x80, 10);
    head.writeUInt8(type, 11);
    head.writeUInt32BE(timestamp >>> 0, 14);
    return Buffer.concat([head, Buffer.from(payload)]);
  };
  const placesOf = (file: Buffer): number[] | undefined => readMjr(file)?.packets.map(({ at }) => at);

  it('puts each packet at its place, also across the end of the clock, and sorts who came late', () => {
    const near = 0xffff_ffff - 159;
    expect(placesOf(Buffer.concat([header(), packet(0, near, [1]), packet(41, near + 320, [3]), packet(42, near + 160, [2])]))).toEqual([
      0, 160, 320,
    ]);
  });

  it('goes by the arrival when the clock jumps, and passes keypad events over', () => {
    expect(placesOf(Buffer.concat([header(), packet(0, 0, [1]), packet(20, 160, [9], 101), packet(5000, 77, [2])]))).toEqual([0, 40_000]);
  });

  it('reads a file that broke off up to there, and an empty one as nothing', () => {
    const broken = Buffer.concat([header(), packet(0, 0, [1]), packet(20, 160, [2])]);
    expect(placesOf(broken.subarray(0, broken.length - 1))).toEqual([0]);
    expect(readMjr(Buffer.from('MJR00002'))).toBeNull();
    expect(() => readMjr(Buffer.from('RIFF....WAVE'))).toThrow(UnreadableMjr);
  });

  it('knows A-law', () => {
    expect([0xd5, 0x55, 0xaa, 0x2a, 0x80].map(decodeALawSample)).toEqual([8, -8, 32_256, -32_256, 5504]);
  });
});

describe('who answered', () => {
  const sampleRate = 8000;
  const voice = (seconds: number): Int16Array =>
    toneSamples([{ frequenciesHertz: [300], milliseconds: 1000 }], 0, seconds * sampleRate, { sampleRate, amplitude: 0.3 });
  const quiet = (seconds: number): Int16Array => new Int16Array(seconds * sampleRate);
  const heard = (...parts: Int16Array[]): unknown => {
    const judge = new WhoAnswered(sampleRate);
    return parts.map((part) => judge.hear(part)).find((verdict) => verdict !== null) ?? null;
  };

  it('is a person when he waits for us, a machine when it speaks on, and nobody can tell of silence', () => {
    expect(heard(quiet(0.5), voice(1), quiet(0.9))).toBe('human');
    expect(heard(voice(1.6), quiet(0.4), voice(1.6))).toBe('machine');
    expect(heard(quiet(4.1))).toBe('unknown');
    expect(heard(voice(1), quiet(0.5))).toBeNull();
  });
});
