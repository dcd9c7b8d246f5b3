import { isEveryAddress, isEveryone } from '#concepts/network-names.js';
import type { TunnelFact } from '#concepts/tunnel.js';
import { list } from '#engine/codec.js';
import { documented, inReleases, type Changed } from '#engine/release.js';
import { known, setting, translate, undetermined, type Known, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Edit } from '#engine/text.js';
import { all, has, insertion, last, replacement, slot, within, type IosConfig, type Statement } from '#notations/ios.js';
import { release, whole } from './device.js';

/** IKE policies and proposals, IPsec transforms and maps, dial-in groups and tunnel interfaces. */
export function tunnels(file: IosConfig): readonly TunnelFact[] {
  return [...ikeOne(file), ...ikeTwo(file), ...transforms(file), ...maps(file), ...dialIn(file), ...plain(file), ...keys(file)];
}

const weakCipher = (word: string) => /^(?:des|3des)$/i.test(word);
const weakGroup = (word: string) => /^(?:1|2|5)$/.test(word);

/** What a policy without the line uses: the weakest there is, up to release 15. Later releases are not documented alike. */
const cipherLeftOut: Changed<readonly string[]> = { product: 'Cisco IOS', page: 'encryption (IKE policy)', values: [['12.2', ['des']], ['16.1', undefined]], to: '17.15' };
const groupLeftOut: Changed<readonly string[]> = { product: 'Cisco IOS', page: 'group (IKE policy)', values: [['12.2', ['1']], ['16.1', undefined]], to: '17.15' };

/**
 * `crypto isakmp policy`: what is left out is DES and group 1 up to release 15 (Cisco IOS Security Command Reference).
 */
function ikeOne(file: IosConfig): readonly TunnelFact[] {
  const policies = all(file, 'crypto isakmp policy').filter(({ children }) => children.length > 0);
  return [
    ...policies.map((policy, i): TunnelFact => {
      const cipher = last(policy, 'encryption') ?? last(policy, 'encr');
      const hash = last(policy, 'hash');
      const group = last(policy, 'group');
      const weakHash = hash && hash.words[1]?.toLowerCase() === 'md5' ? ['md5'] : [];
      const fix = () => [
        ...(cipher
          ? weakCipher(cipher.words[1] ?? '')
            ? [replacement(cipher, `${cipher.words[0]} aes 256`)]
            : []
          : insertion(file, policy, 'encryption aes 256')),
        ...(weakHash.length > 0 ? [replacement(hash!, 'hash sha256')] : []),
      ];
      const weak = [...(cipher ? [cipher.words[1] ?? ''].filter(weakCipher) : ['des']), ...weakHash];
      const algorithms: Setting<readonly string[]> =
        cipher
          ? known<readonly string[]>(weak, (weakCipher(cipher.words[1] ?? '') ? cipher : weakHash.length > 0 ? hash! : cipher).span, fix)
          : translate(leftOut(file, policy, cipherLeftOut, 'encryption aes 256', fix), (ciphers) => [...ciphers, ...weakHash], (all) => all);
      const strong = () => slot(file, policy, 'group').write('14');
      const groups: Setting<readonly string[]> = group
        ? known<readonly string[]>(group.words.slice(1).filter(weakGroup), group.span, strong)
        : leftOut(file, policy, groupLeftOut, 'group 14', strong);
      return {
        label: `The IKE policy ${policy.words[3]}`,
        span: policy.span,
        kind: 'ipsec',
        weakAlgorithms: algorithms,
        weakGroups: groups,
        // One finding says it for all policies.
        ...(i === 0 && { ikeVersion: known<1 | 2>(1, policy.span) }),
      };
    }),
    ...within(file)
      .filter((statement) => !statement.negated && /^(?:initiate mode aggressive|set aggressive-mode )/i.test(`${statement.words.join(' ')} `))
      .map(
        (statement): TunnelFact => ({
          label: 'The IKE peer',
          span: statement.span,
          kind: 'ipsec',
          authentication: known<'aggressive shared key'>('aggressive shared key', statement.span) as Known<
            'none' | 'shared key' | 'aggressive shared key' | 'password' | 'certificate'
          >,
        }),
      ),
  ];
}

