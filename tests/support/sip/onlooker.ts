import { JanusNode, nobodyListens, type JanusHandle } from '../../../server/adapters/telephony/sip/janus-node.ts';
import { whoIsIn } from '../../../server/adapters/telephony/sip/bridge.ts';
import { janusSecret } from './janus.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Somebody else at the same Janus: with a session of ours he is the process that died, without one a mere onlooker. */
export async function atJanus<Answer>(
  url: string,
  session: number | undefined,
  look: (node: JanusNode, control: JanusHandle) => Promise<Answer>,
): Promise<Answer> {
  const events = { onUp: () => Promise.resolve(), onLost: () => undefined };
  const node = new JanusNode({ url, secret: janusSecret, earlierSession: session, log: quiet, events });
  await node.start();
  try {
    const control = await node.attach('janus.plugin.audiobridge', nobodyListens);
    const answer = await look(node, control);
    await control.detach();
    return answer;
  } finally {
    await node.stop({ keepSession: session !== undefined });
  }
}

/** Who is in a room and hears it. */
export const namesIn = (url: string, room: string): Promise<string[]> =>
  atJanus(url, undefined, async (_node, control) =>
    [...(await whoIsIn(control, room))].flatMap(([name, isConnected]) => (isConnected ? [name] : [])).toSorted(),
  );
