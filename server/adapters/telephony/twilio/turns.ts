import type { Line } from './line.ts';

/** A wait shorter than this is over before anybody could read of it. */
const worthTellingMilliseconds = 300;

/** Waits for the turn of one dial at the account's pace; whoever has to wait is told for how long. */
export async function waitForTurn(line: Line, callId: number, attempt: number): Promise<void> {
  const milliseconds = await line.pace.takeTurn(line.callsPerSecond);
  if (milliseconds >= worthTellingMilliseconds)
    await line.tell.event({
      callId,
      eventKey: `waiting:${attempt}`,
      at: line.now(),
      carrierWord: attempt === 0 ? `${line.callsPerSecond} calls a second` : '429 20429',
      body: { kind: 'waiting', seconds: Math.ceil(milliseconds / 1000) },
    });
  await line.waitingDials.until(callId, line.wait(milliseconds));
}