/** `crypto ikev2 proposal`: lists, of which every word is accepted. */
/** What a policy does without one of its lines, in the release that printed the file; `line` would settle it. */
function leftOut(file: IosConfig, { span }: Statement, changed: Changed<readonly string[]>, line: string, write: () => readonly Edit[]): Setting<readonly string[]> {
  const absent = inReleases(changed, release(file), `write \`${line}\``);
  return setting({ span, write }, list(' '), absent);
}

function ikeTwo(file: IosConfig): readonly TunnelFact[] {
  return all(file, 'crypto ikev2 proposal')
    .filter(({ children }) => children.length > 0)
    .map((proposal): TunnelFact => {
      const drop = (statement: Statement | undefined, weak: (word: string) => boolean, strong: string) => {
        const words = statement?.words.slice(1) ?? [];
        const rest = words.filter((word) => !weak(word));
        return statement && rest.length < words.length ? [replacement(statement, [statement.words[0], ...(rest.length > 0 ? rest : [strong])].join(' '))] : [];
      };
      const [cipher, hash, group] = [last(proposal, 'encryption'), last(proposal, 'integrity'), last(proposal, 'group')];
      const weakHash = (word: string) => /^md5$/i.test(word);
      const weak = [...(cipher?.words.slice(1).filter(weakCipher) ?? []), ...(hash?.words.slice(1).filter(weakHash) ?? [])];
      const place = cipher?.words.slice(1).some(weakCipher) ? cipher : hash?.words.slice(1).some(weakHash) ? hash : cipher;
      return {
        label: `The IKEv2 proposal ${proposal.words[3]}`,
        span: proposal.span,
        kind: 'ipsec',
        ikeVersion: known<1 | 2>(2, proposal.span),
        ...(place && {
          weakAlgorithms: known<readonly string[]>(weak, place.span, () => [...drop(cipher, weakCipher, 'aes-cbc-256'), ...drop(hash, weakHash, 'sha256')]),
        }),
        ...(group && { weakGroups: known<readonly string[]>(group.words.slice(1).filter(weakGroup), group.span, () => drop(group, weakGroup, '14')) }),
      };
    });
}

/** `crypto ipsec transform-set NAME esp-… `: a set without an ESP cipher, or with `esp-null`, proves where data comes from and hides nothing. */
function transforms(file: IosConfig): readonly TunnelFact[] {
  return all(file, 'crypto ipsec transform-set')
    .filter(({ words }) => words.length > 4)
    .map((statement): TunnelFact => {
      const words = statement.words.slice(4).map((word) => word.toLowerCase());
      const cipher = words.some((word) => /^esp-(?:des|3des|seal|aes|gcm|gmac)/.test(word));
      const hidden = cipher && !words.includes('esp-null') && !words.some((word) => word === 'esp-gmac');
      const weak = words.filter((word) => /^esp-(?:des|3des)$|-md5-hmac$/.test(word));
      const strong: Readonly<Record<string, string>> = table({
        'esp-des': 'esp-aes 256',
        'esp-3des': 'esp-aes 256',
        'esp-md5-hmac': 'esp-sha256-hmac',
        'ah-md5-hmac': 'ah-sha256-hmac',
        'esp-null': 'esp-aes 256',
      });
      const write = () => [replacement(statement, statement.words.map((word, i) => (i < 4 ? word : (strong[word.toLowerCase()] ?? word))).join(' '))];
      return {
        label: `The transform set ${statement.words[3]}`,
        span: statement.span,
        kind: 'ipsec',
        encrypted: known(hidden, statement.span, () => (words.includes('esp-null') ? write() : [])),
        weakAlgorithms: known<readonly string[]>(weak, statement.span, write),
      };
    });
}

/** `set pfs` in a crypto map or profile; without it keys are not renewed independently (Cisco IOS Security Command Reference, "set pfs"). */
function maps(file: IosConfig): readonly TunnelFact[] {
  const entries = [...all(file, 'crypto map').filter(({ words }) => words.includes('ipsec-isakmp')), ...all(file, 'crypto ipsec profile')];
  return entries
    .filter((entry) => has(entry, 'set transform-set'))
    .map((entry): TunnelFact => {
      const pfs = last(entry, 'set pfs');
      const on = pfs !== undefined && !pfs.negated;
      const group = /^group(\d+)$/i.exec(pfs?.words[2] ?? '')?.[1];
      const write = () => (pfs ? [replacement(pfs, 'set pfs group14')] : insertion(file, entry, 'set pfs group14'));
      return {
        label: `The crypto ${entry.words[1] === 'map' ? `map ${entry.words.slice(2, 4).join(' ')}` : `profile ${entry.words[3]}`}`,
        span: entry.span,
        kind: 'ipsec',
        forwardSecrecy: on ? known(true, pfs!.span) : { kind: 'default', value: false, span: entry.span, source: documented('Cisco IOS', '12.2 to 17.15', 'set pfs'), write },
        ...(on && group !== undefined && { weakGroups: known<readonly string[]>(weakGroup(group) ? [group] : [], pfs!.span, write) }),
      };
    });
}

