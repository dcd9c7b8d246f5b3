import { isCredential, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { LoginFields } from '#concepts/login.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { isStated, pairsOf, placeAt, slot, valueAt, type Hocon } from '#notations/hocon.js';
import { listenersOf, statedSwitch } from './listeners.js';

type LoginFact = Fact & Fields<LoginFields>;

/** How clients and administrators prove who they are. */
export function logins(file: Hocon): readonly LoginFact[] {
  return [
    ...clients(file),
    ...listenersOf(file).flatMap(({ path, kind, name, enabled }): readonly LoginFact[] => {
      const asked = slot(file, [...path, 'enable_authn']);
      if ((asked.raw === undefined && asked.obscured === undefined) || (enabled.kind !== 'undetermined' && !enabled.value)) return [];
      return [
        {
          label: `The MQTT listener ${kind}:${name}`,
          span: asked.span,
          anonymous: asked.obscured !== undefined ? undetermined(asked.span, asked.obscured) : known(asked.raw === 'false', asked.span, (open) => (open ? [] : asked.write('true'))),
        },
      ];
    }),
    ...administrators(file),
  ];
}

function clients(file: Hocon): readonly LoginFact[] {
  const fourth = statedSwitch(file, ['allow_anonymous']);
  if (fourth) return [{ label: 'The MQTT broker', span: fourth.span, anonymous: fourth }];
  const chain = valueAt(file, ['authentication']);
  if (chain?.kind === 'list') {
    const span = placeAt(file, ['authentication'])!;
    return [{ label: 'The MQTT broker', span, anonymous: known(chain.items.length === 0, span) }];
  }
  if (isStated(file, ['authentication']) || listenersOf(file).length === 0 || listenersOf(file)[0]!.path[0] === 'listener') return [];
  const span = listenersOf(file)[0]!.span;
  return [
    {
      label: 'The MQTT broker',
      span,
      anonymous: undetermined(span, 'authentication may be set up in the dashboard, which keeps it in cluster.hocon; without any, everyone is let in'),
    },
  ];
}

function administrators(file: Hocon): readonly LoginFact[] {
  const place = ['default_password', 'default_user.password'].map((name) => slot(file, ['dashboard', ...name.split('.')])).find(({ raw }) => raw !== undefined);
  if (place) return [{ label: 'The EMQX dashboard', span: place.span, defaultCredential: known(place.raw === 'public', place.span) }];
  if (!isStated(file, ['dashboard'])) return [];
  const span = placeAt(file, ['dashboard'])!;
  const shipped: Setting<boolean> = undetermined(
    span,
    'the account admin begins with the password public unless default_password says otherwise: sign in and see that it was changed',
  );
  return [{ label: 'The EMQX dashboard', span, defaultCredential: shipped }];
}

/** The credentials of the file. `file://` and `${NAME}` take them from elsewhere. */
export function secrets(file: Hocon): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  return pairsOf(file.root).flatMap(({ path, value, start, end }) => {
    const name = path.at(-1)!;
    const span = { start, end };
    if (path.join('.') === 'node.cookie') {
      if (value.kind !== 'scalar' || /^file:/.test(value.raw)) return [];
      return [
        {
          label: 'This file',
          span,
          what: 'the cookie that nodes of the cluster share',
          kept: known<SecretFields['kept']>(value.raw === 'emqxsecretcookie' ? 'default' : 'clear', span),
        },
      ];
    }
    if (value.kind !== 'scalar' || (path[0] === 'dashboard' && value.raw === 'public') || !isCredential(name, value.raw) || name === 'public_key') return [];
    return [
      {
        label: 'This file',
        span,
        what: `the credential ${path.filter((step) => /^[\w-]+$/.test(step)).join('.')}`,
        kept: known<SecretFields['kept']>('clear', span),
      },
    ];
  });
}

/** What administrators did in the dashboard, over the interface and on the command line. */
export function auditTrails(file: Hocon) {
  const on = statedSwitch(file, ['log', 'audit', 'enable']) ?? statedSwitch(file, ['log', 'audit', 'enabled']);
  return on ? [{ label: 'The audit log of EMQX', span: on.span, enabled: on }] : [];
}
