import { Call, Device } from '@twilio/voice-sdk';
import type { HeadsetLink, LinkEvents } from './headset-link.ts';
import { countersOf, type LineCounters } from './line-quality.ts';

/** A token is asked for this long before it expires: `tokenWillExpire` fires once, and the network may be away just then. */
const refreshMilliseconds = 120_000;
const refreshRetryMilliseconds = 5_000;
/** Twilio keeps the call for us while its socket is away; after that the call is over there too. */
const reconnectMilliseconds = 30_000;
/** The media connection failed; the other reason to reconnect is the socket, without which the sound goes on. */
const mediaErrorCode = 53_405;

const silentSound = '/silence.wav';

export interface TwilioAccess {
  token: string;
  /** Which of Twilio's edges the browser speaks with, or `roaming` for the nearest. */
  edge: string;
}

export interface TwilioLinkOptions extends LinkEvents {
  access: TwilioAccess;
  /** Told to the webhook that takes the call. */
  parameters: Record<string, string>;
  /** Asks the server for the next token. */
  renew: () => Promise<TwilioAccess>;
}

/**
 * The rep's leg at Twilio: one outgoing call into his room. The browser never registers, since nobody calls it: prospects come
 * into the room. Each link has a device of its own, so that one which a page's freezing killed is never used again.
 */
export class TwilioLink implements HeadsetLink {
  readonly #options: TwilioLinkOptions;
  #device: Device | null = null;
  #peer: RTCPeerConnection | null = null;
  #track: MediaStreamTrack | null = null;
  #bound: ReturnType<typeof setTimeout> | undefined;
  #refresh: ReturnType<typeof setTimeout> | undefined;
  #isAccepted = false;
  #isOver = false;

  constructor(options: TwilioLinkOptions) {
    this.#options = options;
  }

  async connect(track: MediaStreamTrack): Promise<void> {
    this.#track = track;
    const device = this.#openDevice(track);
    this.#device = device;
    device.on('error', (error: { code: number; message: string }) => console.warn('Twilio tells', error.code, error.message));
    device.on('tokenWillExpire', () => void this.#renewToken());
    const call = await device.connect({ params: this.#options.parameters });
    // Closed while it was being asked for: the device is destroyed and the call with it.
    if (this.#isOver) return;
    call.on('accept', () => {
      this.#isAccepted = true;
      void this.#follow();
    });
    // Our own speaker plays it, so that the choice of the device and the browser's refusals are the same for every carrier.
    call.on('audio', (element: HTMLAudioElement) => (element.muted = true));
    call.on('reconnecting', (error: { code: number }) => this.#reconnecting(error.code));
    call.on('reconnected', () => void this.#follow());
    call.on('error', (error: { code: number; message: string }) => {
      console.warn('Twilio tells of the call', error.code, error.message);
      if (call.status() === Call.State.Closed) this.#lose();
    });
    for (const end of ['disconnect', 'cancel', 'reject']) call.on(end, () => this.#lose());
  }

  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    this.#track = track;
    await this.#peer?.getSenders()[0]?.replaceTrack(track);
  }

  async counters(): Promise<LineCounters> {
    if (!this.#peer) throw new Error('the link has no connection yet');
    return countersOf(this.#peer);
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#bound);
    clearTimeout(this.#refresh);
    this.#device?.destroy();
    this.#device = null;
  }

  #openDevice(track: MediaStreamTrack): Device {
    const watch = (peer: RTCPeerConnection): void => this.#watch(peer);
    const options = {
      edge: this.#options.access.edge,
      codecPreferences: [Call.Codec.Opus, Call.Codec.PCMU],
      maxCallSignalingTimeoutMs: reconnectMilliseconds,
      tokenRefreshMs: refreshMilliseconds,
      // The kit would fetch sounds from Twilio for calls that ring in the browser; none does.
      sounds: Object.fromEntries(Object.values(Device.SoundName).map((name) => [name, silentSound])),
      // Devices are ours to choose: the kit is given a copy that it may stop, and sees none that it could change to.
      getUserMedia: () => Promise.resolve(new MediaStream([track.clone()])),
      enumerateDevices: () => Promise.resolve([]),
      RTCPeerConnection: class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          watch(this);
        }
      },
      // Outside of the kit's published types: no figures of our people's browsers go to Twilio's Insights.
      publishEvents: false,
    };
    return new Device(this.#options.access.token, options);
  }

  #watch(peer: RTCPeerConnection): void {
    this.#peer = peer;
    peer.addEventListener('track', (event) => this.#options.onSound(event.streams[0] ?? new MediaStream([event.track])));
    peer.addEventListener('connectionstatechange', () => void this.#follow());
  }

  /** The line is up when Twilio has taken the call and sound can flow. */
  async #follow(): Promise<void> {
    if (this.#isOver || !this.#isAccepted || this.#peer?.connectionState !== 'connected') return;
    clearTimeout(this.#bound);
    if (this.#track) await this.replaceTrack(this.#track);
    this.#options.onConnected();
  }

  #reconnecting(code: number): void {
    if (this.#isOver || code !== mediaErrorCode) return;
    this.#options.onInterrupted();
    // The kit promises to give up by itself; a line must not hang on that.
    this.#bound = setTimeout(() => this.#lose(), reconnectMilliseconds);
  }

  async #renewToken(): Promise<void> {
    try {
      const { token } = await this.#options.renew();
      this.#device?.updateToken(token);
    } catch (error) {
      if (this.#isOver) return;
      console.warn('the next token could not be had; asking again', error);
      this.#refresh = setTimeout(() => void this.#renewToken(), refreshRetryMilliseconds);
    }
  }

  #lose(): void {
    if (this.#isOver) return;
    this.close();
    this.#options.onLost();
  }
}
