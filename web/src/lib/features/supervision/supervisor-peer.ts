import { followPeer } from '../headset/follow-peer.ts';
import { gathered } from '../headset/gathering.ts';

export interface SupervisorPeerOptions {
  iceServers: RTCIceServer[];
  /** Both sides of the call, for the supervisor. */
  conversation: MediaStream;
  onVoice: (stream: MediaStream) => void;
  /** He is gone and will not come back by itself. Told once. */
  onLost: () => void;
}

/** The rep's end of the connection to a supervisor's browser. */
export class SupervisorPeer {
  readonly #options: SupervisorPeerOptions;
  readonly #peer: RTCPeerConnection;
  readonly #close: () => void;

  constructor(options: SupervisorPeerOptions) {
    this.#options = options;
    this.#peer = new RTCPeerConnection({ iceServers: options.iceServers });
    this.#peer.ontrack = (event) => options.onVoice(event.streams[0] ?? new MediaStream([event.track]));
    this.#close = followPeer(this.#peer, options);
  }

  /** Answers his offer with all of our addresses, so that nothing has to be sent after it. */
  async answer(offerSdp: string): Promise<string> {
    for (const track of this.#options.conversation.getAudioTracks()) this.#peer.addTrack(track, this.#options.conversation);
    await this.#peer.setRemoteDescription({ type: 'offer', sdp: offerSdp });
    await this.#peer.setLocalDescription();
    await gathered(this.#peer);
    return this.#peer.localDescription?.sdp ?? '';
  }

  close(): void {
    this.#close();
  }
}
