import { integer } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { documented } from '#engine/release.js';
import { setting, stated, type Setting } from '#engine/setting.js';
import type { Properties } from '#notations/properties.js';
import { place, statedText, trueFalse } from './reading.js';

const id = 'mirth-properties';
const word = { read: (raw: string) => raw, print: (value: string) => value };

/** The address of the page in clear from which the administrator program is started; only where that page is served. */
export const launchPage = query<Properties, Setting<string>>(id, 'launch page', ({ tree }) => {
  const port = place(tree, 'http.port');
  if (port.raw === undefined || port.raw.trim() === '') return [];
  const host = setting(place(tree, 'http.host'), word, { value: '0.0.0.0', source: documented('Mirth Connect', '3.4 to 4.5', 'mirth.properties as shipped') });
  return [host.kind === 'undetermined' || host.kind === 'stated' ? host : { ...host, span: port.span }];
});

const one = <T>(name: string, read: (tree: Properties) => Setting<T> | undefined) => query<Properties, Setting<T>>(id, name, ({ tree }) => {
  const found = read(tree);
  return found ? [found] : [];
});

/** Which web pages may ask the administration interface from a browser. */
export const origins = one('origins', (tree) => statedText(tree, 'server.api.accesscontrolalloworigin'));
/** Whether the interface asks for a header that other web pages cannot send. */
export const requestHeader = one('request header', (tree) => stated(place(tree, 'server.api.require-requested-with'), trueFalse));
/** The length of Diffie-Hellman keys in bits. */
export const dhSize = one('Diffie-Hellman size', (tree) => stated(place(tree, 'https.ephemeraldhkeysize'), integer));
/** The cipher that encrypts stored messages and exports. */
export const messageCipher = one('message cipher', (tree) => statedText(tree, 'encryption.algorithm'));
/** The kind of database the messages are in. */
export const database = one('database', (tree) => statedText(tree, 'database'));
