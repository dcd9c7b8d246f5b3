import type { Content, Files } from './workspace-files.js';

/** How much text is kept, in UTF-16 units. */
const capacity = 16 * 1024 * 1024;

/** The texts of files that others opened, kept until they change, so that an edit does not read its includes again. */
export class Texts {
  readonly #files: Files;
  readonly #kept = new Map<string, Content>();
  #length = 0;

  constructor(files: Files) {
    this.#files = files;
  }

  read(path: string): Content {
    let content = this.#kept.get(path);
    if (content === undefined) {
      content = this.#files.read(path);
      if (content === 'pending') return content;
      if ((this.#length += lengthOf(content)) > capacity) this.clear();
      this.#kept.set(path, content);
    }
    return content;
  }

  forget(path: string): void {
    this.#length -= lengthOf(this.#kept.get(path));
    this.#kept.delete(path);
  }

  clear(): void {
    this.#kept.clear();
    this.#length = 0;
  }
}

function lengthOf(content: Content | undefined): number {
  return typeof content === 'object' ? content.text.length : 0;
}
