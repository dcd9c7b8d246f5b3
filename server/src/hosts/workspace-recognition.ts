import type { Format } from '#engine/format.js';
import { headLength, recogniser, type Recogniser } from '#engine/recognise.js';
import type { Registry } from '#engine/registry.js';
import type { Unread } from '#engine/unread.js';
import { unread, type Content, type Files, type Trouble } from './workspace-files.js';
import { namesOf } from './workspace-languages.js';
import type { Settings } from './workspace-settings.js';

/** Of what format something is. */
export interface Recognised {
  readonly format: string;
  /** Whether its name, text or language says so, and not only that a file of the format includes it. */
  readonly own: boolean;
}

/** Says of what format documents and files are, and reads those that are of one. */
export class Recognition {
  /** Files that could not be read because of their size, as far as somebody tried. */
  readonly tooLarge = new Set<string>();
  /** What reading a file gave instead of its text, as far as somebody tried. */
  readonly #troubles = new Map<string, Trouble>();
  /** Files that could not be read because they have not arrived, when somebody last tried. */
  readonly pending = new Set<string>();
  readonly #registry: Registry;
  readonly #files: Files | undefined;
  /** The format of a file that others include. */
  readonly #included: (path: string) => string | undefined;
  #isExcluded: Settings['isExcluded'];
  #recognise: Recogniser;

  constructor(
    registry: Registry, files: Files | undefined, { isExcluded, overrides }: Settings, included: (path: string) => string | undefined,
  ) {
    this.#registry = registry;
    this.#files = files;
    this.#included = included;
    this.#isExcluded = isExcluded;
    this.#recognise = recogniserOf(registry, overrides);
  }

  configure({ isExcluded, overrides }: Settings): void {
    this.#isExcluded = isExcluded;
    this.#recognise = recogniserOf(this.#registry, overrides);
  }

  /** A file changed: what reading it was like before says nothing any more. */
  forget(path: string): void {
    this.tooLarge.delete(path);
    this.#troubles.delete(path);
  }

  /** Every file may have changed. */
  forgetAll(): void {
    this.tooLarge.clear();
    this.#troubles.clear();
  }

  /** Why a file that is there was not read, as far as somebody tried. */
  unread(path: string): Unread {
    return unread(path, this.#isExcluded(path) ? 'left out' : (this.#troubles.get(path) ?? 'unknown'));
  }

  /**
   * The format of a document in the editor, which was of the format `before` until its last edit. One without an ending is also
   * looked at under the names its language has.
   */
  ofDocument(path: string, text: string, language: string | undefined, before: string | undefined): Recognised | undefined {
    const head = () => text.slice(0, headLength);
    const found = this.#recognised(path, head, language, before);
    if (found) return found;
    for (const name of namesOf(path, language)) {
      const likely = this.#recognise(name, head, undefined, before);
      if (likely !== undefined) return { format: likely, own: true };
    }
    return undefined;
  }

  #recognised(path: string, head: () => string, language?: string, before?: string): Recognised | undefined {
    let own = true;
    const format = this.#recognise(path, head, language, before, () => {
      const given = this.#included(path);
      own = given === undefined;
      return given;
    });
    return format === undefined ? undefined : { format, own };
  }

  /** Whether no format claims a file by itself. One that has not arrived may be claimed by none. */
  isUnclaimed(path: string): boolean {
    return this.#files !== undefined && this.#recognise(path, () => headOf(this.#files!.read(path))) === undefined;
  }

  /** The format and text of a file, if it is of a wanted format and can be read. Content is looked at only where the name does not decide. */
  ofFile(path: string, wanted: (format: Format) => boolean = () => true): (Recognised & { readonly text: string }) | undefined {
    if (!this.#files || this.#isExcluded(path)) return undefined;
    let content: Content | undefined;
    const read = () => (content ??= this.#files!.read(path));
    const found = this.#recognised(path, () => headOf(read()));
    const declared = found && this.#registry.formats.get(found.format);
    const isWanted = found !== undefined && declared !== undefined && wanted(declared);
    if (isWanted) read();
    if (typeof content === 'string' && content !== 'pending') this.#troubles.set(path, content);
    else this.#troubles.delete(path);
    if (content === 'too large') this.tooLarge.add(path);
    if (content === 'pending') this.pending.add(path);
    else this.pending.delete(path);
    return isWanted && typeof content === 'object' ? { ...found, text: content.text } : undefined;
  }
}

const headOf = (content: Content) => (typeof content === 'object' ? content.text.slice(0, headLength) : '');

/** Compiling the names of all formats takes milliseconds, and most roots decide nothing about names: they share one. */
const plain = new WeakMap<Registry, Recogniser>();

function recogniserOf(registry: Registry, overrides: Settings['overrides']): Recogniser {
  if (overrides.length > 0) return recogniser(registry.formats, overrides);
  let shared = plain.get(registry);
  if (!shared) plain.set(registry, (shared = recogniser(registry.formats)));
  return shared;
}
