import type { Analysis } from '#engine/analysis.js';
import { integer, yesNo } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import { statedBy, statedIn, unread } from '#engine/shared.js';
import type { Span } from '#engine/text.js';
import { elements, nodeAt, placeOf, properties, slot, type Json, type JSONPath, type Node } from '#notations/json.js';

/** One policy of Intune: the file itself, or an element of the list Graph gives. */
export interface Resource {
  readonly path: JSONPath;
  readonly node: Node;
  /** `windows10CompliancePolicy`, `iosGeneralDeviceConfiguration`, `settings catalog`. */
  readonly type: string;
  /** Where its type is written: what a person takes for its head. */
  readonly head: Span;
  readonly platform: 'windows' | 'macOS' | 'ios' | 'android';
  readonly compliance: boolean;
}

const switches = yesNo(['true'], ['false']);

/** The policies of a file that this format reads; other resources of Graph are left alone. */
export function resources(file: Json): readonly Resource[] {
  const list = nodeAt(file, ['value']);
  const paths: readonly JSONPath[] = list?.type === 'array' ? elements(list).map((_, i) => ['value', i]) : [[]];
  return paths.flatMap((path): readonly Resource[] => {
    const node = nodeAt(file, path);
    if (node?.type !== 'object') return [];
    const named = nodeAt(file, [...path, '@odata.type']);
    const type = /^#microsoft\.graph\.(\w{1,100})$/.exec(String(named?.value ?? ''))?.[1];
    const catalog = nodeAt(file, [...path, 'settings'])?.type === 'array';
    if (type === undefined || /^deviceManagementConfigurationPolicy$/.test(type)) {
      return catalog ? [{ path, node, type: 'settings catalog', head: named ? placeOf(named) : { start: node.offset, end: node.offset + 1 }, platform: platformOf(String(nodeAt(file, [...path, 'platforms'])?.value ?? '')), compliance: false }] : [];
    }
    return [{ path, node, type, head: placeOf(named!), platform: platformOf(type), compliance: type.endsWith('CompliancePolicy') }];
  });
}

function platformOf(type: string): Resource['platform'] {
  return /^ios/i.test(type) ? 'ios' : /^macOS/i.test(type) ? 'macOS' : /^(?:android|aosp)/i.test(type) ? 'android' : 'windows';
}

/** Settings that protect, by the names Graph gives them: a policy without any of them is about something else. */
const protective = /^(?:workProfile)?(?:passw|passc|storage(?:Require|Block)|security|bitLocker|firewall|defender|secureBoot|codeIntegrity|activeFirewall|antivirus|rtp|iCloudRequire|documentsBlock|certificatesBlock)/;

/** Whether a policy says anything about protection: one that only asks for a version of the system leaves the rest to others. */
function protects(resource: Resource, besides: string): boolean {
  return properties(resource.node).some(({ name, value }) => name !== besides && protective.test(name) && (value.value === true || (typeof value.value === 'number' && value.value > 0)));
}

/** What a policy may be about, by the names Graph gives the settings. */
const subjects = [
  /^(?:workProfile)?[pP]ass(?:word|code)/, /^(?:storageRequire|bitLocker)/, /^(?:firewall|activeFirewall)/, 
  /^(?:defender|antivirus|antiSpyware|rtp|signature)/, /^(?:secureBoot|codeIntegrity)/,
];

/** Whether a policy configures anything of the subject that a key belongs to. */
function speaksOf(resource: Resource, key: string): boolean {
  const subject = subjects.find((one) => one.test(key));
  if (!subject) return true;
  return properties(resource.node).some(({ name, value }) =>
    name !== key && subject.test(name) && (value.value === true || (typeof value.value === 'number' && value.value > 0)));
}

/**
 * A switch of a policy. Graph writes false and null for what a policy does not configure, and policies of one folder hold
 * together: false is judged only in a policy that protects otherwise, and where no other policy of the folder says true. Where
 * several policies of one type share the work, each is judged for its own subjects alone. A compliance policy that says false does not allow
 * anything: it leaves the question out, and the policies that are assigned beside it, which no file holds, decide. What compliance policies alone
 * can ask is judged in them.
 */
