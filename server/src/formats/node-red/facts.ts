import type { LoginFields } from '#concepts/login.js';
import { isCredential, isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import { yesNo } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import { fallbackIn, firstLine, literalAt, memberAt, membersBelow, nearestTo, obscuredAt, put, slot, type Exported, type Literal, type Member } from '#notations/object-literal.js';
import { isNothing, reachOf, source } from './ends.js';

type LoginFact = Fact & Fields<LoginFields>;
type SecretFact = Fact & SecretUse & Fields<SecretFields>;

export const trueFalse = yesNo(['true'], ['false']);

/** The hash of the word `password`, which the shipped settings and the manual use as their example. */
const shippedHash = '$2a$08$zZWtXTja0fB1pzD4sHCMyOCMYz2Z6dNbM6tl8sJogENOMcxWV9DN.';

/** Who may open the editor, the pages of the flows, and the files beside them. */
export function logins(file: Exported): readonly LoginFact[] {
  const reach = reachOf(file);
  if (!file.root || (reach.kind !== 'undetermined' && reach.value === 'loopback')) return origins(file);
  return [...editor(file), ...pages(file), ...files(file), ...origins(file)];
}

/** Which web sites may use the pages of the flows, where the file says so. The browser may be one of this machine. */
function origins(file: Exported): readonly LoginFact[] {
  return ['httpNodeCors', 'httpStaticCors'].flatMap((name): readonly LoginFact[] => {
    const member = memberAt(file, [name, 'origin']);
    if (!member) return [];
    const span = firstLine(file, member);
    const { value } = member;
    const any = (one: Literal) => one.kind === 'string' && one.raw === '*';
    return [{
      label: 'The web server of the flows', span,
      anySite: value.kind === 'expression' ? undetermined(span, 'an expression decides it')
        : known(any(value) || (value.kind === 'word' && value.raw === 'true') || (value.kind === 'array' && value.items.some(any)), span),
    }];
  });
}

function editor(file: Exported): readonly LoginFact[] {
  const root = literalAt(file, ['httpAdminRoot']);
  if (root?.kind === 'word' && root.raw === 'false') return [];
  const label = 'The Node-RED editor';
  const member = memberAt(file, ['adminAuth']);
  const span = member ? firstLine(file, member) : nearestTo(file, ['adminAuth']);
  const because = obscuredAt(file, ['adminAuth']);
  if (because !== undefined) return [{ label, span, anonymous: undetermined(span, because) }];
  if (!member) return [{ label, span, anonymous: { kind: 'default', value: true, span, source, write: () => [] } }];
  const guest = memberAt(file, ['adminAuth', 'default']);
  const open: Setting<boolean> = guest ? known(!isNothing(guest.value), firstLine(file, guest)) : known(isNothing(member.value), span);
  const shipped = users(file).find(({ value }) => value.kind === 'string' && value.raw === shippedHash);
  return [{ label, span, anonymous: open, defaultCredential: known(shipped !== undefined, shipped ? firstLine(file, shipped) : span) }];
}

/** The passwords of the people who may sign in. */
function users(file: Exported): readonly Member[] {
  const list = literalAt(file, ['adminAuth', 'users']);
  const items: readonly Literal[] = list?.kind === 'array' ? list.items : [];
  return items.flatMap((item) => (item.kind === 'object' ? item.members.filter(({ name }) => name === 'password') : []));
}

function pages(file: Exported): readonly LoginFact[] {
  const label = 'The pages of the flows';
  const member = memberAt(file, ['httpNodeAuth']);
  const root = literalAt(file, ['httpNodeRoot']);
  if (root?.kind === 'word' && root.raw === 'false') return [];
  const span = member ? firstLine(file, member) : nearestTo(file, ['httpNodeAuth']);
  const because = member && obscuredAt(file, ['httpNodeAuth']);
  if (because !== undefined) return [{ label, span, anonymous: undetermined(span, because) }];
  if (member && !isNothing(member.value)) {
    const hash = literalAt(file, ['httpNodeAuth', 'pass']);
    return [{ label, span, anonymous: known(false, span), defaultCredential: known(hash?.kind === 'string' && hash.raw === shippedHash, span) }];
  }
  return [
    {
      label,
      span,
      anonymous: undetermined(span, 'httpNodeAuth is not set: look whether a flow has a page or a dashboard, and whether it asks for a log-in itself'),
    },
  ];
}

function files(file: Exported): readonly LoginFact[] {
  const shared = memberAt(file, ['httpStatic']);
  if (!shared || isNothing(shared.value)) return [];
  const guard = memberAt(file, ['httpStaticAuth']);
  const span = firstLine(file, guard ?? shared);
  const because = obscuredAt(file, ['httpStaticAuth']);
  return [
    {
      label: 'The folder of files beside the flows',
      span,
      anonymous: because !== undefined ? undetermined(span, because) : known(guard === undefined || isNothing(guard.value), span),
    },
  ];
}

/** Passwords as hashes or as they are, the key of the flow credentials, and credentials with other names. */
export function secrets(file: Exported): readonly SecretFact[] {
  const judged = new Set<Member>();
  const hashed = (member: Member, what: string): readonly SecretFact[] => {
    judged.add(member);
    const { value } = member;
    if (value.kind !== 'string' && value.kind !== 'expression') return [];
    const raw = value.kind === 'expression' ? fallbackIn(value.raw) : value.raw;
    const kept = raw === undefined ? 'referenced' : /^\$(2[abxy]|argon2)/.test(raw) ? 'hashed' : /^[\da-f]{32}$/i.test(raw) ? 'weak hash' : !isStandIn(raw) ? 'clear' : value.kind === 'expression' ? 'referenced' : undefined;
    const span = firstLine(file, member);
    return kept ? [{ label: 'This file', span, what, kept: known(kept, span) }] : [];
  };
  const key = memberAt(file, ['credentialSecret']);
  if (key) judged.add(key);
  const keyText = key?.value.kind === 'expression' ? fallbackIn(key.value.raw) : key?.value.kind === 'string' ? key.value.raw : undefined;
  const keyFact: readonly SecretFact[] =
    key && (key.value.kind === 'string' || key.value.kind === 'expression') && !(key.value.kind === 'string' && isStandIn(key.value.raw))
      ? [
          {
            label: 'This file',
            span: firstLine(file, key),
            what: 'the key of the flow credentials',
            kept: known<SecretFields['kept']>(
              keyText === undefined || isStandIn(keyText) ? 'referenced' : keyText === 'a-secret-key' ? 'default' : 'clear',
              firstLine(file, key),
            ),
          },
        ]
      : [];
  const doors = ['httpNodeAuth', 'httpStaticAuth'].flatMap((name) => memberAt(file, [name, 'pass']) ?? []);
  const named = [
    ...users(file).flatMap((member) => hashed(member, 'the password of a user of the editor')),
    ...doors.flatMap((member) => hashed(member, 'the password of the pages')),
  ];
  const others = file.root
    ? membersBelow(file.root).flatMap((member): readonly SecretFact[] => {
        const { value } = member;
        const raw = value.kind === 'expression' ? fallbackIn(value.raw) : value.kind === 'string' ? value.raw : undefined;
        if (judged.has(member) || raw === undefined || !isCredential(member.name, raw)) return [];
        const span = firstLine(file, member);
        return [{ label: 'This file', span, what: `the credential ${member.name}`, kept: known('clear', span) }];
      })
    : [];
  return [...named, ...keyFact, ...others];
}

/** The credentials that flows use, in a file beside them: encrypted under a key of their own unless that is switched off. */
export function stores(file: Exported) {
  const member = memberAt(file, ['credentialSecret']);
  if (!member) return [];
  const span = firstLine(file, member);
  const off = member.value.kind === 'word' && member.value.raw === 'false';
  return [
    {
      label: 'The file of flow credentials',
      span,
      kind: 'disk',
      encrypted: {
        ...known(!off, span, (wanted: boolean) => (wanted ? put(file, ['credentialSecret'], 'process.env.NODE_RED_CREDENTIAL_SECRET') : [])),
        caution: 'Set NODE_RED_CREDENTIAL_SECRET before the next start and keep it: without it the credentials cannot be read any more.',
      },
    },
  ];
}

/** Who signed in, and what was deployed: off unless some handler of the log asks for it. */
export function auditTrails(file: Exported) {
  if (!file.root) return [];
  const logging = literalAt(file, ['logging']);
  const handlers = logging?.kind === 'object' ? logging.members.map(({ name }) => name) : [];
  const asking = handlers.find((name) => slot(file, ['logging', name, 'audit'], 'literal').raw === 'true');
  const place = slot(file, ['logging', asking ?? 'console', 'audit'], 'literal');
  return [{ label: 'Node-RED', span: place.span, enabled: setting(place, trueFalse, { value: false, source }) }];
}

/** Nodes that people install in the editor, from the registry anyone may publish to. */
export function software(file: Exported) {
  const allow = stated(slot(file, ['externalModules', 'palette', 'allowInstall'], 'literal'), trueFalse);
  if (!allow) return [];
  const list = literalAt(file, ['externalModules', 'palette', 'allowList']);
  const narrow = list !== undefined && !(list.kind === 'array' && list.items.some((item) => item.kind === 'string' && item.raw === '*'));
  return [{ label: 'The Node-RED editor', span: allow.span, unknownSources: allow.kind === 'undetermined' || !narrow ? allow : { ...allow, value: false } }];
}
