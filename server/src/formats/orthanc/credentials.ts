import { isCredential, keptOf, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { elements, nodeAt, properties, property, spanOf, type Json, type JSONPath, type Node } from '#notations/json.js';
import { isEnvironment } from './reading.js';

type SecretFact = Fact & SecretUse & Fields<SecretFields>;

/** The credentials the file writes out: of its users, of the servers it signs in to, of its database and its image store. */
export function secrets(file: Json): readonly SecretFact[] {
  return [
    ...properties(nodeAt(file, ['RegisteredUsers'])).flatMap(({ name, value, span }) => kept(textOf(value), span, `the password of the user ${name}`)),
    ...servers.flatMap((path) => properties(nodeAt(file, path)).flatMap(({ name, value }) => signingIn(value, name))),
    ...stores.filter(([section]) => !isUnused(nodeAt(file, [section]))).flatMap(([section, place]) =>
      properties(nodeAt(file, [section])).flatMap(({ name, value, span }) => {
        const form = forms[name];
        return form ? kept(form[1].exec(textOf(value))?.[1] ?? '', span, `${form[0]} of ${place}`) : [];
      })),
    ...others(file.root),
  ];
}

/** What other options spell out, of whatever plug-in: by their names or by what they hold. */
function others(root: Node | undefined): readonly SecretFact[] {
  const told: ReadonlySet<string> = new Set(['RegisteredUsers', 'OrthancPeers', ...stores.map(([section]) => section)]);
  const walk = (node: Node | undefined, where: string, depth: number): readonly SecretFact[] => properties(node).flatMap(({ name, value, span }) => {
    if (depth > 8 || (depth === 0 && told.has(name)) || (where === 'DicomWeb' && name === 'Servers')) return [];
    if (value.type === 'object') return walk(value, name, depth + 1);
    return isCredential(name, textOf(value)) ? kept(textOf(value), span, `the ${name} of ${where || 'the server'}`) : [];
  });
  return walk(root, '', 0);
}

const servers: readonly JSONPath[] = [['OrthancPeers'], ['DicomWeb', 'Servers']];

/** The sections of the plug-ins that keep the index and the images. */
const stores = [
  ['PostgreSQL', 'the database'], ['MySQL', 'the database'], ['ODBC', 'the database'],
  ['AwsS3Storage', 'the image store'], ['AzureBlobStorage', 'the image store'],
] as const;

/** The options of these sections that hold a credential, and where in the text it stands. */
const forms: Readonly<Record<string, readonly [what: string, credential: RegExp]>> = table({
  Password: ['the password', /^(.*)$/s],
  SecretKey: ['the secret key', /^(.*)$/s],
  ConnectionUri: ['the password', /^\w{1,20}:\/\/[^/\s:@]{0,200}:([^/\s@]{1,200})@/],
  ConnectionString: ['the account key', /\bAccountKey=([^;]{1,400})/i],
  IndexConnectionString: ['the password', /\b(?:Pwd|Password)=([^;]{1,200})/i],
  StorageConnectionString: ['the password', /\b(?:Pwd|Password)=([^;]{1,200})/i],
});

/** The shipped files of the plug-ins hold an example of a password, and switch the plug-in off. */
function isUnused(section: Node | undefined): boolean {
  const switches = properties(section).filter(({ name }) => name === 'EnableIndex' || name === 'EnableStorage');
  return switches.length > 0 && switches.every(({ value }) => value.value === false);
}

/** A server is a list of URL, user and password, or an object that names them. */
function signingIn(server: Node, name: string): readonly SecretFact[] {
  const password = server.type === 'object' ? property(server, 'Password')?.children?.[1] : elements(server)[2];
  return password ? kept(textOf(password), spanOf(password.parent?.type === 'property' ? password.parent : password), `the password for ${name}`) : [];
}

function textOf({ type, value }: Node): string {
  return type === 'string' ? String(value) : '';
}

function kept(text: string, span: SecretFact['span'], what: string): readonly SecretFact[] {
  if (text === '') return [];
  return [{ label: 'This file', span, what, kept: known(keptOf(text, isEnvironment), span) }];
}
