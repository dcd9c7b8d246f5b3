import { undetermined, type Slot, type Undetermined } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { attributeOf, childSlot, childrenOf, descend, textOf, type Element, type Xml } from '#notations/xml.js';

/** A channel of an export: where messages come in, and where they go. */
export interface MirthChannel {
  readonly element: Element;
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

/** The channels of a file: exported alone, as a list, in groups, or with the configuration of the whole server. */
export function channelsOf(file: Xml): readonly MirthChannel[] {
  const found: MirthChannel[] = [];
  const stack: { element: Element; depth: number }[] = [{ element: file.root, depth: 0 }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { element, depth } = top;
    if (element.name === 'channel') {
      const channel = readChannel(file, element);
      if (channel) found.push(channel);
    } else if (depth < 6 && (element.name === '' || wrappers.has(element.name))) {
      for (let i = element.children.length - 1; i >= 0; i--) stack.push({ element: element.children[i]!, depth: depth + 1 });
    }
  }
  return found;
}

function readChannel(file: Xml, element: Element): MirthChannel | undefined {
  const children = new Map(element.children.map((child) => [child.name, child]));
  const source = children.get('sourceConnector');
  if (!source) return undefined;
  const metadata = descend(children.get('exportData'), 'metadata');
  if (metadata && valueOf(file, metadata, 'enabled') === 'false') return undefined;
  const nameElement = children.get('name');
  const name = shown(nameElement ? textOf(file, nameElement) : '') || 'without a name';
  const destinations = childrenOf(children.get('destinationConnectors'), 'connector');
  const connectors = [source, ...destinations].flatMap((one): readonly Connector[] => {
    const properties = descend(one, 'properties');
    const type = properties && attributeOf(properties, 'class')?.value;
    if (!properties || !type || valueOf(file, one, 'enabled') === 'false') return [];
    const own = one === source ? '' : shown(valueOf(file, one, 'name') ?? '');
    return [{
      file, channel: name, properties, kind: type.slice(type.lastIndexOf('.') + 1).replace(/Properties$/, ''), isSource: one === source,
      whose: `${own ? `to ${own} ` : ''}of channel ${name}`,
    }];
  });
  return { element, name, connectors, properties: children.get('properties'), pruning: descend(metadata, 'pruningSettings') };
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
