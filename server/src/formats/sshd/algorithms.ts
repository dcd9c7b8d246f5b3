import { known, type Setting } from '#engine/setting.js';
import { removal } from '#notations/directives.js';
import { filledIn, statement, type Scope } from './reading.js';

/** Names of algorithms that are too weak, and what to write where nothing else would be left. */
export interface Weakness {
  readonly weak: RegExp;
  readonly strong: string;
}

/** CBC modes leak plain text to one who alters packets; the others are broken outright. */
export const ciphers: Weakness = {
  weak: /^(?:.+-cbc|rijndael-cbc@lysator\.liu\.se|arcfour\d*|des|none)$/,
  strong: 'chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr',
};

/** Broken hashes, and tags of 96 or 64 bits. */
export const macs: Weakness = {
  weak: /^(?:hmac-md5.*|hmac-sha1-96.*|hmac-ripemd.*|umac-64.*)$/,
  strong: 'hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512,hmac-sha2-256',
};

/** Groups of 1024 bits, and key exchange under SHA-1. */
export const keyExchanges: Weakness = {
  weak: /^(?:diffie-hellman-group(?:1|14|-exchange)-sha1|rsa1024-sha1|gss-(?:gex|group1|group14)-sha1-.*)$/,
  strong: 'sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,diffie-hellman-group16-sha512,diffie-hellman-group-exchange-sha256',
};

/** Signatures under SHA-1, and DSA. */
export const signatures: Weakness = {
  weak: /^(?:ssh-rsa|ssh-dss)(?:-cert-v0[01]@openssh\.com)?$/,
  strong: 'ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256',
};

/**
 * The weak algorithms a statement accepts, as it spells them. `+` and `^` add to the default list and `-` takes away
 * from it, so that only what the line itself names is judged. Writing leaves the strong ones; a line that adds nothing
 * but weak ones goes.
 */
export function weakIn(scope: Scope, names: readonly [string, ...string[]], { weak, strong }: Weakness): Setting<readonly string[]> | undefined {
  const found = statement(scope, ...names);
  if (!found) return filledIn(scope, names);
  const { directive, place } = found;
  const prefix = /^[+^-]/.exec(place.raw!)?.[0] ?? '';
  const listed = place.raw!.slice(prefix.length).split(',').map((name) => name.trim()).filter(Boolean);
  const bad = prefix === '-' ? [] : listed.filter((name) => weak.test(name));
  return known<readonly string[]>(bad, directive.span, () => {
    const left = listed.filter((name) => !bad.includes(name));
    if (left.length > 0) return place.write(prefix + left.join(','));
    // Without the line the next one of its name would count.
    const isLast = scope.section.directives.every(({ name }, i, all) => name !== directive.name || all[i] === directive);
    return prefix === '' || !isLast ? place.write(strong) : [removal(scope.analysis.text, directive.span)];
  });
}
