import type { Embedded } from '#engine/embedded.js';
import { table } from '#engine/table.js';
import type { Edit, Span } from '#engine/text.js';
import { composedJson, composedLines, type Given } from './composed-document.js';

/** A variable that a container is given, wherever it is stated. */
export interface Setting {
  readonly name: string;
  /** What it states; `${NAME}` where something else fills it in. */
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
  readonly print: 'json' | 'yaml' | 'lines';
  /** The variable that holds a whole file. */
  readonly whole?: string;
  /** What the image states itself unless told otherwise. */
  readonly shipped?: Readonly<Record<string, boolean>>;
  /** Names that only this image gives its variables, so that they give it away under any name, and in a file of variables. */
  readonly own: RegExp;
  /** Where a variable stands in the file. */
  path(name: string): readonly string[] | undefined;
}

/** Names of settings that the image of Orthanc does not spell as its rule has it: configurator.py and env-var-non-standards.json. */
const orthancNames: ReadonlyMap<string, string> = new Map([['POSTGRESQL', 'PostgreSQL'], ['MYSQL', 'MySQL'], ['OHIF', 'OHIF'], ['HTTPS_CA_CERTIFICATES', 'HttpsCACertificates']]);

/** Properties that the format reads, since Spring does not tell from a variable where its words part; Spring Boot 3, relaxed binding. */
const springNames = [
  'spring.datasource.url', 'spring.datasource.username', 'spring.datasource.password', 'spring.elasticsearch.uris', 'spring.elasticsearch.password',
  'spring.security.user.password', 'spring.h2.console.enabled',
  'server.address', 'server.port', 'server.ssl.enabled', 'server.ssl.key-store', 'server.ssl.key-store-password', 'server.ssl.key-password',
  'management.endpoints.web.exposure.include', 'elasticsearch.enabled', 'elasticsearch.protocol', 'elasticsearch.password', 'elasticsearch.rest_url',
  'hapi.fhir.server_address', 'hapi.fhir.cors.allow_Credentials', 'hapi.fhir.cors.allowed_origin', 'hapi.fhir.bulk_export_enabled', 'hapi.fhir.allow_multiple_delete',
  'hapi.fhir.expunge_enabled', 'hapi.fhir.delete_expunge_enabled', 'hapi.fhir.logger.format', 'hapi.fhir.subscription.email.host',
  'hapi.fhir.subscription.email.password', 'hapi.fhir.subscription.email.startTlsEnable', 'hapi.fhir.subscription.email.startTlsRequired',
];
const letters = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const springPaths: ReadonlyMap<string, readonly string[]> = new Map(springNames.map((name) => [letters(name), name.split('.')]));

/** The top level of the settings of Zigbee2MQTT that hold others; settings.schema.json of 2.14. */
const zigbeeSections = ['mqtt', 'serial', 'frontend', 'advanced', 'homeassistant', 'availability', 'ota', 'device_options', 'map_options', 'health'];

/** Variables of the image of Mirth with names of their own. Passwords of its keystore are said of the variable. */
const mirthNames: Readonly<Record<string, readonly string[]>> = table({
  DATABASE: ['database'], DATABASE_URL: ['database.url'], DATABASE_USERNAME: ['database.username'], DATABASE_PASSWORD: ['database.password'],
});

