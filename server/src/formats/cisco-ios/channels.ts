import { oneOf } from '#engine/codec.js';
import { known, stated, translate, type Known, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import type { TlsVersion } from '#concepts/channel.js';
import { all, has, last, negation, removal, replacement, slot, within, wordSpan, type IosConfig, type Statement } from '#notations/ios.js';
import { communities } from './access-lists.js';
import { openLines, transports } from './lines.js';

type Protection = 'none' | 'opportunistic' | 'encrypted';

interface Way {
  readonly label: string;
  readonly span: Span;
  readonly role: 'listens' | 'connects';
  readonly protocol: string;
  readonly port?: number | undefined;
  readonly address?: string | undefined;
  readonly protection?: Setting<Protection>;
  readonly leastVersion?: Setting<TlsVersion> | undefined;
  readonly weakCiphers?: Setting<readonly string[]> | undefined;
}

/** Every way in and out that the file states: terminal, web, SNMP, SSH, file transfer, radio. */
export function channels(file: IosConfig): readonly Way[] {
  return [...terminals(file), ...web(file), ...snmp(file), ...ssh(file), ...transfers(file), ...radios(file)];
}

const inClear = (statement: Statement, edits: () => readonly Edit[] = () => [], remedy?: string): Known<Protection> => ({
  ...known<Protection>('none', statement.span, edits), ...(remedy !== undefined && { remedy }),
});

/** `transport input`: SSH encrypts; telnet, rlogin, pad, udptn, and `all`, which holds them, do not. */
function terminals(file: IosConfig): readonly Way[] {
  return openLines(file).flatMap(({ statement, name }): Way[] => {
    const input = last(statement, 'transport input');
    const protocols = transports(statement);
    if (!input || !protocols) return [];
    const clear = protocols.some((protocol) => ['all', 'telnet', 'rlogin', 'pad', 'udptn', 'lat', 'mop', 'nasi', 'v120', 'lapb-ta'].includes(protocol));
    if (!clear && !protocols.includes('ssh')) return [];
    const protection = known<Protection>(clear ? 'none' : 'encrypted', input.span, (wanted) =>
      wanted === 'encrypted' ? slot(file, statement, 'transport input').write('ssh') : [],
    );
    return [{ label: `The terminal line ${name}`, span: input.span, role: 'listens', protocol: clear ? 'telnet' : 'ssh', port: clear ? 23 : 22, protection }];
  });
}

function web(file: IosConfig): readonly Way[] {
  const port = (phrase: string, usual: number) => Number(last(file, phrase)?.words.at(-1)) || usual;
  const plain = last(file, 'ip http server');
  const secure = last(file, 'ip http secure-server');
  const ways: Way[] = [];
  // Without session modules the server answers no management request and only sends guests to a log-in page.
  const redirects = last(file, 'ip http active-session-modules')?.words[3] === 'none';
  if (plain && !plain.negated && !redirects) {
    ways.push({
      label: `The web interface on port ${port('ip http port', 80)}`,
      span: plain.span,
      role: 'listens',
      protocol: 'http',
      port: port('ip http port', 80),
      protection: inClear(plain, () => [negation(plain)], 'Switch the web server without TLS off'),
    });
  }
  if (secure && !secure.negated) {
    const suites = last(file, 'ip http secure-ciphersuite');
    const weak = (word: string) => /rc4|des-|3des|md5|null/i.test(word);
    ways.push({
      label: `The web interface on port ${port('ip http secure-port', 443)}`,
      span: secure.span,
      role: 'listens',
      protocol: 'https',
      port: port('ip http secure-port', 443),
      protection: known<Protection>('encrypted', secure.span),
      leastVersion: leastVersion(file),
      weakCiphers: suites && !suites.negated ? listed(suites, 3, weak, 'rsa-aes-gcm-sha2') : undefined,
    });
  }
  return ways;
}

/** `ip http tls-version` names the one version that is spoken. */
function leastVersion(file: IosConfig): Setting<TlsVersion> | undefined {
  const version = stated(slot(file, file, 'ip http tls-version'), oneOf('TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'));
  return (
    version &&
    translate<'TLSv1.0' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3', TlsVersion>(
      version,
      (word) => word.slice(4) as TlsVersion,
      (wanted) => (wanted === '1.3' ? 'TLSv1.3' : 'TLSv1.2'),
    )
  );
}

