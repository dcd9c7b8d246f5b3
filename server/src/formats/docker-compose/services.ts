import { isEveryAddress } from '#concepts/network-names.js';
import { guardedAmong } from '#concepts/opening.js';
import { oncePer } from '#engine/attached.js';
import { yesNo } from '#engine/codec.js';
import { groupedBy } from '#engine/grouping.js';
import { portsOf } from '#notations/containers.js';
import { besides } from '#notations/relative-paths.js';
import type { Document, Place, Yaml } from '#notations/yaml.js';
import { inheriting, mainOf, overrideOf } from './inherited.js';

/** A Compose file, or a view of it that shows one of its services, or everything but its services. */
export interface Compose extends Yaml {
  /** The service the view shows: `''` is none. Absent for the whole file. */
  readonly only?: string;
  /** Where the file is; absent while nobody asks about others. */
  readonly path?: string;
  /** Another file by its path. */
  readonly read?: (path: string) => Yaml | undefined;
}

/** The documents of a file for what stands beside its services: volumes, networks. */
export function shared({ documents, only }: Compose): readonly Document[] {
  return only ? [] : documents;
}

/** One service of a Compose file. */
export interface Service {
  readonly name: string;
  readonly place: Place;
  /** `The service web`. */
  readonly label: string;
  /** Why a key that is missing may be stated elsewhere: `extends`, or a file that others override. */
  readonly elsewhere: string | undefined;
  /** Whether another file states the rest of it, and is judged for that. */
  readonly isPart: boolean;
  /** The service that it extends. */
  readonly base: Service | undefined;
  /** Those it states itself. */
  readonly environment: readonly Variable[];
}

/** One variable of the environment, as `NAME: value` or `- NAME=value`. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** The pair or item that states it. */
  readonly place: Place;
  /** The edits that give it another value. */
  write(value: string): ReturnType<Place['put']>;
}

/** Compose reads booleans of YAML 1.2, and lets them come from variables. */
export const trueFalse = yesNo(['true'], ['false']);

/** The services of a file, in order, with what they inherit. A file of version 1 has them at the top; those are not read. */
export const servicesOf = oncePer((file: Compose): readonly Service[] => {
  const own = file.only === undefined ? placesOf(file.documents) : named(file.documents).get(file.only) ?? [];
  return own.map((place) => serviceOf(file, place, deepest));
});

/** Services that extend services that extend others, up to so many. */
const deepest = 8;

/** Views of one file share its documents: each finds its service without looking at the others. */
const placesOf = oncePer((documents: readonly Document[]): readonly Place[] =>
  documents.flatMap(({ root }) => root.get('services').pairs.filter(({ kind }) => kind === 'map')));
const named = oncePer((documents: readonly Document[]) => groupedBy(placesOf(documents), ({ key }) => key));

function serviceOf(file: Compose, stated: Place, depth: number): Service {
  const extended = stated.get('extends');
  const base = extended.exists && depth > 0 ? baseOf(file, extended, depth - 1) : undefined;
  const name = extended.get('service').text ?? extended.text;
  const place = base ? inheriting(stated, base.place, extended.head) : stated;
  const [main, override] = [mainOf(file), overrideOf(file)].map((other) => other && named(other.yaml.documents).get(stated.key)?.[0]);
  return {
    name: stated.key,
    place: override ? inheriting(place, override, stated.head, 'other') : place,
    label: `The service ${stated.key}`,
    elsewhere: extended.exists && !base ? `the service ${name ?? ''} it extends may state it`.replace('  ', ' ') : base?.elsewhere,
    isPart: main !== undefined,
    base,
    environment: variables(stated.get('environment')),
  };
}

/** The service that another extends; `undefined` where it cannot be found. */
function baseOf(file: Compose, extended: Place, depth: number): Service | undefined {
  const name = extended.get('service').text ?? extended.text;
  const at = extended.get('file');
  if (name === undefined) return undefined;
  const other = at.exists ? at.text && besides(file.path ?? '', at.text) : file.path;
  // A view of one service asks for its own file as for another: it is judged again when that changes.
  const there = other && file.read?.(other);
  const documents = at.exists ? there && there.documents : file.documents;
  const found = documents ? named(documents).get(name)?.at(-1) : undefined;
  if (!found || !documents) return undefined;
  return serviceOf({ ...file, documents, ...(typeof other === 'string' && { path: at.exists ? other : file.path! }) }, found, depth);
}

/** The variables of a map or list; those whose value is not known here are left out. */
export function variables(at: Place): readonly Variable[] {
  if (at.kind === 'map') {
    return at.pairs.flatMap((pair) => (pair.text === undefined ? [] : [{ name: pair.key, value: pair.text, place: pair, write: (value) => pair.put(value) }]));
  }
  return at.items.flatMap((item): readonly Variable[] => {
    const equals = item.text?.indexOf('=') ?? -1;
    if (equals < 1) return [];
    const name = item.text!.slice(0, equals);
    return [{ name, value: item.text!.slice(equals + 1), place: item, write: (value) => item.put(`${name}=${value}`) }];
  });
}

