import { SaxesParser } from 'saxes';
import { UnreadableFile } from '../../../app/ports/import-files.ts';

/** Bytes of XML that make one row or one text; a cell of ten megabytes fits (its row is refused later). */
const longestItem = 32 * 1024 * 1024;
/** Sheets have five levels; thousands are made to fill the memory. */
const deepestLevel = 100;

export type Attributes = Readonly<Record<string, string>>;

/** What listens to the parser; names come without their prefix. */
export interface XmlListener {
  opened(name: string, attributes: Attributes): void;
  text?(text: string): void;
  /** True when what follows is of no interest: the part is read no further. */
  closed(name: string): boolean;
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/** What a listener makes of an XML part, as it comes: nothing is kept but the item being read. */
export async function* xmlItems<Item>(
  part: AsyncIterable<Uint8Array>,
  listenerOf: (give: (item: Item) => void) => XmlListener,
): AsyncGenerator<Item[]> {
  let items: Item[] = [];
  const progress = { level: 0, enough: false };
  const listener = listenerOf((item) => items.push(item));
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    progress.level += 1;
    if (progress.level > deepestLevel) throw new UnreadableFile('Внутри файла нет таблицы: сохраните его как XLSX заново');
    if (!progress.enough) listener.opened(bare(name), attributes);
  });
  parser.on('text', (text) => {
    if (!progress.enough) listener.text?.(text);
  });
  parser.on('closetag', ({ name }) => {
    progress.level -= 1;
    if (!progress.enough) progress.enough = listener.closed(bare(name));
  });
  const decoder = new TextDecoder();
  let bytesSinceItem = 0;
  for await (const chunk of part) {
    parser.write(decoder.decode(chunk, { stream: true }));
    bytesSinceItem = items.length > 0 ? 0 : bytesSinceItem + chunk.length;
    if (bytesSinceItem > longestItem) throw new UnreadableFile(`Одна строка таблицы занимает больше ${longestItem / 1024 ** 2} МБ`);
    if (items.length > 0) yield items;
    items = [];
    if (progress.enough) return;
  }
  parser.close();
}
