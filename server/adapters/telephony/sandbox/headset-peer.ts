import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket, usePCMU } from 'werift';
import { encodeMuLaw } from '../../../core/audio/mu-law.ts';
import type { HeadsetLine } from '../../../app/ports/telephony.ts';
import { framesPerSecond, samplesPerFrame } from './audio-frame.ts';
import { JitterBuffer } from './jitter-buffer.ts';

/** A browser sends sound all the time, muted or not: this long without any means that it is gone. */
const framesUntilInterrupted = 3 * framesPerSecond;
const pcmuPayloadType = 0;

export interface HeadsetPeerOptions {
  /** Addresses offered besides those of the network cards: loopback, for a browser on this machine. */
  additionalAddresses: readonly string[];
  onState: (line: HeadsetLine) => void;
}

/** One rep's audio line: WebRTC with the browser, PCMU both ways. */
export class HeadsetPeer {
  readonly #peer: RTCPeerConnection;
  readonly #track = new MediaStreamTrack({ kind: 'audio' });
  readonly #incoming = new JitterBuffer();
  readonly #onState: (line: HeadsetLine) => void;
  #state: HeadsetLine['state'] = 'connecting';
  #sequenceNumber = 0;
  #framesSincePacket = 0;

  constructor(options: HeadsetPeerOptions) {
    this.#onState = options.onState;
    this.#peer = new RTCPeerConnection({
      codecs: { audio: [usePCMU()] },
      iceServers: [],
      iceAdditionalHostAddresses: [...options.additionalAddresses],
    });
    this.#peer.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => this.#receive(packet));
    });
    this.#peer.connectionStateChange.subscribe((state) => {
      if (state === 'connected') {
        this.#framesSincePacket = 0;
        this.#moveTo('connected');
      }
      // Our own `close` has already moved on; any other end is the browser's or the network's.
      if (state === 'disconnected' || state === 'failed' || state === 'closed') this.#moveTo('interrupted');
    });
  }

  /** Answers the browser's offer with all our candidates in it. Throws when the offer has no sound that we speak. */
  async answer(offerSdp: string): Promise<string> {
    this.#onState({ state: 'connecting' });
    await this.#peer.setRemoteDescription({ type: 'offer', sdp: offerSdp });
    const transceiver = this.#peer.getTransceivers().find((candidate) => candidate.kind === 'audio');
    if (!transceiver) throw new Error('the offer has no audio');
    transceiver.setDirection('sendrecv');
    await transceiver.sender.replaceTrack(this.#track);
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    const answer = this.#peer.localDescription;
    if (!answer) throw new Error('the headset line was closed while it was being answered');
    return answer.sdp;
  }

  async addCandidate(candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null }): Promise<void> {
    await this.#peer.addIceCandidate({
      candidate: candidate.candidate,
      sdpMid: candidate.sdpMid ?? undefined,
      sdpMLineIndex: candidate.sdpMLineIndex ?? undefined,
    });
  }

  /** The rep's next 20 ms, or null when nothing came. Called on each frame of the clock. */
  takeFrame(): Int16Array | null {
    this.#framesSincePacket += 1;
    const isSilent = this.#framesSincePacket >= framesUntilInterrupted;
    if (this.#state === 'connected' && isSilent) this.#moveTo('interrupted');
    return this.#incoming.take();
  }

  /** Sends the rep 20 ms. */
  sendFrame(samples: Int16Array): void {
    if (this.#state !== 'connected') return;
    this.#sequenceNumber += 1;
    const header = new RtpHeader({
      sequenceNumber: this.#sequenceNumber & 0xffff,
      timestamp: (this.#sequenceNumber * samplesPerFrame) >>> 0,
      payloadType: pcmuPayloadType,
      marker: this.#sequenceNumber === 1,
    });
    this.#track.writeRtp(new RtpPacket(header, Buffer.from(encodeMuLaw(samples))));
  }

  async close(): Promise<void> {
    this.#moveTo('closed');
    await this.#peer.close();
  }

  #receive(packet: RtpPacket): void {
    if (packet.header.payloadType !== pcmuPayloadType) return;
    this.#framesSincePacket = 0;
    if (this.#state === 'interrupted' && this.#peer.connectionState === 'connected') this.#moveTo('connected');
    this.#incoming.add(packet.header.sequenceNumber, packet.payload);
  }

  #moveTo(state: 'connected' | 'interrupted' | 'closed'): void {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    this.#onState({ state });
  }
}
