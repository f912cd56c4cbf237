/** @param {number} startedMs @returns {string} */
export const seconds = (startedMs) => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;

let lineTaken = false;
/** @type {string[]} */
const doneMeanwhile = [];

/**
 * Shows one step while it works, with its seconds when done. Of steps that overlap the first has the line; the others follow it.
 * @template Result
 * @param {string} says what is being done
 * @param {() => Promise<Result> | Result} work
 * @returns {Promise<Result>}
 */
export async function step(says, work) {
  const startedMs = performance.now();
  const hasLine = !lineTaken;
  lineTaken = true;
  if (hasLine) process.stdout.write(`  ${says} … `);
  const tell = (outcome) => {
    if (hasLine) {
      process.stdout.write(`${outcome}\n`);
      lineTaken = false;
    } else doneMeanwhile.push(`  ${says} … ${outcome}`);
    if (lineTaken) return;
    for (const line of doneMeanwhile.splice(0)) process.stdout.write(`${line}\n`);
  };
  try {
    const result = await work();
    tell(seconds(startedMs));
    return result;
  } catch (error) {
    tell('failed');
    throw error;
  }
}
