import { oncePer } from '#engine/attached.js';
import type { Edit, Span } from '#engine/text.js';
import { embedded, type EmbeddedJson } from '#notations/embedded-json.js';
import { elements, nodeAt, property, type Json, type JSONPath, type Node } from '#notations/json.js';

/** One statement of a policy. */
export interface Statement {
  readonly label: string;
  readonly span: Span;
  readonly allows: boolean;
  readonly actions: readonly Word[];
  readonly resources: readonly Word[];
  /** What `NotAction` and `NotResource` leave out: with either the statement means all the rest. */
  readonly exceptActions: readonly Word[] | undefined;
  readonly exceptResources: readonly Word[] | undefined;
  /** Whether it holds only for a device that is registered under the name it connects with. */
  readonly attached: boolean;
}

/** One action or resource, with its place and a way to write it. */
export interface Word {
  readonly text: string;
  readonly span: Span;
  write(text: string): readonly Edit[];
}

/** The statements of a file: of the policy itself, or of one that stands as text in `policyDocument`. */
export const statements = oncePer((file: Json): readonly Statement[] => (file.root ? read(file, file.root) : []));

function read(file: Json, root: Node): readonly Statement[] {
  const wrapped = nodeAt(file, ['policyDocument']);
  const policy = wrapped ? embedded(file, [wrapped], ['policyDocument']) : embedded(file, [root], []);
  if (!policy) return [];
  const node = nodeAt(policy.inner, ['Statement']);
  if (node?.type === 'object') return [statement(policy, node, ['Statement'], 0)];
  return elements(node).flatMap((item, i) => (item.type === 'object' ? [statement(policy, item, ['Statement', i], i)] : []));
}

function statement(policy: EmbeddedJson, node: Node, path: JSONPath, index: number): Statement {
  const value = (name: string) => property(node, name)?.children?.[1];
  const sid = value('Sid')?.value as unknown;
  const condition = property(node, 'Condition');
  const effect = value('Effect');
  return {
    label: (typeof sid === 'string' && /^[\w-]{1,60}$/.test(sid) ? `The statement ${sid}` : `Statement ${index + 1}`)
      + (value('NotAction') || value('NotResource') ? ', but for what it excepts,' : ''),
    span: effect ? policy.place(effect) : policy.place(node),
    allows: effect?.value === 'Allow',
    actions: words(policy, value('Action'), [...path, 'Action']),
    resources: words(policy, value('Resource'), [...path, 'Resource']),
    exceptActions: value('NotAction') && words(policy, value('NotAction'), [...path, 'NotAction']),
    exceptResources: value('NotResource') && words(policy, value('NotResource'), [...path, 'NotResource']),
    attached:
      condition !== undefined && /iot:Connection\.Thing\.IsAttached/.test(policy.inner.text.slice(condition.offset, condition.offset + condition.length)),
  };
}

function words(policy: EmbeddedJson, node: Node | undefined, path: JSONPath): readonly Word[] {
  if (node?.type === 'string') return [{ text: String(node.value), span: policy.place(node), write: (text) => policy.change(path, text) }];
  return elements(node).flatMap((item, i) =>
    item.type === 'string' ? [{ text: String(item.value), span: policy.place(item), write: (text: string) => policy.change([...path, i], text) }] : [],
  );
}

/** Whether a statement grants every action on everything. */
export function isEverything({ actions, resources, exceptActions, exceptResources }: Statement): boolean {
  return (exceptActions !== undefined || actions.some(({ text }) => text === '*' || text === 'iot:*'))
    && (exceptResources !== undefined || resources.some(({ text }) => text === '*'))
    && ![...(exceptActions ?? []), ...(exceptResources ?? [])].some(({ text }) => text === '*' || text === 'iot:*');
}

/** The resources of a statement; what is granted on all but some is granted on the bare wildcard. */
export function resourcesOf({ resources, exceptResources }: Statement): readonly Word[] {
  const first = exceptResources?.[0];
  return first ? [{ text: '*', span: first.span, write: () => [] }] : resources;
}

/** Whether a statement grants one of some actions, by name or by a pattern. */
export function grants({ allows, actions, exceptActions }: Statement, ...wanted: readonly string[]): boolean {
  const named = (words: readonly Word[], name: string) => words.some(({ text }) => matches(text, `iot:${name}`));
  return allows && wanted.some((name) => (exceptActions ? !named(exceptActions, name) : named(actions, name)));
}

/** A pattern with `*` and `?`; names of actions are compared without regard to case. */
function matches(pattern: string, name: string): boolean {
  let rest = name.toLowerCase();
  const [first = '', ...parts] = pattern.toLowerCase().split('*');
  if (!rest.startsWith(first)) return false;
  rest = rest.slice(first.length);
  if (parts.length === 0) return rest === '';
  const last = parts.pop()!;
  for (const part of parts) {
    const at = rest.indexOf(part);
    if (at < 0) return false;
    rest = rest.slice(at + part.length);
  }
  return rest.endsWith(last);
}

/** What an address names behind the account: `topic/ward-4/*`; the whole address where it is no ARN. */
export function targetOf(resource: string): string {
  return resource.startsWith('arn:') ? resource.split(':').slice(5).join(':') : resource;
}
