// A sandbox of its own, for tests that kill it: dials one talking prospect and says when he answered.
import { SandboxTelephony } from '../../server/adapters/telephony/sandbox/sandbox-telephony.ts';

const [dataFolder = '', callId = ''] = process.argv.slice(2);
const telephony = new SandboxTelephony({
  dataFolder,
  audioFolder: 'server/adapters/telephony/sandbox/audio',
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  speed: 4,
});
await telephony.start({
  onCarrierEvent: async (event) => {
    if (event.body.kind === 'answered') process.stdout.write('answered\n');
  },
  onArrivingCall: async () => null,
  onRecording: async () => undefined,
  onHeadsetLine: () => undefined,
  onSupervision: () => Promise.resolve(),
});
await telephony.dial({
  callId: Number(callId),
  repId: 1,
  to: '+79000000400',
  from: null,
  ringTimeoutSeconds: 20,
  record: true,
});