/** A port a service is reached on from outside its networks. */
export interface Published {
  readonly place: Place;
  /** The port inside the container, which says what listens. */
  readonly target: readonly [number, number];
  /** The address of the host; none for all of them. */
  readonly address: string | undefined;
  readonly protocol: string;
  /** The edits that publish it on an address alone. */
  restrict(address: string): ReturnType<Place['put']>;
}

/** The published ports: `"8080:80"`, `"127.0.0.1:8080:80/tcp"`, `"[::1]:80:80"`, or a map with `target` and `host_ip`. */
export function publishedPorts({ place }: Service): readonly Published[] {
  if (place.get('network_mode').text !== undefined && /^(host|none)$/.test(place.get('network_mode').text!)) return [];
  return place.get('ports').items.flatMap((item): readonly Published[] => {
    if (item.kind === 'map') {
      const target = portsOf(item.get('target').text ?? '');
      const address = item.get('host_ip');
      const published = item.get('published').text;
      if (!target || (published !== undefined && !portsOf(published)) || address.obscured !== undefined || holdsVariable(address.text)) return [];
      return [{ place: item.get('target'), target, address: address.text, protocol: item.get('protocol').text ?? 'tcp', restrict: (wanted) => address.put(wanted) }];
    }
    const text = item.text?.trim();
    const match = /^(?:(\[[0-9a-f:.]{2,45}\]|[\d.]{7,15}|\$\{[^}]{1,100}\}):)?(?:([\d-]{0,11}|\$\{[^}]{1,100}\}):)?(\d{1,5}(?:-\d{1,5})?)(?:\/(tcp|udp|sctp))?$/i.exec(text ?? '');
    if (!match || holdsVariable(match[1])) return [];
    const target = portsOf(match[3]!);
    if (!target) return [];
    return [{
      place: item,
      target,
      address: match[1]?.replace(/^\[|\]$/g, ''),
      protocol: match[4]?.toLowerCase() ?? 'tcp',
      restrict: (wanted) => item.put(match[1] !== undefined ? text!.replace(`${match[1]}:`, `${wanted}:`) : match[2] !== undefined ? `${wanted}:${text}` : `${wanted}::${text}`),
    }];
  });
}

/** Whether a port answers on every address of the machine: Docker publishes past the rules of ufw and firewalld. */
export function isEverywhere({ address }: Published): boolean {
  return address === undefined || address === '' || isEveryAddress(address);
}

/** The name of a service or image that serves pages. */
const webSite = /(?:^|[-_./])(?:www|web|webapp|frontend|ui|console|dashboard|portal)(?:[-_.:]|$)/i;
/** Guarded services that speak HTTP, by their usual port: a web site may answer there as well. */
const overHttp: ReadonlySet<number> = new Set([5984, 9200]);

/** The guarded services that a published port leads to. A service that by its name is a web site is no search engine or database. */
export function guardedBehind({ name, place }: Service, { target, protocol }: Published): readonly string[] {
  const image = place.get('image').text ?? '';
  const isWebSite = target[0] === target[1] && overHttp.has(target[0]) && (webSite.test(name) || webSite.test(image.slice(image.lastIndexOf('/') + 1)));
  return isWebSite ? [] : guardedAmong([target], protocol);
}

function holdsVariable(text: string | undefined): boolean {
  return text !== undefined && text.includes('$');
}

/** A file or folder of the host that a service sees. */
export interface Mount {
  readonly place: Place;
  readonly source: string;
  readonly readOnly: boolean;
}

/** The bind mounts: `/var/run/docker.sock:/var/run/docker.sock:ro`, or a map with `source`. Named volumes are no files of the host. */
export function mounts({ place }: Service): readonly Mount[] {
  return place.get('volumes').items.flatMap((item): readonly Mount[] => {
    if (item.kind === 'map') {
      const source = item.get('source').text;
      return source !== undefined && item.get('type').text === 'bind' ? [{ place: item, source, readOnly: item.get('read_only').text === 'true' }] : [];
    }
    const parts = item.text?.split(':') ?? [];
    const source = parts[0] ?? '';
    // Where a variable says which socket of the machine it is, the path in the service says what it is for.
    const socket = source.startsWith('$') ? /:(\/[^:{}]{1,200}\.sock)(?::|$)/.exec(item.text!)?.[1] : undefined;
    if (socket !== undefined) return [{ place: item, source: socket, readOnly: false }];
    return parts.length > 1 && source.startsWith('/') ? [{ place: item, source, readOnly: /(^|,)ro(,|$)/.test(parts[2] ?? '') }] : [];
  });
}

/** Whether a value is filled in from outside the file: `${NAME}`. */
export const isVariable = (text: string | undefined): boolean => text !== undefined && /\$\{|\$[A-Za-z_]/.test(text.replaceAll('$$', ''));
