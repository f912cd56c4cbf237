import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket, usePCMU } from 'werift';
import type { Telephony } from '../../server/app/ports/telephony.ts';
import { decodeMuLaw, encodeMuLaw } from '../../server/core/audio/mu-law.ts';
import { toneSamples } from '../../server/core/audio/tones.ts';

const samplesPerFrame = 160;
const sampleRate = 8000;

/** A rep's end of the line for tests: sends one tone without a pause and keeps what it hears. */
export class WeriftHeadset {
  readonly #peer = new RTCPeerConnection({
    codecs: { audio: [usePCMU()] },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
  });
  readonly #track = new MediaStreamTrack({ kind: 'audio' });
  readonly #toneHertz: number;
  #timer: NodeJS.Timeout | null = null;
  #heard: number[] = [];
  /** Numbers go on after a silence, or who listens takes them for old packets. */
  #sent = 0;

  constructor(toneHertz: number) {
    this.#toneHertz = toneHertz;
    this.#peer.addTransceiver(this.#track, { direction: 'sendrecv' });
    this.#peer.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => {
        for (const sample of decodeMuLaw(packet.payload)) this.#heard.push(sample);
      });
    });
  }

  async connect(telephony: Pick<Telephony, 'connectHeadset'>, repId: number): Promise<void> {
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    const offer = this.#peer.localDescription;
    if (!offer) throw new Error('no offer was made');
    const { answerSdp } = await telephony.connectHeadset(repId, offer.sdp);
    await this.#peer.setRemoteDescription({ type: 'answer', sdp: answerSdp });
  }

  /** Sends the tone from now on, 20 ms at a time, catching up when the machine was busy. */
  speak(): void {
    const startedAt = performance.now();
    const first = this.#sent;
    this.#timer = setInterval(() => {
      const due = first + (performance.now() - startedAt) / 20;
      for (; this.#sent < due; this.#sent += 1) this.#send(this.#sent);
    }, 10);
  }

  fallSilent(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** What came since the last time this was asked. */
  takeHeard(): Int16Array {
    return Int16Array.from(this.#heard.splice(0));
  }

  get heardSeconds(): number {
    return this.#heard.length / sampleRate;
  }

  async close(): Promise<void> {
    this.fallSilent();
    await this.#peer.close();
  }

  #send(index: number): void {
    const pattern = [{ frequenciesHertz: [this.#toneHertz], milliseconds: 1000 }];
    const samples = toneSamples(pattern, index * samplesPerFrame, samplesPerFrame, { sampleRate, amplitude: 0.4 });
    const header = new RtpHeader({
      sequenceNumber: index & 0xffff,
      timestamp: index * samplesPerFrame,
      payloadType: 0,
    });
    this.#track.writeRtp(new RtpPacket(header, Buffer.from(encodeMuLaw(samples))));
  }
}
