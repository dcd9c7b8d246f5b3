import { isStandIn, type SecretFields } from '#concepts/secret.js';
import { known } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { childrenOf, descend, textOf, type Element } from '#notations/xml.js';
import { readJdbc } from '#notations/jdbc.js';
import { pluginOf, varies, type Connector, type MirthChannel } from './channels.js';
import { scriptCalls } from './scripts.js';

const fields: readonly (readonly [name: string, what: string])[] = [
  ['password', 'the password'], ['passcode', 'the passcode'], ['keyPW', 'the password of the key'], ['keyStorePW', 'the password of the keystore'],
  ['trustStorePW', 'the password of the truststore'],
];

/** Every credential that is written out in a channel. A variable of the configuration map is a reference. */
export function secretsOf(channel: MirthChannel) {
  return [...channel.connectors.flatMap(ofConnector), ...ofScripts(channel)];
}

function secret(what: string, text: string, span: Span) {
  return { label: 'This export', span, what, kept: known<SecretFields['kept']>(varies(text) || isStandIn(text) ? 'referenced' : 'clear', span) };
}

function ofConnector(connector: Connector) {
  const { file, properties, whose } = connector;
  const place = connector.isSource ? `of the source ${whose}` : `of the connection ${whose}`;
  const of = (parent: Element | undefined, name: string, what: string) => {
    const element = parent && descend(parent, name);
    const text = element && element.children.length === 0 ? textOf(file, element) : '';
    return element && text !== '' && !(name === 'password' && text === 'anonymous') ? [secret(`${what} ${place}`, text, element.span)] : [];
  };
  const url = descend(properties, 'url');
  const inUrl = url && readJdbc(textOf(file, url))?.password && !varies(/password=([^&;]*)/i.exec(textOf(file, url))?.[1] ?? '') ? [secret(
    `a password in the database address ${place}`, 'x', url.span
  )] : [];
  const guard = pluginOf(connector, /BasicHttpAuthProperties$|DigestHttpAuthProperties$/);
  const users = childrenOf(guard && descend(guard, 'credentials'), 'entry').flatMap(({ children: [, password] }) =>
    password && textOf(file, password) !== '' ? [secret(`the password of a caller ${place}`, textOf(file, password), password.span)] : []);
  return [
    ...fields.flatMap(([name, what]) => of(properties, name, what)),
    ...of(descend(properties, 'schemeProperties'), 'passPhrase', 'the passphrase of the key'), ...inUrl, ...users, ...ofHeaders(connector, place),
  ];
}

/** Headers and connection properties are entries of a key and a value, or a list of values. */
function ofHeaders({ file, properties }: Connector, place: string) {
  return [
    'headers', 'parameters', 'connectionProperties',
  ].flatMap((name) => childrenOf(descend(properties, name), 'entry').flatMap(({ children: [key, value] }) => {
    const held = value?.name === 'list' ? value.children[0] : value;
    const header = key ? textOf(file, key) : '';
    if (!held || !/^(?:proxy-)?authorization$|^x-api-key$|^api-?key$|^(?:java\.naming\.security\.credentials|password)$|token$/i.test(header)) return [];
    const text = textOf(file, held);
    return text === '' ? [] : [secret(`the value of ${header} ${place}`, text.replace(/^(?:Basic|Bearer)\s+/i, ''), held.span)];
  }));
}

/** A script that opens a database itself writes the password as the fourth word of the call. */
function ofScripts(channel: MirthChannel) {
  return scriptCalls(channel, 'createDatabaseConnection', /^\(/).flatMap(({ words, span }) => {
    const password = words[3];
    return password === undefined || password === '' ? [] : [secret(`a database password in a script of channel ${channel.name}`, password, span)];
  });
}

