import { undetermined, type Slot, type Undetermined } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { attributeOf, childSlot, childrenOf, descend, textOf, type Element, type Xml } from '#notations/xml.js';

/** A channel of an export: where messages come in, and where they go. */
export interface MirthChannel {
  readonly file: Xml;
  /** Where its scripts are: the channel with everything in it, or what of it is at hand. */
  readonly scripted: readonly Element[];
  /** As it is shown in the dashboard. */
  readonly name: string;
  /** Source first, then destinations; without those that are switched off. */
  readonly connectors: readonly Connector[];
  /** What the channel keeps of its messages. */
  readonly properties?: Element | undefined;
  readonly pruning?: Element | undefined;
}

/** One end of a channel. */
export interface Connector {
  readonly file: Xml;
  readonly channel: string;
  readonly properties: Element;
  /** The class of its properties without package and ending: `TcpReceiver`, `HttpDispatcher`. */
  readonly kind: string;
  readonly isSource: boolean;
  /** `of channel ADT`, or `to Archive of channel ADT`. */
  readonly whose: string;
}

/** What an export or a backup may be wrapped in. */
const wrappers: ReadonlySet<string> = new Set(['list', 'set', 'channels', 'channelGroup', 'channelGroups', 'serverConfiguration']);

/** The live channels of a file: exported alone, as a list, in groups, or with the configuration of the whole server. */
export function framesOf(file: Xml): readonly ChannelFrame[] {
  const found: ChannelFrame[] = [];
  const stack: { element: Element; depth: number }[] = [{ element: file.root, depth: 0 }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { element, depth } = top;
    if (element.name === 'channel') {
      const frame = readFrame(file, element);
      if (frame) found.push(frame);
    } else if (depth < 6 && (element.name === '' || wrappers.has(element.name))) {
      for (let i = element.children.length - 1; i >= 0; i--) stack.push({ element: element.children[i]!, depth: depth + 1 });
    }
  }
  return found;
}

/** A channel whose connectors were found and not read. */
export interface ChannelFrame {
  readonly file: Xml;
  readonly element: Element;
  readonly name: string;
  readonly source: Element;
  readonly destinations: readonly Element[];
  readonly properties?: Element | undefined;
  readonly pruning?: Element | undefined;
}

function readFrame(file: Xml, element: Element): ChannelFrame | undefined {
  const children = new Map(element.children.map((child) => [child.name, child]));
  const source = children.get('sourceConnector');
  if (!source) return undefined;
  const metadata = descend(children.get('exportData'), 'metadata');
  // Until version 3.6 the channel itself said whether it is switched on.
  if ([element, metadata].some((holder) => holder && valueOf(file, holder, 'enabled') === 'false')) return undefined;
  const name = children.get('name');
  return {
    file, element, source,
    name: shown(name ? textOf(file, name) : '') || 'without a name',
    destinations: childrenOf(children.get('destinationConnectors'), 'connector'),
    properties: children.get('properties'),
    pruning: descend(metadata, 'pruningSettings'),
  };
}

/** A channel with everything in it. */
export function channelOf({ file, element, name, source, destinations, properties, pruning }: ChannelFrame): MirthChannel {
  const connectors = [readConnector(file, source, name, true), ...destinations.map((one) => readConnector(file, one, name, false))];
  return { file, scripted: [element], name, connectors: connectors.filter((one) => one !== undefined), properties, pruning };
}

/** One connector; none where it is switched off. */
export function readConnector(file: Xml, element: Element, channel: string, isSource: boolean): Connector | undefined {
  const properties = descend(element, 'properties');
  const type = properties && attributeOf(properties, 'class')?.value;
  if (!properties || !type || valueOf(file, element, 'enabled') === 'false') return undefined;
  const own = isSource ? '' : shown(valueOf(file, element, 'name') ?? '');
  return {
    file, channel, properties, kind: type.slice(type.lastIndexOf('.') + 1).replace(/Properties$/, ''), isSource,
    whose: `${own ? `to ${own} ` : ''}of channel ${channel}`,
  };
}

/** A name on one line and of a length that fits a message. */
function shown(name: string): string {
  const line = name.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** The text of a child element; none where it is missing. */
export function valueOf(file: Xml, parent: Element, name: string): string | undefined {
  const child = descend(parent, name);
  return child && child.children.length === 0 ? textOf(file, child) : undefined;
}

/** Whether a value is filled in when a message passes: `${name}`, `$name` and other Velocity references. */
export function varies(text: string): boolean {
  return /\$!?\{|\$[A-Za-z]/.test(text);
}

/** A property of a connector; one filled in by a variable cannot be known. */
export function field({ file, properties }: Connector, name: string, parent: Element = properties): Slot {
  const slot = childSlot(file, parent, name);
  return slot.raw !== undefined && varies(slot.raw) ? { ...slot, obscured: `a variable holds ${name}` } : slot;
}

/** The port as a number, where it is one. */
export function portOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

/** The plug-in settings of a connector whose class says what they are for. */
export function pluginOf({ properties }: Connector, like: RegExp): Element | undefined {
  return descend(properties, 'pluginProperties')?.children.find(({ name }) => like.test(name.slice(name.lastIndexOf('.') + 1)));
}

/** Why nobody can tell where a connection goes. */
export const varyingHost = (span: Span): Undetermined => undetermined(span, 'a variable names the other end');
