import { upTo, type Edit, type Span } from '#engine/text.js';
import { change, nodeAt, placeOf, properties, property, type Json, type JSONPath, type Node } from '#notations/json.js';

/** One value of the file: a setting of `config`, or of a target in `target_overrides`. */
export interface Entry {
  /** As the file spells it: `nsapi.default-wifi-security`, `wifi-password`. */
  readonly name: string;
  /** `*` for every target; the name of the application's own settings is `config`. */
  readonly target: string;
  /** Text without the quotes of JSON and of the C literal in it; `true`, `5` as they are written. */
  readonly value: string;
  readonly span: Span;
  write(value: string | boolean): readonly Edit[];
}

/** Every value, in the order of the file. */
export function entries(file: Json): readonly Entry[] {
  const found: Entry[] = [];
  for (const { name, value } of properties(nodeAt(file, ['config']))) add(
    name,
    'config',
    value.type === 'object' ? property(value, 'value')?.children?.[1] : value,
    value.type === 'object' ? ['config', name, 'value'] : ['config', name],
  );
  for (const target of properties(nodeAt(file, ['target_overrides']))) for (const { name, value } of properties(target.value)) add(
    name,
    target.name,
    value,
    ['target_overrides', target.name, name],
  );
  return found;

  function add(name: string, target: string, node: Node | undefined, path: JSONPath): void {
    if (!node || node.type === 'object' || node.type === 'array') return;
    const raw = String(node.value);
    const literal = /^"(.*)"$/s.exec(raw);
    found.push({
      name,
      target,
      value: literal ? literal[1]! : raw,
      span: placeOf(node),
      write: (value) => change(file, path, typeof value === 'string' && literal ? `"${value}"` : value),
    });
  }
}

/** A macro that the build defines, and the edit that takes it out of its list. */
export interface Macro {
  readonly name: string;
  readonly span: Span;
  remove(): readonly Edit[];
}

/** The macros of the application and those that targets add. */
export function macros(file: Json): readonly Macro[] {
  const lists: JSONPath[] = [
    ['macros'],
    ...properties(nodeAt(file, ['target_overrides'])).map(({ name }): JSONPath => ['target_overrides', name, 'target.macros_add']),
  ];
  return lists.flatMap((path) => {
    const list = nodeAt(file, path);
    return (list?.type === 'array' ? (list.children ?? []) : []).flatMap((item, i) => (typeof item.value === 'string'
      ? [{
        name: upTo(item.value, '='),
        span: { start: item.offset, end: item.offset + item.length },
        remove: () => change(file, [...path, i], undefined),
      }]
      : []));
  });
}
