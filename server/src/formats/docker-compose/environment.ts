import type { Analysis } from '#engine/analysis.js';
import type { Slot } from '#engine/setting.js';
import type { Edit } from '#engine/text.js';
import { environmentVariables, isReadItself, parseEnvironment } from '#notations/environment-file.js';
import type { Setting } from '#notations/image-documents.js';
import type { Place } from '#notations/yaml.js';
import { documentIn } from '#notations/yaml-embedded.js';
import { isVariable, type Compose, type Service } from './services.js';

/**
 * Everything a service is given as variables, the one that counts last: those of its files, then its own. What a file states that is read
 * by itself is judged there.
 */
export function settingsOf(analysis: Analysis<Compose>, service: Service): readonly Setting[] {
  const own = service.environment.map(({ name, value, place, write }): Setting => ({
    name, value: isWholly(value) ? `\${${name}}` : value, span: place.head, isHere: true, write: isVariable(value) ? undefined : write,
    document: place.kind === 'scalar' && place.key !== '' ? documentIn(place, name) : undefined,
  }));
  const passed = namesOnly(service.place.get('environment')).map(({ name, place }): Setting => ({ name, value: `\${${name}}`, span: place.head, isHere: true }));
  const inherited = service.base ? settingsOf(analysis, service.base).map((one): Setting => ({ ...one, isHere: false, write: undefined, document: undefined })) : [];
  return [...inherited, ...filesOf(analysis, service.place).flatMap(({ path, at }) => {
    const opened = analysis.surroundings.open(path);
    if (opened === 'pending' || opened === 'absent') return [];
    const isHere = !isReadItself(path, opened.text);
    return environmentVariables(parseEnvironment(opened.text)).flatMap(({ name, place }): readonly Setting[] => (place.raw === undefined ? [] : [{ name, value: place.raw, span: at.head, isHere }]));
  }), ...passed, ...own];
}

/** Whether a value is nothing but a variable, with or without a fallback. */
const isWholly = (value: string) => /^\$(?:\{[^{}]*\}|\w+)$/.test(value.trim());

/** Variables that take the value that whoever starts the service has for them. */
function namesOnly(at: Place): readonly { readonly name: string; readonly place: Place }[] {
  const entries = at.kind === 'map' ? at.pairs.filter(({ kind, obscured }) => kind === 'null' || obscured !== undefined) : at.items.filter(({ text }) => text !== undefined && !text.includes('='));
  return entries.flatMap((place) => {
    const name = place.key || place.text;
    return name === undefined ? [] : [{ name, place }];
  });
}

/** Why what the variables of a service leave out may be stated for its program all the same. */
export function elsewhereOf(analysis: Analysis<Compose>, service: Service): string | undefined {
  const { place } = service;
  const at = place.get('environment');
  const why = service.elsewhere ?? at.obscured ?? at.incomplete;
  if (why !== undefined) return why;
  const unread = filesOf(analysis, place).find(({ path }) => typeof analysis.surroundings.open(path) === 'string');
  if (unread) return `${unread.path.slice(unread.path.lastIndexOf('/') + 1)} may state it`;
  return ['volumes', 'configs', 'secrets'].some((key) => place.get(key).exists) ? 'a file that is mounted may state it' : undefined;
}

/**
 * The value of a variable of a service, where the file decides it. A file of variables that states it decides it instead, and is
 * judged by itself: then there is no slot. One that has not been read leaves it open.
 */
export function environmentSlot(analysis: Analysis<Compose>, service: Service, name: string): Slot | undefined {
  const { place, environment } = service;
  const at = place.get('environment');
  const stated = environment.filter((variable) => variable.name === name).at(-1);
  const absent = { span: (at.exists ? at : place).head, write: (value: string) => writeVariable(at, name, value) };
  if (stated) {
    const slot = { span: stated.place.head, write: (value: string) => (value === stated.value ? [] : stated.write(value)) };
    return isVariable(stated.value) ? { ...slot, obscured: 'a variable fills it in' } : { ...slot, raw: stated.value };
  }
  if (service.base && mentions(analysis, service.base, name)) return undefined;
  if (isNamed(at, name)) return { ...absent, obscured: 'the environment of whoever starts it fills it in' };
  const why = at.incomplete ?? at.obscured ?? service.elsewhere;
  if (why !== undefined) return { ...absent, obscured: why };
  for (const { path } of filesOf(analysis, place)) {
    const opened = analysis.surroundings.open(path);
    if (opened === 'pending' || opened === 'absent') return { ...absent, obscured: `${path.slice(path.lastIndexOf('/') + 1)} may state ${name}` };
    if (new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=`, 'm').test(opened.text)) return undefined;
  }
  return absent;
}

/** Whether a variable is mentioned: stated, passed on, or in a file of variables. */
export function mentions(analysis: Analysis<Compose>, service: Service, name: string): boolean {
  const slot = environmentSlot(analysis, service, name);
  return slot === undefined || slot.raw !== undefined || slot.obscured !== undefined;
}

/** A name without a value takes that of the shell. */
function isNamed(at: Place, name: string): boolean {
  return at.kind === 'map' ? at.get(name).exists : at.items.some(({ text }) => text === name);
}

function writeVariable(at: Place, name: string, value: string): readonly Edit[] {
  return at.kind === 'list' ? at.append(`${name}=${value}`) : at.get(name).put(value);
}

/** The files of `env_file`, from the root of the workspace: one, a list, or maps with a path. */
function filesOf({ path }: Analysis, place: Place): readonly { readonly path: string; readonly at: Place }[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const at = place.get('env_file');
  const named = at.kind === 'list' ? at.items.map((item) => ({ at: item, name: item.text ?? item.get('path').text })) : [{ at, name: at.text }];
  return named.flatMap(({ at: item, name }) => (name === undefined ? [] : [{ path: `${folder}${name.replace(/^(?:\.\/)+/, '')}`, at: item }]));
}
