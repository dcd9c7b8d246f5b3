import type { Embedded } from '#engine/embedded.js';
import type { Edit, Span } from '#engine/text.js';
import { composedJson, composedLines, type Given } from './composed-document.js';

/** A variable that a container is given, wherever it is stated. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly isHere: boolean;
  readonly write?: ((value: string) => readonly Edit[]) | undefined;
  /** The document that the value is, at its place. */
  readonly document?: Embedded | undefined;
}

/** How an image makes its configuration file of the variables it is given. */
interface ImageDocument {
  /** How its name ends, whatever registry it comes from. */
  readonly image: RegExp;
  readonly format: string;
  readonly file: string;
  readonly print: 'json' | 'lines';
  /** The variable that holds a whole file. */
  readonly whole?: string;
  /** What the image states itself unless told otherwise. */
  readonly shipped?: Readonly<Record<string, boolean>>;
  /** Names that only this image gives its variables, so that a file of variables gives itself away. */
  readonly own: RegExp;
  /** Where a variable stands in the file. */
  path(name: string): readonly string[] | undefined;
}

/** Names of settings of Orthanc that its image does not spell as the rule has it; docker/orthanc/env-var-non-standards.json. */
const orthancNames: ReadonlyMap<string, string> = new Map([['POSTGRESQL', 'PostgreSQL'], ['MYSQL', 'MySQL'], ['ODBC', 'ODBC'], ['OHIF', 'OHIF'], ['HTTPS_CA_CERTIFICATES', 'HttpsCACertificates']]);

/** Properties that the format reads, since Spring does not tell from a variable where its words part; Spring Boot 3, relaxed binding. */
const springNames = [
  'spring.datasource.url', 'spring.datasource.username', 'spring.datasource.password', 'spring.elasticsearch.uris', 'spring.elasticsearch.password', 'spring.security.user.password', 'spring.h2.console.enabled',
  'server.address', 'server.port', 'server.ssl.enabled', 'server.ssl.key-store', 'server.ssl.key-store-password', 'server.ssl.key-password', 'management.endpoints.web.exposure.include',
  'elasticsearch.enabled', 'elasticsearch.protocol', 'elasticsearch.password', 'elasticsearch.rest_url',
  'hapi.fhir.server_address', 'hapi.fhir.cors.allow_Credentials', 'hapi.fhir.cors.allowed_origin', 'hapi.fhir.bulk_export_enabled', 'hapi.fhir.allow_multiple_delete', 'hapi.fhir.expunge_enabled',
  'hapi.fhir.delete_expunge_enabled', 'hapi.fhir.logger.format', 'hapi.fhir.subscription.email.host', 'hapi.fhir.subscription.email.password', 'hapi.fhir.subscription.email.startTlsEnable', 'hapi.fhir.subscription.email.startTlsRequired',
];
const letters = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const springPaths: ReadonlyMap<string, readonly string[]> = new Map(springNames.map((name) => [letters(name), name.split('.')]));

/** The top level of the settings of Zigbee2MQTT that hold others; settings.schema.json of 2.14. */
const zigbeeSections = ['mqtt', 'serial', 'frontend', 'advanced', 'homeassistant', 'availability', 'ota', 'device_options', 'map_options', 'health'];

