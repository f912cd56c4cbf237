import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { UnreadableFile } from '../../../app/ports/import-files.ts';
import { unescapedText } from '../../../core/import/sheet-cell.ts';
import { xmlItems } from './xml-items.ts';

/** Characters of texts that are kept and read together, and of those in memory. */
const blockCharacters = 8 * 1024;
const rememberedCharacters = 4 * 1024 * 1024;
const charactersPerText = 12;
/** Between texts in the file: no XML can hold it. */
const separator = '\0';

/** Begins to unpack a part; called when its first byte is needed. */
export type OpenPart = () => Promise<AsyncIterable<Uint8Array>>;

/** The texts of `sharedStrings.xml`, in their order; how a word is read aloud (`rPh`) is no part of it. */
async function* textsIn(open: OpenPart): AsyncGenerator<string[], undefined> {
  yield* xmlItems<string>(await open(), (give) => {
    let text = '';
    let inText = false;
    let inReading = false;
    return {
      opened: (name) => {
        if (name === 'si') text = '';
        else if (name === 'rPh') inReading = true;
        else if (name === 't') inText = !inReading;
      },
      text: (more) => {
        if (inText) text += more;
      },
      closed: (name) => {
        if (name === 't') inText = false;
        else if (name === 'rPh') inReading = false;
        else if (name === 'si') give(text);
        return false;
      },
    };
  });
  return undefined;
}

/** What a text costs in memory besides its letters counts too: a million empty ones are not free. */
const charactersOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length + charactersPerText, 0);

interface Block {
  /** Number of its first text. */
  first: number;
  offset: number;
  byteLength: number;
}

/**
 * The texts that a sheet's cells only number. A full directory has millions of them, so that they wait in a file: read from the book no
 * further than they were asked for, and only those asked for last kept in memory.
 */
export class SharedTexts {
  readonly #file: FileHandle;
  readonly #source: AsyncGenerator<string[], undefined>;
  readonly #blocks: Block[] = [];
  /** Blocks in memory by the number of their first text, the one asked for last at the end. */
  readonly #remembered = new Map<number, string[]>();
  #rememberedCharacters = 0;
  #fresh: string[] = [];
  #freshCharacters = 0;
  #count = 0;
  #fileBytes = 0;

  private constructor(file: FileHandle, openPart: OpenPart) {
    this.#file = file;
    this.#source = textsIn(openPart);
  }

  /** Texts wait in a file at `besides` with something more to its name. Close it. */
  static async open(openPart: OpenPart, besides: string): Promise<SharedTexts> {
    const place = `${besides}.${randomUUID()}`;
    const file = await open(place, 'wx+', 0o600);
    // Without a name it is gone when it is closed, and also when this process is killed.
    await rm(place);
    return new SharedTexts(file, openPart);
  }

  /** The text with this number; ask for one at a time. */
  async text(index: number): Promise<string> {
    while (index >= this.#count) await this.#readOn();
    const freshFrom = this.#count - this.#fresh.length;
    if (index >= freshFrom) return unescapedText(this.#fresh[index - freshFrom] ?? '');
    const block = this.#blockOf(index);
    const texts = this.#remembered.get(block.first) ?? (await this.#load(block));
    this.#remember(block.first, texts);
    return unescapedText(texts[index - block.first] ?? '');
  }

  async close(): Promise<void> {
    await this.#source.return(undefined);
    await this.#file.close();
  }

  async #readOn(): Promise<void> {
    const { done, value } = await this.#source.next();
    if (done) throw new UnreadableFile('В файле не хватает текстов ячеек: сохраните его как XLSX заново');
    for (const text of value) {
      this.#fresh.push(text);
      this.#freshCharacters += text.length + charactersPerText;
      this.#count += 1;
      if (this.#freshCharacters >= blockCharacters) await this.#store();
    }
  }

  async #store(): Promise<void> {
    const bytes = Buffer.from(this.#fresh.join(separator));
    await this.#file.appendFile(bytes);
    const first = this.#count - this.#fresh.length;
    this.#blocks.push({ first, offset: this.#fileBytes, byteLength: bytes.length });
    this.#fileBytes += bytes.length;
    this.#remember(first, this.#fresh);
    this.#fresh = [];
    this.#freshCharacters = 0;
  }

  /** The block that holds a text already stored: the last one that begins at it or before. */
  #blockOf(index: number): Block {
    let from = 0;
    let to = this.#blocks.length - 1;
    while (from < to) {
      const middle = Math.ceil((from + to) / 2);
      if ((this.#blocks[middle]?.first ?? Infinity) <= index) from = middle;
      else to = middle - 1;
    }
    const block = this.#blocks[from];
    if (!block) throw new RangeError(`no text ${index} was stored`);
    return block;
  }

  async #load({ offset, byteLength }: Block): Promise<string[]> {
    const bytes = Buffer.alloc(byteLength);
    const { bytesRead } = await this.#file.read(bytes, 0, byteLength, offset);
    if (bytesRead !== byteLength) throw new Error("the file of a book's texts is shorter than was written");
    return bytes.toString('utf8').split(separator);
  }

  /** Puts a block at the end of those in memory and drops those asked for longest ago. */
  #remember(first: number, texts: string[]): void {
    if (!this.#remembered.delete(first)) this.#rememberedCharacters += charactersOf(texts);
    this.#remembered.set(first, texts);
    for (const [other, forgotten] of this.#remembered) {
      if (this.#rememberedCharacters <= rememberedCharacters || other === first) break;
      this.#remembered.delete(other);
      this.#rememberedCharacters -= charactersOf(forgotten);
    }
  }
}
