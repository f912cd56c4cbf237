import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { levelDecibels } from '../../server/core/audio/level.ts';
import { CarrierNotebook } from '../../tests/support/carrier-listener.ts';
import { sipNetwork, sipRig, trunkTo, type SipNetwork, type SipRig } from '../../tests/support/sip/rig.ts';
import { voices } from '../../tests/support/sip/scenario.ts';
import { WeriftHeadset } from '../../tests/support/werift-headset.ts';
import { percentile, rounded, type Bench } from './lib/row.ts';

const latencyCalls = 10;
const parallelCalls = 10;
const measuredSeconds = 8;
const loudDecibels = -40;
/** What the kernel counts a process's work in. */
const ticksPerSecond = 100;
const lookMilliseconds = 4;

interface Place {
  network: SipNetwork;
  notebook: CarrierNotebook;
  rig: SipRig;
}

/** `--reps` calls at once (10) by Janus and a sipp carrier on this machine, each rep with a headset, both sides recorded; and how long a call takes to begin. */
export async function bench({ row, option }: Bench): Promise<void> {
  const network = await sipNetwork();
  const notebook = new CarrierNotebook();
  const rig = await sipRig(notebook, { janusUrls: [network.janus.url], trunks: [trunkTo(network.carrier.host)] });
  const place = { network, notebook, rig };
  try {
    const { toInvite, toSound } = await beginnings(place);
    for (const [metric, values] of [
      ['from Enter to the INVITE', toInvite],
      ['from 200 OK to the prospect heard', toSound],
    ] as const) {
      row({ case: 'one call', metric: `${metric}, median`, value: rounded(percentile(values, 0.5)), unit: 'ms' });
      row({ case: 'one call', metric: `${metric}, worst of ${latencyCalls}`, value: rounded(percentile(values, 1)), unit: 'ms' });
    }
    const calls = Number(option('reps') ?? parallelCalls);
    const share = await coreShare(place, calls);
    row({ case: `${calls} calls recorded`, metric: 'of a core for each', value: rounded((share / calls) * 100, 2), unit: '%' });
    row({ case: `${calls} calls recorded`, metric: 'calls per core', value: Math.floor(calls / share), unit: 'calls' });
  } finally {
    await rig.close();
    await network.stop();
  }
}

const dial = async ({ rig, notebook }: Place, callId: number, repId: number): Promise<void> => {
  const to = `+7900${String(callId).padStart(3, '0')}${voices.tone}`;
  await rig.telephony.dial({ callId, repId, to, from: null, ringTimeoutSeconds: 15, record: true });
  while (!notebook.has(callId, 'answered')) await setTimeout(lookMilliseconds);
};

async function headsetOf({ rig, notebook }: Place, repId: number): Promise<WeriftHeadset> {
  const headset = new WeriftHeadset(1000);
  await headset.connect(rig.telephony, repId);
  headset.speak();
  while (!notebook.lines.some((line) => line.repId === repId && line.state === 'connected')) await setTimeout(lookMilliseconds);
  return headset;
}

/** Milliseconds of each of some calls, one after the other. */
async function beginnings(place: Place): Promise<{ toInvite: number[]; toSound: number[] }> {
  const headset = await headsetOf(place, 1);
  const times: { enteredAt: number; heardAt: number }[] = [];
  for (let callId = 1; callId <= latencyCalls; callId += 1) {
    const enteredAt = Date.now();
    await dial(place, callId, 1);
    headset.takeHeard();
    while (levelDecibels(headset.takeHeard()) < loudDecibels) await setTimeout(lookMilliseconds);
    times.push({ enteredAt, heardAt: Date.now() });
    await place.rig.telephony.hangup(callId);
    while (!place.notebook.has(callId, 'ended')) await setTimeout(lookMilliseconds);
  }
  await headset.close();
  await place.rig.telephony.disconnectHeadset(1);
  const trace = await place.network.carrier.messages();
  const invites = instantsOf(trace, /^INVITE sip/);
  const answers = instantsOf(trace, /^SIP\/2\.0 200 OK[^]*?^CSeq: \d+ INVITE/m);
  return {
    toInvite: times.map(({ enteredAt }, index) => (invites[index] ?? Number.NaN) - enteredAt),
    toSound: times.map(({ heardAt }, index) => heardAt - (answers[index] ?? Number.NaN)),
  };
}

/** When messages of a kind passed, by the carrier's own trace: a line with the instant, one that says in which way, and the message. */
function instantsOf(trace: string, kind: RegExp): number[] {
  const entries = trace.split(/^-{20,} /m).slice(1);
  return entries.flatMap((entry) => {
    const [, instant, message] = /^(\S+ \S+)\n[^\n]*\n\n?([^]*)/.exec(entry) ?? [];
    return instant !== undefined && message !== undefined && kind.test(message) ? [new Date(instant.replace(' ', 'T')).getTime()] : [];
  });
}

/** How much of a core Janus takes for so many calls, each with a rep's headset that speaks. */
async function coreShare(place: Place, calls: number): Promise<number> {
  const reps = Array.from({ length: calls }, (_, index) => index + 100);
  const headsets: WeriftHeadset[] = [];
  // One after the other: what is measured is calls that go on, not a crowd at the door.
  for (const repId of reps) {
    headsets.push(await headsetOf(place, repId));
    await dial(place, repId, repId);
  }
  const before = await ticksOf(place.network.janus.pid);
  await setTimeout(measuredSeconds * 1000);
  const after = await ticksOf(place.network.janus.pid);
  await Promise.all(headsets.map((headset) => headset.close()));
  return (after - before) / ticksPerSecond / measuredSeconds;
}

/** User and system time of a process. */
async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
