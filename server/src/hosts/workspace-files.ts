import { isUtf8 } from 'node:buffer';

/** Where a workspace gets its files from: a disk, or a map in a test. Paths are relative to the root, with forward slashes. */
export interface Files {
  /**
   * Every file that is not ignored, lazily, folder by folder; `below` may name the one folder to look in. Folders and files
   * that `excluded` names are left out.
   */
  list(excluded: (path: string) => boolean, below?: string): Iterable<Listed>;
  /** The content of one file. Never throws, and never leaves the root. */
  read(path: string): Content;
  /** What is at a path: a file or link that {@link list} would give, a folder it would enter, or nothing it knows. */
  holds(path: string, excluded: (path: string) => boolean): 'file' | 'link' | 'folder' | undefined;
}

export interface Listed {
  readonly path: string;
  /** A symbolic link to another file of the root: it may be asked for, but is not linted a second time. */
  readonly link: boolean;
}

/** What reading a path gave. `missing` also covers what may not be read and what lies outside the root. */
export type Content = Readable | 'binary' | 'too large' | 'missing';

export interface Readable {
  /** The text without its byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
}

/** How the bytes of a file spell its text; {@link encode} gives the same bytes back. */
export type Encoding = 'utf-8' | 'utf-8 with mark' | 'utf-16le' | 'utf-16be' | 'latin1';

/** The largest file that is read, in bytes. Device exports of several megabytes exist; configuration of more than this does not. */
export const largestFile = 10 * 1024 * 1024;

/** Enough of a file to see that it is not text. */
const sniffed = 8192;

/** Turns bytes into text. A NUL near the beginning means that the file is not text, unless a byte order mark says UTF-16. */
export function decode(bytes: Buffer): Content {
  if (bytes.length > largestFile) return 'too large';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString('utf16le', 2), encoding: 'utf-16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { text: Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16().toString('utf16le'), encoding: 'utf-16be' };
  }
  if (bytes.subarray(0, sniffed).includes(0)) return 'binary';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { text: bytes.toString('utf8', 3), encoding: 'utf-8 with mark' };
  // Bytes that are not UTF-8 are kept one by one, so that a fix elsewhere in the file does not spoil them.
  return isUtf8(bytes) ? { text: bytes.toString('utf8'), encoding: 'utf-8' } : { text: bytes.toString('latin1'), encoding: 'latin1' };
}

/** Whether the text of a document is one that would have been read from a disk: neither binary nor too large. */
export function isReadable(text: string): boolean {
  return text.length <= largestFile && !text.slice(0, sniffed).includes('\0');
}

/** The bytes of a text, as the file it came from spelled them. */
export function encode(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8': return Buffer.from(text, 'utf8');
    case 'utf-8 with mark': return Buffer.from(`\ufeff${text}`, 'utf8');
    case 'utf-16le': return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'utf-16be': return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    case 'latin1': return Buffer.from(text, 'latin1');
  }
}

/** Files that exist only in memory: for tests, and for text from standard input. */
export function filesInMemory(texts: ReadonlyMap<string, string | Buffer>): Files {
  return {
    *list(excluded, below) {
      for (const path of [...texts.keys()].sort()) if (!excluded(path) && path.startsWith(below === undefined ? '' : `${below}/`)) yield { path, link: false };
    },
    holds: (path, excluded) => (texts.has(path) && !excluded(path) ? 'file' : undefined),
    read(path) {
      const content = texts.get(path);
      return content === undefined ? 'missing' : typeof content === 'string' ? { text: content, encoding: 'utf-8' } : decode(content);
    },
  };
}
