import { isStandIn } from '#concepts/secret.js';
import { known } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { communities, communityOf } from './access-lists.js';
import { says, within, type IosConfig, type Statement } from '#notations/ios.js';

type Kept = 'clear' | 'reversible' | 'weak hash' | 'default' | 'hashed' | 'referenced';

interface Found {
  readonly label: string;
  readonly what: string;
  /** Where the type digit, or the credential itself, stands among the words. */
  readonly at: number;
}

/** Every credential of the file and how it is kept. What it is appears nowhere. */
export function secrets(file: IosConfig): readonly { label: string; what: string; span: Span; kept: ReturnType<typeof known<Kept>> }[] {
  const open = new Set(communities(file));
  return file.children.flatMap((top) =>
    [top, ...within(top)].flatMap((statement) => {
      if (statement.negated || (says(statement, 'snmp-server', 'community') && !open.has(statement))) return [];
      const found = secretOf(statement, top);
      const kept = found && keptAs(statement.words, found.at, statement);
      return found && kept ? [{ label: found.label, what: found.what, span: statement.span, kept: known<Kept>(kept, statement.span) }] : [];
    }),
  );
}

/** The digit before a credential says how it is kept: 0 as it is, 7 turned back by any program, 4 and 5 guessed fast, 6, 8 and 9 as they should be. */
function keptAs(words: readonly string[], at: number, statement: Statement): Kept | undefined {
  const digit = /^\d$/.test(words[at] ?? '') && words[at + 1] !== undefined ? words[at] : undefined;
  const credential = words[digit === undefined ? at : at + 1];
  // A hash begins with a dollar sign, as a variable does.
  const hashed = digit !== undefined && /^\$\d\$/.test(credential ?? '');
  if (credential === undefined || (!hashed && isStandIn(credential)) || /<%|^\(/.test(credential)) return undefined;
  if (says(statement, 'snmp-server', 'community')) return /^(?:public|private)$/i.test(credential) ? 'default' : 'clear';
  if (digit === '7') return 'reversible';
  if (digit === '4' || digit === '5') return 'weak hash';
  if (digit === '8' || digit === '9') return 'hashed';
  return digit === '6' ? 'referenced' : digit === undefined || digit === '0' ? 'clear' : undefined;
}

function secretOf(statement: Statement, top: Statement): Found | undefined {
  const words = statement.words.map((word) => word.toLowerCase());
  const behind = (word: string, from = 1) => {
    const at = words.indexOf(word, from);
    return at < 0 ? undefined : at + 1;
  };
  const found = (label: string, what: string, at: number | undefined): Found | undefined => (at === undefined ? undefined : { label, what, at });
  switch (words[0]) {
    case 'username':
      return found(`The account ${statement.words[1]}`, 'its password', behind('password', 2) ?? behind('secret', 2));
    case 'enable': {
      const at = words[1] === 'password' || words[1] === 'secret' ? (words[2] === 'level' ? 4 : 2) : undefined;
      return found(`The enable ${words[1]}`, 'the password of the privileged mode', at);
    }
    case 'password':
      return words.length > 1 && top.words[0] === 'line' ? found(`The line ${top.words.slice(1).join(' ')}`, 'its password', 1) : undefined;
    case 'snmp-server':
      if (words[1] === 'community') return found(`SNMP${communityOf(statement).writes ? ' with write access' : ''}`, 'its community', 2);
      return words[1] === 'user' && words[2] !== undefined
        ? found(`The SNMP user ${statement.words[2]}`, 'its password', words.includes('encrypted') ? undefined : (behind('md5', 4) ?? behind('sha', 4)))
        : undefined;
    case 'tacacs-server':
    case 'radius-server':
      return found(`The ${words[0] === 'radius-server' ? 'RADIUS' : 'TACACS+'} server`, 'its shared key', behind('key'));
    case 'client':
      return top.words.slice(0, 4).join(' ').toLowerCase() === 'aaa server radius dynamic-author'
        ? found(`The log-in server ${statement.words[1]}`, 'its shared key', behind('server-key'))
        : undefined;
    case 'standby':
    case 'vrrp':
    case 'glbp':
      return top.words[0] === 'interface' ? found(`The gateway group on ${top.words.slice(1).join(' ')}`, 'its key', behind('key-string')) : undefined;
    case 'server-private':
      return found(`The log-in server ${statement.words[1]}`, 'its shared key', behind('key'));
    case 'key': {
      const server = /^(radius|tacacs) server /.exec(`${top.words.slice(0, 2).join(' ').toLowerCase()} `);
      return server && top !== statement
        ? found(`The ${server[1] === 'radius' ? 'RADIUS' : 'TACACS+'} server ${top.words[2]}`, 'its shared key', 1)
        : undefined;
    }
    case 'crypto':
      return words[1] === 'isakmp' && words[2] === 'key' ? found('The IKE peer', 'its shared key', 3) : undefined;
    case 'pre-shared-key': {
      if (top.words[0] !== 'crypto') return undefined;
      const key = behind('key');
      return found(
        `The keyring ${top.words.at(-1)}`,
        'a shared key',
        key ?? (words[1] === 'local' || words[1] === 'remote' ? 2 : words[1] === 'address' || words[1] === 'hostname' ? undefined : 1),
      );
    }
    case 'ntp':
      return words[1] === 'authentication-key' ? found('The time service', 'its key', words.at(-1) === '7' && words.length === 6 ? undefined : 4) : undefined;
    case 'neighbor':
      return found(`The routing neighbour ${statement.words[1]}`, 'its password', behind('password', 2));
    case 'ip':
      if (words[1] === 'ftp' && words[2] === 'password') return found('The FTP client', 'its password', 3);
      if (words[1] !== 'ospf') return undefined;
      return found(
        `The routing protocol on ${top.words.slice(1).join(' ')}`,
        'its key',
        behind('authentication-key') ?? (words[2] === 'message-digest-key' ? behind('md5') : undefined),
      );
    case 'key-string':
      return words.length > 1 && top.words[0] === 'key' ? found(`The key chain ${top.words[2]}`, 'a key', 1) : undefined;
    case 'wpa-psk':
      return found(`The radio network ${top.words.at(-1)}`, 'its shared key', 2);
    case 'ppp':
      return words[1] === 'chap' || words[1] === 'pap'
        ? found(`The dial-up link ${top.words.slice(1).join(' ')}`, 'its password', behind('password'))
        : undefined;
    default:
      return undefined;
  }
}
