/**
 * Removes the statements that would drop a hand-written index.
 * @param {string} sql what the engine printed: blocks of `-- Heading` and one statement, divided by empty lines
 * @param {Set<string>} handWritten names of the indexes to keep
 * @returns {string}
 */
export function withoutHandWritten(sql, handWritten) {
  const blocks = sql.split(/\n{2,}(?=-- )/).map((block) => block.trim());
  const kept = blocks.filter((block) => {
    const dropped = /^(?:-- DropIndex\n)?DROP INDEX (?:"\w+"\.)?"(?<name>[^"]+)";$/.exec(block)?.groups?.name;
    return block !== '' && !/^-- This is an empty migration\.?$/.test(block) && !(dropped && handWritten.has(dropped));
  });
  return kept.length === 0 ? '' : `${kept.join('\n\n')}\n`;
}
