import type { Unread } from '#engine/unread.js';

/** Where a workspace gets its files from: a disk, or a map in a test. Paths are relative to the root, with forward slashes. */
export interface Files {
  /**
   * Every file that is not ignored, lazily, folder by folder; `below` may name the one folder to look in. Folders and files
   * that `excluded` names are left out. Whatever is left out is told to `passed`, a folder once for all that is in it.
   */
  list(excluded: (path: string) => boolean, below?: string, passed?: (unread: Unread) => void): Iterable<Listed>;
  /** The content of one file. Never throws, and never leaves the root. */
  read(path: string): Content;
  /** What is at a path: a file or link that {@link list} would give, a folder it would enter, or nothing it knows. */
  holds(path: string, excluded: (path: string) => boolean): 'file' | 'link' | 'folder' | undefined;
  /** Only where reading takes time: then what has not arrived is answered as if it were not there, and remembered as wanted. */
  readonly distance?: Distance;
}

/** How to wait for files that are not at hand. */
export interface Distance {
  /** Fetches what was asked for in vain or has changed, so that asking again gives it. Whether there was anything to fetch. */
  bring(): Promise<boolean>;
  /** Something happened at a path: what is known of it counts until {@link bring} has fetched it anew. */
  changed(path: string): void;
  /** Called with the paths that were read in vain and would not be now. */
  onArrival: (paths: readonly string[]) => void;
}

export interface Listed {
  readonly path: string;
  /** A symbolic link to another file of the root: it may be asked for, but is not linted a second time. */
  readonly link: boolean;
}

/**
 * What reading a path gave. `missing` also covers what may not be read and what lies outside the root; `pending` is what
 * has not arrived yet over a {@link Distance}.
 */
export type Content = Readable | 'binary' | 'too large' | 'missing' | 'pending';

export interface Readable {
  /** The text without its byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
}

/** How the bytes of a file spell its text; {@link encode} gives the same bytes back. */
export type Encoding = 'utf-8' | 'utf-8 with mark' | 'utf-16le' | 'utf-16be' | 'utf-16le without mark' | 'utf-16be without mark' | 'latin1';

/** Why a file was not read: what reading it gave, that it is left out, or that nobody knows what it is. */
export type Trouble = Exclude<Content, object | 'pending'> | 'left out' | 'unknown';

/** Whether a path holds what stands for bytes of a name that are no UTF-8: by such a path nothing can be opened. */
export function isMisspelled(path: string): boolean {
  return path.includes('\ufffd');
}

/** Why nothing behind such a path is read, and what to do. */
export const misspelled = 'its name is not spelled in UTF-8: rename it';

/** What is said of a file that was not read. */
export function unread(path: string, trouble: Trouble): Unread {
  switch (trouble) {
    case 'left out': return { path, reason: 'excluded', because: 'the configuration leaves it out' };
    case 'too large': return { path, reason: 'too large', because: `it is larger than ${largestFile / 1_048_576} MiB` };
    case 'binary': return { path, reason: 'not text', because: 'its bytes spell no text' };
    case 'missing': return { path, reason: 'not allowed', because: isMisspelled(path) ? misspelled : 'it may not be read' };
    case 'unknown': return { path, reason: 'no known format', because: 'neither its name nor its text says what it configures' };
  }
}

/** The largest file that is read, in bytes. Device exports of several megabytes exist; configuration of more than this does not. */
export const largestFile = 10 * 1024 * 1024;

/** Enough of a file to see that it is not text. */
const sniffed = 8192;

/** So strict that a file in another encoding is noticed. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const markedUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Turns bytes into text. A NUL near the beginning means that the file is not text, unless a byte order mark says UTF-16, or every second byte does:
 * tools of Windows write registration files and templates without a mark too.
 */
export function decode(bytes: Uint8Array): Content {
  if (bytes.length > largestFile) return 'too large';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: textOf16(bytes, true), encoding: 'utf-16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: textOf16(bytes, false), encoding: 'utf-16be' };
  if (bytes.subarray(0, sniffed).includes(0)) {
    const little = [true, false].find((order) => looksLike16(bytes, order));
    if (little === undefined) return 'binary';
    return { text: textOf16(bytes, little, 0), encoding: little ? 'utf-16le without mark' : 'utf-16be without mark' };
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { text: markedUtf8.decode(bytes.subarray(3)), encoding: 'utf-8 with mark' };
  try {
    return { text: utf8.decode(bytes), encoding: 'utf-8' };
  } catch {
    // Bytes that are not UTF-8 are kept one by one, so that a fix elsewhere in the file does not spoil them.
    return { text: textOf(bytes), encoding: 'latin1' };
  }
}

/** The text behind the mark; half a unit at the end is left out. A `TextDecoder` would not keep units that are no characters. */
function textOf16(bytes: Uint8Array, little: boolean, from = 2): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units = new Uint16Array((bytes.length - from) >> 1);
  for (let at = 0; at < units.length; at++) units[at] = view.getUint16(from + 2 * at, little);
  return textOf(units);
}

/** Whether the beginning is text of two bytes each, most of them letters of ASCII, and no unit is one that text does not have. */
function looksLike16(bytes: Uint8Array, little: boolean): boolean {
  const length = Math.min(bytes.length, sniffed);
  if (bytes.length % 2 !== 0 || length < 8) return false;
  let plain = 0;
  for (let at = 0; at + 1 < length; at += 2) {
    const [low, high] = little ? [bytes[at]!, bytes[at + 1]!] : [bytes[at + 1]!, bytes[at]!];
    if (high !== 0) continue;
    if (low < 0x20 && low !== 0x09 && low !== 0x0a && low !== 0x0d) return false;
    plain++;
  }
  return plain * 2 > length * 0.75;
}

/** In parts, as there is a limit to how many arguments a call may have. */
function textOf(units: Uint8Array | Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += sniffed) text += String.fromCharCode(...units.subarray(at, at + sniffed));
  return text;
}

/** Whether the text of a document is one that would have been read from a disk: neither binary nor too large. */
export function isReadable(text: string): boolean {
  return text.length <= largestFile && !text.slice(0, sniffed).includes('\0');
}

/** The bytes of a text, as the file it came from spelled them. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'utf-8': return new TextEncoder().encode(text);
    case 'utf-8 with mark': return new TextEncoder().encode(`\ufeff${text}`);
    case 'utf-16le': return bytesOf16(`\ufeff${text}`, true);
    case 'utf-16be': return bytesOf16(`\ufeff${text}`, false);
    case 'utf-16le without mark': return bytesOf16(text, true);
    case 'utf-16be without mark': return bytesOf16(text, false);
    case 'latin1': {
      const bytes = new Uint8Array(text.length);
      for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
      return bytes;
    }
  }
}

function bytesOf16(text: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), little);
  return new Uint8Array(view.buffer);
}

/** Files that exist only in memory: for tests, and for text from standard input. */
export function filesInMemory(texts: ReadonlyMap<string, string | Uint8Array>): Files {
  return {
    *list(excluded, below, passed) {
      for (const path of [...texts.keys()].sort()) {
        if (!path.startsWith(below === undefined ? '' : `${below}/`)) continue;
        if (excluded(path)) passed?.(unread(path, 'left out'));
        else yield { path, link: false };
      }
    },
    holds: (path, excluded) => (texts.has(path) && !excluded(path) ? 'file' : undefined),
    read(path) {
      const content = texts.get(path);
      return content === undefined ? 'missing' : typeof content === 'string' ? { text: content, encoding: 'utf-8' } : decode(content);
    },
  };
}