const images: readonly ImageDocument[] = [
  {
    // orthanc-builder, docker/orthanc: configurator.py, helpers.py and orthanc-defaults.json.
    image: /(?:^|\/)(?:orthancteam|osimis)\/orthanc(?:-pro)?$/, format: 'orthanc', file: 'orthanc.json', print: 'json', whole: 'ORTHANC_JSON', own: /^ORTHANC_(?:_[A-Z]|JSON$)/,
    shipped: { RemoteAccessAllowed: true, AuthenticationEnabled: true },
    path: (name) => (name.startsWith('ORTHANC__') && !name.endsWith('_SECRET') ? name.slice('ORTHANC__'.length).split('__').map((part) => orthancNames.get(part) ?? camelCase(part)) : undefined),
  },
  {
    // Zigbee2MQTT, lib/util/settings.ts applyEnvironmentVariables: every option in capitals, its levels joined by `_`.
    image: /(?:^|\/)(?:koenkk\/)?zigbee2mqtt$/, format: 'zigbee2mqtt', file: 'configuration.yaml', print: 'yaml', own: /^ZIGBEE2MQTT_CONFIG_/,
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
    image: /(?:^|\/)hapiproject\/hapi$/, format: 'hapi-fhir', file: 'application.yaml', print: 'yaml', whole: 'SPRING_APPLICATION_JSON', own: /^(?:hapi\.fhir\.|HAPI_FHIR_)/,
    path: (name) => (/^[a-z]+(?:\.[\w-]+)+$/.test(name) ? name.split('.') : springPaths.get(letters(name))),
  },
  {
    // EMQX, Configuration, environment variables: `__` parts the levels; release 4 knew one level.
    image: /(?:^|\/)emqx(?:-enterprise|-ee)?$/, format: 'emqx', file: 'emqx.conf', print: 'json', own: /^EMQX_(?:[A-Z]+__|ALLOW_ANONYMOUS$)/,
    path: (name) => (name === 'EMQX_ALLOW_ANONYMOUS' ? ['allow_anonymous'] : /^EMQX_[A-Z]\w*$/.test(name) && name.includes('__') ? name.slice(5).toLowerCase().split('__') : undefined),
  },
  {
    // connect-docker, entrypoint.sh: `_MP_` and the name, `_` for a dot, `__` for a dash.
    image: /(?:^|\/)nextgenhealthcare\/connect$|(?:^|\/)openintegrationengine\/engine$/, format: 'mirth-properties', file: 'mirth.properties', print: 'lines', own: /^_MP_[A-Z]/,
    path: (name) => (/^_MP_(?!KEYSTORE_)/.test(name) ? [name.slice('_MP_'.length).toLowerCase().replaceAll('__', '-').replaceAll('_', '.')] : mirthNames[name]),
  },
];

const camelCase = (name: string) => name.split('_').map((word) => word.slice(0, 1) + word.slice(1).toLowerCase()).join('');

/** Whether a set of variables states settings of one of these images, by a name that no other has. */
export function statesSettings(names: readonly string[]): boolean {
  return names.some((name) => images.some(({ own }) => own.test(name)));
}

/** Those of these images that an image is, or that its variables are of. */
function imagesOf(image: string | undefined, names: readonly string[]): readonly ImageDocument[] {
  return images.filter((one) => (image !== undefined && one.image.test(image)) || names.some((name) => one.own.test(name)));
}

/** Which variables of an image, among others, are settings of its configuration file, and judged as such. */
export function settingsAmong(image: string | undefined, names: readonly string[]): ReadonlySet<string> {
  const known = imagesOf(image, names);
  return new Set(known.length === 0 ? [] : names.filter((name) => known.some((one) => name === one.whole || one.path(name) !== undefined)));
}

/**
 * The configuration files that an image makes of variables, each at most once. Without an image, as in a file of variables, those
 * of the images whose own names occur. `elsewhere` is why a file may state what the variables leave out.
 */
export function imageDocuments(image: string | undefined, settings: readonly Setting[], folder: string, elsewhere?: string): readonly Embedded[] {
  const stated = new Map(settings.map((one) => [one.name, one]));
  return imagesOf(image, [...stated.keys()]).flatMap((one) => {
    const given = [...stated.values()].flatMap((setting): readonly Given[] => {
      const path = one.path(setting.name);
      return path === undefined || path.some((step) => step === '') ? [] : [{ ...setting, path }];
    });
    const whole = one.whole === undefined ? undefined : stated.get(one.whole)?.document;
    if (given.length === 0 && !whole) return [];
    const name = `${folder}/${one.file}`;
    const document = one.print === 'lines' ? composedLines(name, one.format, given) : composedJson(name, one.format, given, { shipped: one.shipped, whole, isYaml: one.print === 'yaml' });
    return [elsewhere === undefined ? document : { ...document, elsewhere }];
  });
}
