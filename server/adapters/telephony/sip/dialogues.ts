import type { JanusHandle } from './janus-node.ts';
import { JanusRefused } from './janus-messages.ts';

/** The plugin's word for a wish that it understood and will not fulfil. */
const invalidElement = 444;

/** How far the SIP dialogue of a handle is: over or never begun, ringing, or answered. */
export type Dialogue = 'none' | 'inviting' | 'established';

/**
 * Asks the plugin, which has no word for it, by wishes that change nothing: a key without a name is refused for its name only inside an
 * answered call, and a recording goes on only inside a call.
 */
export async function dialogueOf(sip: JanusHandle): Promise<Dialogue> {
  const refusal = await refusalOf(sip.ask({ request: 'dtmf_info', digit: '' }));
  if (refusal?.code === invalidElement) return 'established';
  return (await refusalOf(sip.ask({ request: 'recording', action: 'resume', audio: true, peer_audio: true }))) ? 'none' : 'inviting';
}

async function refusalOf(wish: Promise<unknown>): Promise<JanusRefused | null> {
  try {
    await wish;
    return null;
  } catch (error) {
    if (error instanceof JanusRefused) return error;
    throw error;
  }
}
