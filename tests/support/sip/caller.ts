import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '../ports.ts';
import { clip, quiet } from './carrier.ts';
import { encodeMuLaw } from '../../../server/core/audio/mu-law.ts';

/** Speaks for so long after he was answered, then hangs up. */
const talkMilliseconds = 6000;

/** A prospect who calls back: sipp as the caller of one call, who waits until somebody answers. */
const scenario = (sound: string, from: string): string => `<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="caller">
  <send retrans="500"><![CDATA[
INVITE [field0] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <${from}>;tag=[pid]Caller[call_number]
To: <[field0]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:caller@[local_ip]:[local_port]>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=caller 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="200" rrs="true"/>
  <send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <${from}>;tag=[pid]Caller[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
  <nop><action><exec rtp_stream="${sound},-1,0,PCMU/8000"/></action></nop>
  <label id="talk"/>
  <recv request="INVITE" optional="true" timeout="${talkMilliseconds}" ontimeout="leave" next="again"/>
  <recv request="BYE" timeout="${talkMilliseconds}" ontimeout="leave" next="fine"/>
  <label id="again"/>
  <send retrans="500"><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:caller@[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=caller 1 2 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
]]></send>
  <recv request="ACK" next="talk"/>
  <label id="fine"/>
  <send next="end"><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
  <label id="leave"/>
  <send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <${from}>;tag=[pid]Caller[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
  <recv response="200"/>
  <label id="end"/>
  <pause milliseconds="10"/>
</scenario>
`;

/** Callers of one test; all are gone after `stop`. */
export class Callers {
  readonly #running = new Set<ChildProcess>();
  readonly #folders: string[] = [];

  /** Lets somebody call the contact; null hides his number. */
  async call(contact: { host: string; uri: string }, from: string | null): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), 'zagon-caller-'));
    this.#folders.push(folder);
    const sound = path.join(folder, 'words.ul');
    await writeFile(sound, Buffer.concat([await clip('marina-callback-1'), quiet(0.5)].map(encodeMuLaw)));
    await writeFile(path.join(folder, 'numbers.csv'), `SEQUENTIAL\n${contact.uri};\n`);
    const address = from === null ? 'sip:anonymous@anonymous.invalid' : `sip:${from}@trunk.test`;
    await writeFile(path.join(folder, 'caller.xml'), scenario(sound, address));
    const media = await freePorts(22);
    const ports = ['-p', String(media + 20), '-mp', String(media)];
    const flags = ['-sf', 'caller.xml', '-inf', 'numbers.csv', '-i', '127.0.0.1', '-mi', '127.0.0.1', ...ports];
    const child = spawn('sipp', [...flags, '-m', '1', '-nostdin', contact.host], {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, TERM: 'dumb' },
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
  }

  async stop(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    await Promise.all(this.#folders.map((folder) => rm(folder, { recursive: true, force: true })));
  }
}
