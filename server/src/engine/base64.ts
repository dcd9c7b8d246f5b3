const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map([...alphabet].map((char, value) => [char, value]));

/**
 * The bytes that base64 (RFC 4648, white space between) hides, one character each, so that ASCII reads as it is: at most those of the
 * first `most` characters. `undefined` where the text is no base64.
 */
export function decodeBase64(encoded: string, most = 4000): string | undefined {
  const clean = encoded.slice(0, 2 * most).replace(/\s+/g, '').slice(0, most);
  const end = clean.indexOf('=') < 0 ? clean.length : clean.indexOf('=');
  if (!/^={0,2}$/.test(clean.slice(end))) return undefined;
  let text = '';
  let bits = 0;
  let held = 0;
  for (let at = 0; at < end; at++) {
    const value = values.get(clean[at]!);
    if (value === undefined) return undefined;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) text += String.fromCharCode((held >> (bits -= 8)) & 255);
    held &= (1 << bits) - 1;
  }
  return text;
}
