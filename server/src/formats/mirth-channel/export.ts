import type { Part, Parts } from '#engine/format.js';
import { parseXml, type Element, type Xml } from '#notations/xml.js';
import { channelOf, framesOf, readConnector, type ChannelFrame, type MirthChannel } from './channels.js';

/** An export, a backup of a server, or a part of one. */
export interface Export {
  readonly file: Xml;
  channels(): readonly MirthChannel[];
}

/** Reads a file as a whole. */
export function readExport(text: string, previous?: Export): Export {
  return exported(parseXml(text, previous?.file));
}

const exported = (file: Xml): Export => ({ file, channels: () => framesOf(file).map(channelOf) });

/**
 * Channels say nothing of each other. Of a channel that stands alone, each connector is a part: a channel with hundreds of
 * destinations is one file of megabytes.
 */
export function partsOf({ file }: Export): Parts<Export> {
  const frames = framesOf(file);
  const [alone] = frames;
  if (!alone || frames.length > 1) return { parts: frames.map(({ element }) => partOf(file, element, '', readExport)) };
  const connectorOf = (isSource: boolean) => (text: string): Export => {
    const file = parseXml(text);
    const [element] = file.root.children;
    const connector = element && readConnector(file, element, alone.name, isSource);
    return { file, channels: () => (element ? [{ file, scripted: [element], name: alone.name, connectors: connector ? [connector] : [] }] : []) };
  };
  return {
    rest: { file, channels: () => [frameAlone(alone)] },
    parts: [
      partOf(file, alone.source, `source of ${alone.name}`, connectorOf(true)),
      ...alone.destinations.map((element) => partOf(file, element, `destination of ${alone.name}`, connectorOf(false))),
    ],
  };
}

function partOf({ text }: Xml, { span: { start, end } }: Element, context: string, read: (text: string) => Export): Part<Export> {
  return { at: start, text: text.slice(start, end), context, read };
}

/** What a channel says beside its connectors. */
function frameAlone({ file, element, name, source, destinations, properties, pruning }: ChannelFrame): MirthChannel {
  const connectors = new Set([source, ...destinations]);
  const others = (from: Element) => from.children.filter((child) => !connectors.has(child));
  const scripted = others(element).flatMap((child) => (child.children.some((inner) => connectors.has(inner)) ? others(child) : [child]));
  return { file, scripted, name, connectors: [], properties, pruning };
}
