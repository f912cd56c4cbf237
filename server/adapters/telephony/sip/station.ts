import type { Log } from '../../../app/ports/log.ts';
import { JanusNode, nobodyListens, type HandleEvents, type JanusHandle, type Plugin } from './janus-node.ts';
import { JanusUnreachable } from './janus-messages.ts';

export interface StationEvents {
  /** Usable, with all that was in our session there, or with nothing. */
  onUp: (station: Station, isSameSession: boolean) => Promise<void>;
  onLost: (station: Station) => void;
}

/** One Janus as we use it: its node and the handle by which rooms are made. */
export class Station {
  readonly node: JanusNode;
  #control: JanusHandle | null = null;

  constructor(log: Log, node: { url: string; secret: string | undefined; earlierSession: number | undefined }, events: StationEvents) {
    this.node = new JanusNode({
      ...node,
      log,
      events: {
        onUp: async (isSameSession) => {
          this.#control ??= await this.node.attach('janus.plugin.audiobridge', nobodyListens);
          await events.onUp(this, isSameSession);
        },
        onLost: () => {
          this.#control = null;
          events.onLost(this);
        },
      },
    });
  }

  get url(): string {
    return this.node.url;
  }

  get isUp(): boolean {
    return this.node.isUp && this.#control !== null;
  }

  /** The handle for what concerns rooms. @throws JanusUnreachable */
  get control(): JanusHandle {
    if (!this.#control) throw new JanusUnreachable(`the Janus at ${this.url} is out of reach`);
    return this.#control;
  }

  attach(plugin: Plugin, events: HandleEvents): Promise<JanusHandle> {
    return this.node.attach(plugin, events);
  }
}
