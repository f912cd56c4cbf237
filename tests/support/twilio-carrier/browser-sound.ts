import { HeadsetPeer } from '../../../server/adapters/telephony/sandbox/headset-peer.ts';
import { Pacer } from '../../../server/adapters/telephony/sandbox/pacer.ts';
import { machineScheduler } from '../../../server/adapters/telephony/sandbox/scheduler.ts';
import { frameMilliseconds, heardFrame, silentFrame, type Captured, type Sounding } from './sound.ts';

/** What others say is heard so much later: it must have arrived from them first. */
const lagMilliseconds = 3 * frameMilliseconds;

/** The sound of a real browser, over WebRTC: what it says is kept frame by frame, what its leg hears is sent to it as it happens. */
export class BrowserSound implements Captured {
  readonly #peer = new HeadsetPeer({ additionalAddresses: ['127.0.0.1'], onState: () => undefined });
  readonly #frames = new Map<number, Int16Array>();
  readonly #pacer: Pacer;
  #slot = slotOf(Date.now());

  constructor(leg: Sounding) {
    this.#pacer = new Pacer(machineScheduler, () => {
      const said = this.#peer.takeFrame();
      if (said) this.#frames.set(this.#slot, said);
      this.#peer.sendFrame(heardFrame(leg, this.#slot * frameMilliseconds - lagMilliseconds));
      this.#slot += 1;
    });
  }

  /** Answers the browser's offer; sound flows from then on. */
  async answer(offerSdp: string): Promise<string> {
    const answer = await this.#peer.answer(offerSdp);
    this.#slot = slotOf(Date.now());
    this.#pacer.start();
    return answer;
  }

  frameAt(at: number): Int16Array {
    return this.#frames.get(slotOf(at)) ?? silentFrame;
  }

  async close(): Promise<void> {
    this.#pacer.stop();
    await this.#peer.close();
  }
}

function slotOf(at: number): number {
  return Math.floor(at / frameMilliseconds);
}