const images: readonly ImageDocument[] = [
  {
    // orthanc-builder, docker/orthanc: configurator.py, helpers.py and orthanc-defaults.json.
    image: /(?:^|\/)(?:orthancteam|osimis)\/orthanc(?:-pro)?$/, format: 'orthanc', file: 'orthanc.json', print: 'json', whole: 'ORTHANC_JSON', own: /^ORTHANC_(?:_[A-Z]|JSON$)/,
    shipped: { RemoteAccessAllowed: true, AuthenticationEnabled: true },
    path: (name) => (name.startsWith('ORTHANC__') && !name.endsWith('_SECRET')
      ? name.slice(9).split('__').map((part) => orthancNames.get(part) ?? part.split('_').map((word) => word.slice(0, 1) + word.slice(1).toLowerCase()).join('')) : undefined),
  },
  {
    // Zigbee2MQTT, Configuration: every option in capitals, its levels joined by `_`.
    image: /(?:^|\/)(?:koenkk\/)?zigbee2mqtt$/, format: 'zigbee2mqtt', file: 'configuration.yaml', print: 'json', own: /^ZIGBEE2MQTT_CONFIG_/,
    path: (name) => {
      const said = /^ZIGBEE2MQTT_CONFIG_(\w+)$/.exec(name)?.[1]?.toLowerCase();
      const section = said === undefined ? undefined : zigbeeSections.find((one) => said.startsWith(`${one}_`));
      return said === undefined ? undefined : section === undefined ? [said] : [section, said.slice(section.length + 1)];
    },
  },
  {
    // ASP.NET Core, Configuration: environment variables, where `__` or `:` parts the levels.
    image: /(?:^|\/)healthcareapis\/(?:stu3|r4|r4b|r5)-fhir-server$|(?:^|\/)(?:microsoft-)?fhir-server$/, format: 'ms-fhir', file: 'appsettings.json', print: 'json', own: /^FhirServer(?:__|:)/i,
    path: (name) => (/^(?:FhirServer|SqlServer|CosmosDb|DataStore|TaskHosting|DevelopmentIdentityProvider|ApplicationInsights)(?:(?:__|:)|$)/i.test(name) ? name.split(/__|:/) : undefined),
  },
  {
    // Spring Boot, Externalized Configuration; the image starts the server starter as it is.
    image: /(?:^|\/)hapiproject\/hapi$/, format: 'hapi-fhir', file: 'application.yaml', print: 'json', whole: 'SPRING_APPLICATION_JSON', own: /^(?:hapi\.fhir\.|HAPI_FHIR_)/,
    path: (name) => (/^[a-z]+(?:\.[\w-]+)+$/.test(name) ? name.split('.') : springPaths.get(letters(name))),
  },
  {
    // EMQX, Configuration: override by environment variables, where `__` parts the levels; release 4 knew one level.
    image: /(?:^|\/)emqx(?:-enterprise|-ee)?$/, format: 'emqx', file: 'emqx.conf', print: 'json', own: /^EMQX_(?:[A-Z]+__|ALLOW_ANONYMOUS$)/,
    path: (name) => (name === 'EMQX_ALLOW_ANONYMOUS' ? ['allow_anonymous'] : /^EMQX_[A-Z]\w*__\w+$/.test(name) ? name.slice(5).toLowerCase().split('__') : undefined),
  },
  {
    // connect-docker, README and entrypoint.sh: `_MP_` and the name, `_` for a dot, `__` for a dash.
    image: /(?:^|\/)nextgenhealthcare\/connect$|(?:^|\/)openintegrationengine\/engine$/, format: 'mirth-properties', file: 'mirth.properties', print: 'lines', own: /^_MP_[A-Z]/,
    path: (name) => (name.startsWith('_MP_') ? [name.slice(4).toLowerCase().replaceAll('__', '-').replaceAll('_', '.')] : mirthNames.get(name)),
  },
];

/** Variables of the image of Mirth with names of their own. */
const mirthNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['DATABASE', ['database']], ['DATABASE_URL', ['database.url']], ['DATABASE_USERNAME', ['database.username']], ['DATABASE_PASSWORD', ['database.password']],
  ['KEYSTORE_STOREPASS', ['keystore.storepass']], ['KEYSTORE_KEYPASS', ['keystore.keypass']],
]);

/** Whether a file of variables states settings of one of these images, by a name that no other has. */
export function statesSettings(names: Iterable<string>): boolean {
  for (const name of names) if (images.some(({ own }) => own.test(name))) return true;
  return false;
}

/** Whether a variable of an image is a setting of its configuration file, and judged as such. */
export function isSetting(image: string | undefined, name: string): boolean {
  return images.some((one) => (image === undefined ? one.own.test(name) : one.image.test(image)) && (name === one.whole || one.path(name) !== undefined));
}

/**
 * The configuration files that an image makes of variables, each at most once. Without an image, as in a file of variables, those
 * of the images whose own names occur.
 */
export function imageDocuments(image: string | undefined, settings: readonly Setting[], folder: string): readonly Embedded[] {
  const stated = new Map(settings.map((one) => [one.name, one]));
  return images.flatMap((one) => {
    if (image === undefined ? ![...stated.keys()].some((name) => one.own.test(name)) : !one.image.test(image)) return [];
    const given = [...stated.values()].flatMap((setting): readonly Given[] => {
      const path = one.path(setting.name);
      return path === undefined || path.some((step) => step === '') ? [] : [{ ...setting, path }];
    });
    const whole = one.whole === undefined ? undefined : stated.get(one.whole)?.document;
    if (given.length === 0 && !whole) return [];
    const name = `${folder}/${one.file}`;
    return [one.print === 'lines' ? composedLines(name, one.format, given) : composedJson(name, one.format, given, one.shipped, whole)];
  });
}
