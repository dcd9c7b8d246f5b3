/** The bits of an address, one character each: 32 for IPv4 and 128 for IPv6 (RFC 4291); `undefined` for a name and for what is no address. */
export function addressBits(text: string): string | undefined {
  const four = /(?:^|:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text)?.[1];
  if (four === undefined) return text.includes('.') ? undefined : sixBits(text);
  const octets = four.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  const bits = octets.map((octet) => inBits(octet, 8)).join('');
  if (four === text) return bits;
  // An IPv4 address at the end stands for the last two groups.
  return sixBits(`${text.slice(0, -four.length)}0:0`)?.slice(0, 96).concat(bits);
}

function sixBits(text: string): string | undefined {
  if (!/^[\da-f:]{2,39}$/i.test(text) || !text.includes(':')) return undefined;
  const [head, tail, more] = text.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const missing = 8 - head!.length - (tail?.length ?? 0);
  if (more || (tail ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head!, ...Array<string>(missing).fill('0'), ...tail ?? []];
  return groups.every((group) => /^.{1,4}$/.test(group)) ? groups.map((group) => inBits(Number.parseInt(group, 16), 16)).join('') : undefined;
}

const inBits = (value: number, width: number) => value.toString(2).padStart(width, '0');
