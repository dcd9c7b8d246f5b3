import { sections, type Directives, type Section } from '#notations/directives.js';

/** One port of the broker with the lines that belong to it. */
export interface Listener {
  readonly section: Section;
  readonly port: number;
  readonly address?: string | undefined;
  readonly label: string;
}

const isHead = ({ name }: { name: string }) => name === 'listener' || name === 'connection';

/** mosquitto.conf(5): what follows `listener` belongs to it; `port` and `bind_address` are the old default listener. */
export function listeners(file: Directives): readonly Listener[] {
  const [before, ...headed] = sections(file, isHead);
  const port = before!.directives.find(({ name }) => name === 'port');
  const found: Listener[] = port
    ? [{ section: { ...before!, head: port }, port: Number(port.value), address: before!.directives.find(({ name }) => name === 'bind_address')?.value, label: `The MQTT listener on port ${port.value}` }]
    : [];
  for (const section of headed) {
    if (section.head!.name !== 'listener') continue;
    const [number, address] = section.head!.value.split(/\s+/);
    found.push({ section, port: Number(number), address, label: `The MQTT listener on port ${number}` });
  }
  return found;
}

/** The connections to other brokers. */
export function bridges(file: Directives): readonly Section[] {
  return sections(file, isHead).filter(({ head }) => head?.name === 'connection');
}
