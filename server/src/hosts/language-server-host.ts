import type { Files } from './workspace-files.js';

/** What differs between the places a language server runs in: a process of Node, or a worker of a browser. */
export interface Host {
  /** The files below a folder of the client, by its address; nothing where this host cannot read them itself. */
  filesBelow(folder: string): Files | undefined;
  /** The published page of a rule that exists, as Markdown; nothing where the package came without. */
  rulePage(rule: string): string | undefined | Promise<string | undefined>;
  /** The address of that page, for clients that can only open files. */
  rulePageAddress(rule: string): string | undefined;
  /** In hexadecimal digits. */
  sha256(bytes: Uint8Array): string | Promise<string>;
}