/** The weak words of a list, and the edit that drops them: the rest stays, or one strong word where nothing would. */
function listed(statement: Statement, from: number, weak: (word: string) => boolean, strong: string): Known<readonly string[]> {
  const words = statement.words.slice(from);
  return known<readonly string[]>(words.filter(weak), statement.span, () => {
    const rest = words.filter((word) => !weak(word));
    return [replacement(statement, [...statement.words.slice(0, from), ...(rest.length > 0 ? rest : [strong])].join(' '))];
  });
}

function ssh(file: IosConfig): readonly Way[] {
  const strong: Readonly<Record<string, string>> = table({ encryption: 'aes256-ctr', mac: 'hmac-sha2-256', kex: 'ecdh-sha2-nistp256' });
  const weak = (word: string) => /-cbc$|^arcfour|^hmac-(?:md5|sha1)(?:-|$)|-sha1$/i.test(word);
  return (['server', 'client'] as const).flatMap((end) =>
    all(file, `ip ssh ${end} algorithm`).flatMap((statement): Way[] => {
      const kind = strong[statement.words[4]?.toLowerCase() ?? ''];
      if (!kind) return [];
      return [
        {
          label: `The SSH ${end}`,
          span: statement.span,
          role: end === 'server' ? 'listens' : 'connects',
          protocol: 'ssh',
          port: 22,
          weakCiphers: listed(statement, 5, weak, kind),
        },
      ];
    }),
  );
}

/** SNMP 1 and 2c send the community and all data in clear; version 3 encrypts at the level `priv` alone. */
function snmp(file: IosConfig): readonly Way[] {
  const priv = (statement: Statement, at: number): Known<Protection> => {
    const level = statement.words[at]?.toLowerCase();
    return known<Protection>(level === 'priv' ? 'encrypted' : 'none', statement.span, () =>
      level === 'auth' || level === 'noauth' ? [{ ...wordSpan(file, statement, at), text: 'priv' }] : [],
    );
  };
  const open = new Set(communities(file));
  return all(file, 'snmp-server').flatMap((statement): Way[] => {
    const { words, span } = statement;
    const common = { span, protocol: 'snmp', role: 'listens' as const, port: 161 };
    const version = words[4]?.toLowerCase();
    switch (words[1]?.toLowerCase()) {
      case 'community':
        return open.has(statement) ? [{ ...common, label: 'SNMP with a community', protection: inClear(statement) }] : [];
      case 'group': {
        const at = words.findIndex((word) => word.toLowerCase() === 'v3');
        return at < 0
          ? [{ ...common, label: `The SNMP group ${words[2]}`, protection: inClear(statement) }]
          : [{ ...common, label: `The SNMP group ${words[2]}`, protection: priv(statement, at + 1) }];
      }
      case 'user': {
        const at = words.findIndex((word) => word.toLowerCase() === 'auth');
        const used = at < 0 ? [] : words.slice(at).flatMap((word, i, rest) => (/^(?:auth|priv)$/i.test(word) ? [rest[i + 1]?.toLowerCase() ?? ''] : []));
        return version === undefined || at < 0
          ? []
          : [
              {
                ...common,
                label: `The SNMP user ${words[2]}`,
                weakCiphers: known<readonly string[]>(
                  used.filter((word) => word === 'md5' || word === 'des' || word === '3des'),
                  span,
                ),
              },
            ];
      }
      case 'host': {
        const at = words.findIndex((word) => word.toLowerCase() === 'version');
        const host = { ...common, role: 'connects' as const, port: 162, address: words[2], label: `SNMP to ${words[2]}` };
        return at >= 0 && words[at + 1] === '3' ? [{ ...host, protection: priv(statement, at + 2) }] : [{ ...host, protection: inClear(statement) }];
      }
      default:
        return [];
    }
  });
}

