/**
 * OpenSSL's cipher list, as openssl-ciphers(1) describes it: what nginx, PostgreSQL, Mosquitto and many more hand to
 * the library. Only the words that are known to be weak are judged; a word this module does not know is left alone.
 */

/** Parts of a cipher's or class's name that make it weak: no encryption, no authentication, or broken. */
const weakParts = new Set(['NULL', 'ENULL', 'ANULL', 'ADH', 'AECDH', 'EXP', 'EXPORT', 'EXPORT40', 'EXPORT56', 'EXP1024', 'LOW', 'MEDIUM', 'DES', '3DES', 'RC2',
  'RC4', 'MD5', 'SSLV2', 'COMPLEMENTOFALL', 'COMPLEMENTOFDEFAULT']);

/** The TLS 1.2 suites with forward secrecy and authenticated encryption; TLS 1.3 has its own list and needs none. NIST SP 800-52r2 section 3.3.1. */
export const strongCiphers = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305';

const wordsOf = (list: string): readonly string[] => list.split(/[:, ]+|(?=@)/).filter(Boolean);

/** What a word names: `ECDHE-RSA-RC4-SHA`, `RC4+RSA` and `DES-CBC3-SHA` in parts. */
const partsOf = (word: string): readonly string[] => {
  const parts = word.toUpperCase().split(/[-+_]/);
  return parts.includes('CBC3') ? [...parts.filter((part) => part !== 'DES'), '3DES'] : parts;
};

/** The words of a list that let a weak cipher in, as the list spells them. A word that a later or earlier `!` takes out again is none. */
export function weakIn(list: string): readonly string[] {
  const words = wordsOf(list);
  const out = new Set(words.filter((word) => word[0] === '!').map((word) => word.slice(1).toUpperCase()));
  const isOut = (word: string, part: string) => out.has(word.toUpperCase()) || out.has(part) || (part === 'ADH' && out.has('ANULL'))
    || (part === 'AECDH' && out.has('ANULL')) || (part === 'ENULL' && out.has('NULL')) || (part === 'NULL' && out.has('ENULL'));
  const weak = words.filter((word, at) => {
    if (word[0] === '!' || word[0] === '+') return false;
    // `-` takes out what stands before it; the words behind it may bring it back.
    if (word[0] === '-') return false;
    if (words.indexOf(`-${word}`, at) > at) return false;
    if (/^@SECLEVEL=0$/i.test(word)) return true;
    if (word[0] === '@') return false;
    if (word.toUpperCase() === 'ALL') return !(out.has('RC4') || out.has('MEDIUM')) || !(out.has('ANULL') || out.has('ADH'));
    if (word.toUpperCase() === 'MEDIUM') return !out.has('MEDIUM') && !out.has('RC4');
    return partsOf(word).some((part) => weakParts.has(part) && !isOut(word, part));
  });
  return [...new Set(weak)];
}

/** The list without its weak words; a strong list where nothing to offer would be left. */
export function strengthened(list: string): string {
  const weak = new Set(weakIn(list));
  const separator = /[:, ]/.exec(list)?.[0] ?? ':';
  const kept = wordsOf(list).filter((word) => !weak.has(word));
  return kept.some((word) => /^[A-Za-z0-9]/.test(word)) ? kept.join(separator) : strongCiphers;
}
