import { withoutTail } from '#engine/text.js';
import { table } from '#engine/table.js';
/**
 * Lists of proposals for IKE and IPsec as strongSwan and Libreswan write them: `aes256-sha256-modp2048,3des-md5-modp1024!`,
 * `aes_gcm256-null;dh20`. Weak is what RFC 8247 and RFC 8221 rule out: single and triple DES and the other ciphers with 64-bit
 * blocks, MD5, encryption with `null`, groups below 2048 bits. HMAC with SHA-1 is not broken and NIST SP 800-131A allows it, so it is
 * left alone. A word this module does not know is left alone too.
 */
export interface ProposalsRead {
  /** Weak ciphers, hashes and `null` beside something stronger, as the list spells them. */
  readonly weakAlgorithms: readonly string[];
  readonly weakGroups: readonly string[];
  /** Whether some proposal encrypts. */
  readonly encrypts: boolean;
  /** Whether every proposal names a group, so that every renewal exchanges fresh keys. */
  readonly everyGroup: boolean;
  /** Whether nothing but the list is accepted (a trailing `!`). */
  readonly strict: boolean;
}

type Kind = 'encryption' | 'integrity' | 'prf' | 'group' | 'other';

interface Word {
  /** What stands in front of it: `-`, `;`, `+` or nothing. */
  readonly mark: string;
  readonly text: string;
  readonly kind: Kind;
  readonly weak: boolean;
  /** Encrypts nothing: `null` as a cipher, GMAC. */
  readonly idle: boolean;
}

const strong: Readonly<Record<Kind, string>> = table({ encryption: 'aes256', integrity: 'sha256', prf: 'prfsha256', group: 'modp2048', other: '' });

function kindOf(name: string): Kind {
  if (/^(?:modp|ecp|dh\d|curve|x25519|x448|ke\d|mlkem|frodo)/.test(name)) return 'group';
  if (/^prf/.test(name)) return 'prf';
  if (/^(?:hmac_)?(?:md5|sha|rmd|ripemd)|^(?:aes|camellia)_?(?:xcbc|cmac)/.test(name)) return 'integrity';
  return /^(?:null|3?des|aes|camellia|serpent|twofish|blowfish|cast|chacha|rc\d|idea)/.test(name) ? 'encryption' : 'other';
}

const isWeak = (name: string) => /^(?:3?des(?:_cbc)?|blowfish\d*|cast[\w]*|rc[245]\w*|idea\w*|(?:hmac_|prf)?md5\w*)$/.test(name)
  || /^(?:modp(?:768|1024|1536|1024s160|null)|ecp192|dh(?:1|2|5|22|25))$/.test(name);

function proposalsOf(list: string): readonly (readonly Word[])[] {
  return list.replace(/!\s*$/, '').split(',').map((part) => {
    const names = [...part.trim().matchAll(/([-;+]?)([^-;+\s]+)/g)].map(([, mark, text]) => ({ mark: mark!, text: text!, name: text!.toLowerCase() }));
    const combined = names.some(({ name }) => /gcm|ccm|chacha/.test(name));
    return names.map(({ mark, text, name }, at): Word => {
      // Behind a cipher that authenticates by itself, `null` says that no other integrity is needed.
      const idle = (name === 'null' && (at === 0 || !combined)) || /gmac/.test(name);
      return { mark, text, kind: name === 'null' && !idle ? 'other' : kindOf(name), weak: isWeak(name), idle };
    });
  }).filter((words) => words.length > 0);
}

/** Reads a list. */
export function readProposals(list: string): ProposalsRead {
  const all = proposalsOf(list);
  const words = all.flat();
  const encrypts = all.length === 0 || all.some((proposal) => proposal.some(({ kind, idle }) => (kind === 'encryption' || kind === 'other') && !idle));
  const once = (found: readonly Word[]) => [...new Set(found.map(({ text }) => text))];
  return {
    weakAlgorithms: once(words.filter(({ kind, weak, idle }) => kind !== 'group' && (weak || (idle && encrypts)))),
    weakGroups: once(words.filter(({ kind, weak }) => kind === 'group' && weak)),
    encrypts,
    everyGroup: all.every((proposal) => proposal.some(({ kind, text }) => kind === 'group' || text.toLowerCase() === 'default')),
    strict: /!\s*$/.test(list),
  };
}

/** The list with weak ciphers and hashes taken out, or replaced where nothing of their kind would be left in a proposal. */
export function withStrongAlgorithms(list: string): string {
  const written = rewritten(list, ({ kind, weak, idle }) => kind !== 'group' && (weak || idle));
  // Proposals of groups alone name no cipher that could be replaced.
  return readProposals(written).encrypts ? written : written.split(',').map((proposal) => `${strong.encryption}-${proposal}`).join(',');
}

/** The list without groups below 2048 bits. */
export function withStrongGroups(list: string): string {
  return rewritten(list, ({ kind, weak }) => kind === 'group' && weak);
}

/** The list with a group in every proposal. */
export function withGroups(list: string): string {
  const { strict } = readProposals(list);
  return proposalsOf(list).map((proposal) => spelled(proposal) + (proposal.some(({ kind, text }) => kind === 'group' || text.toLowerCase() === 'default') ? '' : `-${strong.group}`))
    .join(',') + (strict ? '!' : '');
}

function rewritten(list: string, bad: (word: Word) => boolean): string {
  const proposals = proposalsOf(list).map((proposal) => {
    const kept: Word[] = [];
    for (const word of proposal) {
      if (!bad(word)) kept.push(word);
      else if (!proposal.some((other) => other.kind === word.kind && !bad(other)) && !kept.some(({ kind }) => kind === word.kind)) kept.push({ ...word, text: strong[word.kind] });
    }
    return spelled(kept);
  });
  return [...new Set(proposals)].join(',') + (readProposals(list).strict ? '!' : '');
}

const spelled = (words: readonly Word[]) => words.map(({ mark, text }, at) => (at === 0 ? '' : mark === '' ? '-' : mark) + text).join('');

/** The most that can be in a shared key of this length, in bits: 4 for a hexadecimal digit, 6 for one of Base64, 6.57 for one that can be typed. */
export function mostBits(key: string): number {
  return /^0x[0-9a-f]+$/i.test(key) ? (key.length - 2) * 4 : key.startsWith('0s') ? (withoutTail(key, '=').length - 2) * 6 : key.length * 6.57;
}
