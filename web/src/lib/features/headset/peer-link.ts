import type { HeadsetSignalling } from './headset-state.ts';
import { readCounters, type LineCounters } from './line-quality.ts';

/** A host's own addresses are found at once; longer means that something does not answer and is not worth the wait. */
const gatheringMilliseconds = 1500;
/** Networks blink; a line that recovers by itself within this is not replaced. */
const disconnectedMilliseconds = 3000;

export interface PeerLinkOptions {
  signalling: HeadsetSignalling;
  onConnected: () => void;
  onSound: (stream: MediaStream) => void;
  /** The line is lost and will not come back by itself. Told once. */
  onLost: () => void;
}

/** One WebRTC connection to the server; a lost one is thrown away and replaced by the next. */
export class PeerLink {
  readonly #options: PeerLinkOptions;
  readonly #peer = new RTCPeerConnection();
  #sender: RTCRtpSender | null = null;
  #offerSent = false;
  #isOver = false;
  #blink: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PeerLinkOptions) {
    this.#options = options;
    this.#peer.ontrack = (event) => options.onSound(event.streams[0] ?? new MediaStream([event.track]));
    this.#peer.onconnectionstatechange = () => this.#follow();
    this.#peer.onicecandidate = ({ candidate }) => {
      if (!candidate || !this.#offerSent) return;
      options.signalling.ice({
        candidate: candidate.candidate,
        sdpMid: candidate.sdpMid,
        sdpMLineIndex: candidate.sdpMLineIndex,
      });
    };
  }

  /** Offers and takes the answer. Rejects when the server cannot be reached or does not understand us. */
  async connect(track: MediaStreamTrack, stream: MediaStream): Promise<void> {
    this.#sender = this.#peer.addTrack(track, stream);
    await this.#peer.setLocalDescription();
    await this.#gathered();
    const offer = this.#peer.localDescription;
    if (!offer || this.#peer.signalingState === 'closed') return;
    this.#offerSent = true;
    const answer = await this.#options.signalling.offer(offer.sdp);
    if (this.#isOver) return;
    await this.#peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
  }

  /** Sends from another microphone without a new negotiation. */
  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    await this.#sender?.replaceTrack(track);
  }

  async counters(): Promise<LineCounters> {
    const entries: Record<string, unknown>[] = [];
    (await this.#peer.getStats()).forEach((entry: Record<string, unknown>) => entries.push(entry));
    return readCounters(entries);
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#blink);
    this.#peer.close();
  }

  async #gathered(): Promise<void> {
    if (this.#peer.iceGatheringState === 'complete') return;
    await new Promise<void>((resolve) => {
      const bound = setTimeout(resolve, gatheringMilliseconds);
      this.#peer.onicegatheringstatechange = () => {
        if (this.#peer.iceGatheringState !== 'complete') return;
        clearTimeout(bound);
        resolve();
      };
    });
  }

  #follow(): void {
    if (this.#isOver) return;
    clearTimeout(this.#blink);
    const state = this.#peer.connectionState;
    if (state === 'connected') this.#options.onConnected();
    if (state === 'failed') this.#lose();
    if (state === 'disconnected') this.#blink = setTimeout(() => this.#lose(), disconnectedMilliseconds);
  }

  #lose(): void {
    if (this.#isOver) return;
    this.close();
    this.#options.onLost();
  }
}