export function flag(analysis: Analysis<Json>, resource: Resource, key: string, where: 'anywhere' | 'compliance alone' = 'anywhere'): Setting<boolean> | undefined {
  const place = slot(analysis.tree, [...resource.path, key], 'literal');
  if (place.raw === undefined) return undefined;
  const said = place.raw === 'null' ? { ...place, raw: 'false' } : place;
  const value = setting(said, switches, { because: '' });
  if (value.kind !== 'stated' || value.value) return value;
  if (!protects(resource, key)) return undefined;
  const folder = folders.select(analysis)[0]!;
  if (folder.isOn(key) || (folder.hasSeveral(resource.type) && !speaksOf(resource, key))) return undefined;
  if (folder.pending !== undefined) return undetermined(value.span, `${folder.pending} may set ${key}`);
  return resource.compliance && where === 'anywhere' ? undetermined(value.span, notAsked) : value;
}

const notAsked = 'false is how a compliance policy keeps what it does not ask for: the other policies that are assigned to the device decide';

/** What the policies of a folder say together. */
interface Folder {
  /** Whether one of them switches a setting on. */
  isOn(key: string): boolean;
  /** Whether more than one of them is of a type. */
  hasSeveral(type: string): boolean;
  /** What has not been read yet. */
  readonly pending?: string;
}

/** The settings a text switches on, `KEY=true`, and the types of its policies, `#TYPE`, as often as they occur. */
function* saidIn(text: string): Iterable<string> {
  const keys = new Set<string>();
  for (const [, key] of text.matchAll(/"(\w{1,100})"\s{0,20}:\s{0,20}true\b/g)) keys.add(key!);
  for (const key of keys) yield `${key}=true`;
  for (const [, type] of text.matchAll(/"@odata\.type"\s{0,20}:\s{0,20}"#microsoft\.graph\.(\w{1,100})"/g)) yield `#${type}`;
}

const policies = statedIn('policies of Intune', saidIn);

const folders = query<Json, Folder>('intune', 'what policies say together', (analysis) => {
  const { path, text, surroundings } = analysis;
  const own = [...saidIn(text)];
  const ownKeys = new Set(own);
  const others = surroundings.shared(policies, `${path.slice(0, path.lastIndexOf('/') + 1)}*.json`);
  const pending = unread(others, 'another policy of its folder');
  return [{
    isOn: (key) => ownKeys.has(`${key}=true`) || statedBy(others, `${key}=true`, analysis) !== undefined,
    hasSeveral: (type) => {
      const here = own.filter((one) => one === `#${type}`).length;
      return here > 1 || (here === 1 && statedBy(others, `#${type}`, analysis) !== undefined);
    },
    ...(pending !== undefined && { pending }),
  }];
});

/** A switch that forbids, read as whether the thing is allowed. */
export function allowed(analysis: Analysis<Json>, resource: Resource, blocks: string): Setting<boolean> | undefined {
  const blocked = flag(analysis, resource, blocks);
  return blocked && translate(blocked, (on) => !on, (open) => !open);
}

/** A number of a policy; null means that the policy does not configure it, and is read as nothing. */
export function number({ tree }: Analysis<Json>, { path }: Resource, key: string, limits: readonly [number, number]): Setting<number> | undefined {
  const place = slot(tree, [...path, key], 'literal');
  if (place.raw === undefined || place.raw === 'null') return undefined;
  const value = stated(place, integer);
  return value && value.kind !== 'undetermined' ? { ...value, write: (wanted) => (wanted >= limits[0] && wanted <= limits[1] ? value.write(wanted) : []) } : value;
}

/** A word of a policy. */
export function word({ tree }: Analysis<Json>, { path }: Resource, key: string): { readonly value: string; readonly span: Span; write(raw: string): ReturnType<ReturnType<typeof slot>['write']> } | undefined {
  const place = slot(tree, [...path, key], 'string');
  return place.raw === undefined || place.raw === 'null' ? undefined : { value: place.raw, span: place.span, write: place.write };
}

/** The first of several keys that says anything, read with the same meaning. */
export function firstOf<T>(keys: readonly string[], read: (key: string) => Setting<T> | undefined): Setting<T> | undefined {
  for (const key of keys) {
    const said = read(key);
    if (said) return said;
  }
  return undefined;
}