/** TFTP and FTP, as server and as the place configurations are copied to or started from. */
function transfers(file: IosConfig): readonly Way[] {
  const served = all(file, 'tftp-server').map(
    (statement): Way => ({
      label: 'The TFTP server',
      span: statement.span,
      role: 'listens',
      protocol: 'tftp',
      port: 69,
      protection: inClear(statement, () => [removal(statement)], 'Serve no files over TFTP'),
    }),
  );
  const copied = file.children.flatMap((top) =>
    top.negated
      ? []
      : top.words[0] === 'archive'
        ? within(top).filter(({ words, negated }) => !negated && words[0] === 'path')
        : top.words[0] === 'boot'
          ? [top]
          : [],
  );
  const fetched = copied.flatMap((statement): Way[] => {
    const url = /(?:^|\s)((?:tftp|ftp|http|rcp):\/*[^\s]*)|^boot (?:system|network|host) (tftp|ftp|rcp) /i.exec(statement.words.join(' '));
    if (!url) return [];
    const protocol = (url[2] ?? url[1]!.split(':')[0]!).toLowerCase();
    return [
      {
        label: `${statement.words[0] === 'path' ? 'The copy of the configuration' : 'The start'} by ${protocol.toUpperCase()}`,
        span: statement.span,
        role: 'connects',
        protocol,
        protection: inClear(statement),
      },
    ];
  });
  const rsh = all(file, 'ip rcmd')
    .filter(({ words }) => words[2] === 'rsh-enable' || words[2] === 'rcp-enable')
    .map(
      (statement): Way => ({
        label: `The ${statement.words[2] === 'rsh-enable' ? 'remote shell' : 'remote copy'} server`,
        span: statement.span,
        role: 'listens',
        protocol: statement.words[2]!.slice(0, 3),
        port: 514,
        protection: inClear(statement, () => [negation(statement)], 'Switch rsh and rcp off'),
      }),
    );
  return [...served, ...fetched, ...rsh];
}

/** Radio networks: WEP and TKIP are broken, and a network without a key is open. */
function radios(file: IosConfig): readonly Way[] {
  return file.children.flatMap((top): Way[] => {
    if (top.negated) return [];
    if (top.words[0] === 'wlan') {
      const security = last(top, 'security wpa');
      const older = [...all(top, 'security wpa wpa1'), ...all(top, 'security wpa wpa2 ciphers tkip'), ...all(top, 'security static-wep-key')];
      return [
        ...(security && security.negated && security.words.length === 2 && !has(top, 'security web-auth')
          ? [{ label: `The radio network ${top.words[1]}`, span: security.span, role: 'listens' as const, protocol: 'wi-fi', protection: inClear(security) }]
          : []),
        ...older.map((statement) => ({
          label: `The radio network ${top.words[1]}`,
          span: statement.span,
          role: 'listens' as const,
          protocol: 'wi-fi',
          weakCiphers: known<readonly string[]>([statement.words.slice(1).join(' ')], statement.span),
        })),
      ];
    }
    if (top.words[0] !== 'interface' || !/^Dot11Radio/i.test(top.words[1] ?? '')) return [];
    return all(top, 'encryption').flatMap((statement): Way[] => {
      const at = statement.words.findIndex((word) => word.toLowerCase() === 'mode');
      if (at < 0) return [];
      const ciphers = statement.words.slice(at + 1);
      const weak = ciphers.filter((word) => /^(?:wep\S*|tkip|ckip\S*)$/i.test(word));
      const strong = ciphers.filter((word) => /^aes/i.test(word));
      const write = () => [replacement(statement, [...statement.words.slice(0, at + 1), 'ciphers', ...(strong.length > 0 ? strong : ['aes-ccm'])].join(' '))];
      return [
        {
          label: `The radio ${top.words[1]}`,
          span: statement.span,
          role: 'listens',
          protocol: 'wi-fi',
          weakCiphers: known<readonly string[]>(weak, statement.span, write),
        },
      ];
    });
  });
}
