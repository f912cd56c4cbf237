import { followPeer } from './follow-peer.ts';
import { gathered } from './gathering.ts';
import type { HeadsetLink, LinkEvents } from './headset-link.ts';
import { countersOf, type LineCounters } from './line-quality.ts';

/** The other end says that it hears nothing: a second's silence of a network may end by itself within this, a lost end does not. */
const deafMilliseconds = 1500;

/** How the link is negotiated; the caller brings the transport. */
export interface PeerSignalling {
  /** Sends our complete offer and resolves with the answer; rejects when the server cannot be reached. */
  offer(sdp: string): Promise<{ sdp: string }>;
  /** Sends a candidate that was found after the offer left. */
  ice(candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null }): void;
  /** How the other end sees the line, which knows of its own loss seconds before the browser; answers how to stop listening. */
  follow?(listener: (state: 'connecting' | 'connected' | 'interrupted' | 'closed') => void): () => void;
}

export interface PeerLinkOptions extends LinkEvents {
  signalling: PeerSignalling;
  /** Where the browser learns its outer address and finds a relay; none on the office's own network. */
  iceServers: RTCIceServer[];
}

/** WebRTC with our own server, or with what it puts in its place. */
export class PeerLink implements HeadsetLink {
  readonly #options: PeerLinkOptions;
  readonly #peer: RTCPeerConnection;
  #sender: RTCRtpSender | null = null;
  #offerSent = false;
  #deaf: ReturnType<typeof setTimeout> | undefined;
  readonly #closePeer: () => void;
  readonly #unfollow: (() => void) | undefined;

  constructor(options: PeerLinkOptions) {
    this.#options = options;
    this.#peer = new RTCPeerConnection({ iceServers: options.iceServers });
    this.#peer.ontrack = (event) => options.onSound(event.streams[0] ?? new MediaStream([event.track]));
    this.#closePeer = followPeer(this.#peer, { onConnected: options.onConnected, onLost: () => this.#lose() });
    this.#unfollow = options.signalling.follow?.((state) => this.#takeFarState(state));
    this.#peer.onicecandidate = ({ candidate }) => {
      if (!candidate || !this.#offerSent) return;
      options.signalling.ice({
        candidate: candidate.candidate,
        sdpMid: candidate.sdpMid,
        sdpMLineIndex: candidate.sdpMLineIndex,
      });
    };
  }

  async connect(track: MediaStreamTrack): Promise<void> {
    this.#sender = this.#peer.addTrack(track, new MediaStream([track]));
    await this.#peer.setLocalDescription();
    await gathered(this.#peer);
    const offer = this.#peer.localDescription;
    if (!offer || this.#isClosed()) return;
    this.#offerSent = true;
    const answer = await this.#options.signalling.offer(offer.sdp);
    if (this.#isClosed()) return;
    await this.#peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
  }

  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    await this.#sender?.replaceTrack(track);
  }

  counters(): Promise<LineCounters> {
    return countersOf(this.#peer);
  }

  close(): void {
    clearTimeout(this.#deaf);
    this.#unfollow?.();
    this.#closePeer();
  }

  /** Of a line that stands; what is said of the one before comes too late. */
  #takeFarState(state: 'connecting' | 'connected' | 'interrupted' | 'closed'): void {
    if (this.#peer.connectionState !== 'connected') return;
    if (state !== 'connected' && state !== 'interrupted') return;
    clearTimeout(this.#deaf);
    if (state === 'connected') this.#options.onConnected();
    else {
      this.#options.onInterrupted();
      this.#deaf = setTimeout(() => this.#lose(), deafMilliseconds);
    }
  }

  #lose(): void {
    this.close();
    this.#options.onLost();
  }

  #isClosed(): boolean {
    return this.#peer.signalingState === 'closed';
  }
}
