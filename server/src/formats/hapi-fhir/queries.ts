import { query } from '#engine/query.js';
import { known, observe, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import { madeElsewhere, type Document, type Yaml } from '#notations/yaml.js';
import { documentsOf, property, slotOf, statedSwitch, varies } from './reading.js';

const id = 'hapi-fhir';

const each = <T>(name: string, read: (document: Document) => readonly T[]) => query<Yaml, T>(id, name, ({ tree }) => documentsOf(tree).flatMap(read));

/** Endpoints of the management interface that give away passwords or the memory of the server. */
const telling = [
  '*', 'env', 'heapdump', 'threaddump', 'configprops', 'httpexchanges', 'httptrace', 'loggers', 'shutdown', 'logfile', 'beans', 'jolokia', 'sessions',
];

/** The telling endpoints that are served over the network. */
export const endpoints = each<Setting<readonly string[]>>('management endpoints', (document) => {
  const place = property(document, 'management.endpoints.web.exposure.include');
  const words = place.kind === 'list' ? place.items.map(({ text }) => text ?? '${}') : place.text?.split(',').map((word) => word.trim());
  const open = words ? undefined : madeElsewhere(place);
  if (open) return [open];
  if (!words) return [];
  if (words.some(varies)) return [undetermined(place.head, 'the environment names the endpoints')];
  return [known(
    words.filter((word) => telling.includes(word.toLowerCase())), place.head,
    () => place.put(words.filter((word) => word === 'prometheus' || word === 'health' || word === 'info').join(',') || 'health')
  )];
});

const theSwitch = (name: string, path: string) => each<Setting<boolean>>(name, (document) => {
  const found = statedSwitch(document, path);
  return found ? [found] : [];
});

/** Whether the console of the embedded database is served. */
export const console = theSwitch('database console', 'spring.h2.console.enabled');
/** Whether one request may hand out the whole database. */
export const bulkExport = theSwitch('bulk export', 'hapi.fhir.bulk_export_enabled');

/** Switches that let one request delete much, or for good. */
export const deletions = each<{ name: string; on: Setting<boolean> }>('deletions', (document) => [
  ['allow_multiple_delete', 'delete many resources with one request'], ['expunge_enabled', 'erase resources with their history'], [
    'delete_expunge_enabled', 'erase what a search finds with its history',
  ],
].flatMap(([path, name]) => {
  const on = statedSwitch(document, `hapi.fhir.${path}`);
  return on ? [{ name: name!, on }] : [];
}));

/** Loggers that write the values of SQL statements, which are patients' data, once they are set to trace. */
const valueLoggers = [
  'org.hibernate.type', 'org.hibernate.type.descriptor.sql', 'org.hibernate.type.descriptor.sql.BasicBinder', 'org.hibernate.orm.jdbc.bind',
  'org.hibernate.orm.jdbc.extract', 'org.hibernate',
];

export const loggedValues = each<Setting<string>>('logged values', (document) => valueLoggers.flatMap((logger) => {
  const level = stated(slotOf(document, `logging.level.${logger}`), { read: (raw) => raw.toUpperCase(), print: (value) => value });
  return level ? [level] : [];
}));

/** What the access log writes of each request. */
export const accessLog = each<Setting<string>>('access log', (document) => {
  const { slot } = property(document, 'hapi.fhir.logger.format');
  return slot.raw === undefined ? [] : [observe(setting(slot, { read: (raw) => raw, print: (value) => value }, { because: '' }), (value) => value)];
});