/** PPTP's encryption is broken and L2TP has none of its own; IPsec around L2TP would be stated in the same file. */
function dialIn(file: IosConfig): readonly TunnelFact[] {
  return all(file, 'vpdn-group').flatMap((group) =>
    within(group).flatMap((statement): TunnelFact[] => {
      const kind = statement.negated || statement.words[0] !== 'protocol' ? undefined : statement.words[1]?.toLowerCase();
      if (kind !== 'pptp' && kind !== 'l2tp') return [];
      const wrapped = kind === 'l2tp' && usesIpsec(file);
      const encrypted =
        wrapped || (kind === 'l2tp' && !whole(file))
          ? undetermined(statement.span, 'whether an IPsec policy covers it depends on the addresses of the callers')
          : known(false, statement.span);
      return [{ label: `The dial-in group ${group.words.slice(1).join(' ')} (${kind.toUpperCase()})`, span: statement.span, kind, encrypted }];
    }),
  );
}

/**
 * A tunnel interface is GRE or IP-in-IP where it says nothing else; only IPsec around it encrypts, by a profile of its own or by a map on
 * the interface it leaves through.
 */
function plain(file: IosConfig): readonly TunnelFact[] {
  if (!whole(file)) return [];
  const interfaces = all(file, 'interface');
  const mapped = interfaces.some((statement) => has(statement, 'crypto map'));
  return interfaces.flatMap((statement): TunnelFact[] => {
    const name = statement.words.slice(1).join(' ');
    const mode = last(statement, 'tunnel mode');
    const kind = mode?.words[2]?.toLowerCase() ?? 'gre';
    const destination = last(statement, 'tunnel destination')?.words[2];
    const carries = destination !== undefined || mode?.words[3]?.toLowerCase() === 'multipoint';
    const protects = has(statement, 'shutdown') || has(statement, 'tunnel protection') || (kind !== 'gre' && kind !== 'ipip');
    if (!/^tunnel\s?\d/i.test(name) || !carries || protects) return [];
    const { span } = statement;
    const encrypted = mapped ? undetermined(span, 'a crypto map of another interface may cover it: the access list of the map decides') : known(false, span);
    return [{ label: `The tunnel interface ${name}`, span, kind: 'other', ...(destination !== undefined && { address: destination }), encrypted }];
  });
}

function usesIpsec(file: IosConfig): boolean {
  return file.children.some(
    ({ words, negated }) =>
      !negated &&
      words[0] === 'crypto' &&
      (words[1] === 'map' || words[1] === 'ipsec' || words[1] === 'dynamic-map' || words[1] === 'isakmp' || words[1] === 'ikev2' || words[1] === 'gdoi'),
  );
}

/** Shared keys and whom they are for: `crypto isakmp key … address 0.0.0.0` is one for every address. */
function keys(file: IosConfig): readonly TunnelFact[] {
  const fact = (label: string, { span, words }: Statement): TunnelFact => {
    const end = words[words.findIndex((word) => word.toLowerCase() === 'address') + 1] ?? '';
    return { label, span, kind: 'ipsec', sharedKeyForAnyone: known(isEveryAddress(end) || isEveryone(end), span) };
  };
  return [
    ...all(file, 'crypto isakmp key').map((statement) => fact('IKE', statement)),
    ...all(file, 'crypto keyring').flatMap(({ children }) =>
      children.filter(({ words }) => words[0] === 'pre-shared-key').map((statement) => fact('IKE', statement))),
    ...all(file, 'crypto ikev2 keyring').flatMap((ring) =>
      all(ring, 'peer').flatMap((peer) => all(peer, 'address').map((statement) => fact(`The IKEv2 peer ${peer.words[1] ?? ''}`.trim(), statement)))),
  ];
}
