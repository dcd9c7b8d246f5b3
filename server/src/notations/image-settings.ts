import { yesNo } from '#engine/codec.js';
import { documented, type Source } from '#engine/release.js';
import { known, stated, translate, type Codec, type Setting, type Slot } from '#engine/setting.js';
import { table } from '#engine/table.js';

/** What container images of medical systems do with their environment, by the documentation and the build files of the images. */

/** A password that an image ships with. */
export interface ShippedCredential {
  readonly variable: string;
  /** What it opens: `the password of …`. */
  readonly what: string;
  /** The values of the image and of its manual. */
  readonly values: readonly string[];
  /** Where it is written that the first value holds when the variable is left out; absent where it must be stated. */
  readonly unset?: Source;
  /** Variables without which the image does not use this one. */
  readonly with?: readonly string[];
}

/** A port an image answers on in clear, and the one where it answers with TLS. */
export interface PlainPort {
  readonly port: number;
  readonly secure: number;
  readonly protocol: string;
  /** The service, as a noun phrase: `the web server`. */
  readonly what: string;
  readonly source: Source;
}

/** The settings of one image. */
export interface ImageSettings {
  /** How its name ends, whatever registry it comes from. */
  readonly image: RegExp;
  readonly credentials: readonly ShippedCredential[];
  readonly plainPorts: readonly PlainPort[];
  /** Variables that say how its connections are protected. */
  readonly channels: readonly ChannelVariable[];
  /** Whether it is the image archive, whose tag says who may call. */
  readonly isArchive?: true;
}

const openemr = documented('the OpenEMR image', '5.0 to 8.0', 'README');
const archive = documented('dcm4chee-arc-psql', '5.22 to 5.34', 'README');
const directory = documented('slapd-dcm4chee', '5.20 to 5.34', 'README');
const keycloak = documented('dcm4che/keycloak', '17.0 to 20.0', 'README');
const devices = documented('slapd-dcm4chee', '5.24 to 5.34', 'its Dockerfile');

const directoryPassword = { variable: 'LDAP_ROOTPASS', what: 'the password of the configuration directory', values: ['secret'] };

const images: readonly ImageSettings[] = [
  {
    image: /(?:^|\/)openemr\/openemr$/,
    // The first start sets OpenEMR up by itself only where it is told of a database and its root password.
    credentials: [
      { variable: 'OE_PASS', what: 'the password of the OpenEMR administrator', values: ['pass'], unset: openemr, with: ['MYSQL_HOST', 'MYSQL_ROOT_PASS'] },
      { variable: 'MYSQL_PASS', what: 'the password of the patient database', values: ['openemr'], unset: openemr, with: ['MYSQL_HOST', 'MYSQL_ROOT_PASS'] },
      { variable: 'MYSQL_ROOT_PASS', what: 'the password of the database root', values: ['root'] },
    ],
    plainPorts: [{ port: 80, secure: 443, protocol: 'http', what: 'the web server', source: documented('the OpenEMR image', '5.0 to 8.0', 'openemr.conf') }],
    channels: [],
  },
  {
    image: /(?:^|\/)dcm4che\/slapd-dcm4chee$/,
    credentials: [
      { ...directoryPassword, unset: directory },
      { variable: 'LDAP_CONFIGPASS', what: 'the password of the directory server', values: ['secret'], unset: directory },
    ],
    plainPorts: [],
    channels: [],
  },
  {
    image: /(?:^|\/)dcm4che\/dcm4chee-arc-psql$/,
    isArchive: true,
    credentials: [
      { ...directoryPassword, unset: archive },
      { variable: 'POSTGRES_PASSWORD', what: 'the password of the image database', values: ['pacs'], unset: archive },
      { variable: 'KEYSTORE_PASSWORD', what: 'the password of the keystore', values: ['secret'] },
      { variable: 'KEY_PASSWORD', what: 'the password of the key', values: ['secret'] },
    ],
    plainPorts: [
      { port: 9990, secure: 9993, protocol: 'http', what: 'the administration console', source: archive },
      { port: 11112, secure: 2762, protocol: 'dicom', what: 'the DICOM port', source: devices },
      { port: 2575, secure: 12575, protocol: 'hl7', what: 'the HL7 port', source: devices },
    ],
    channels: ['SSL_REQUIRED', 'DISABLE_TRUST_MANAGER', 'TLS_PROTOCOLS'],
  },
  {
    image: /(?:^|\/)dcm4che\/postgres-dcm4chee$/,
    credentials: [{ variable: 'POSTGRES_PASSWORD', what: 'the password of the image database', values: ['pacs'] }],
    plainPorts: [],
    channels: [],
  },
  {
    image: /(?:^|\/)dcm4che\/keycloak$/,
    credentials: [
      { ...directoryPassword, unset: keycloak },
      { variable: 'RS_CLIENT_SECRET', what: 'the secret that opens the RESTful services', values: ['changeit'], unset: keycloak },
      { variable: 'KC_DB_PASSWORD', what: 'the password of the Keycloak database', values: ['keycloak'], unset: keycloak, with: ['KC_DB'] },
      { variable: 'KEYCLOAK_ADMIN_PASSWORD', what: 'the password of the Keycloak administrator', values: ['changeit', 'admin'] },
    ],
    plainPorts: [],
    channels: ['SSL_REQUIRED', 'KC_SPI_CONNECTIONS_HTTP_CLIENT_DEFAULT_DISABLE_TRUST_MANAGER', 'KC_HTTPS_PROTOCOLS'],
  },
];

/** What is known of an image, by its name without tag. */
export function imageSettings(name: string): ImageSettings | undefined {
  return images.find(({ image }) => image.test(name));
}

/** The credential of any of these images that a variable is; for files of variables, which name no image. */
export function imageCredential(variable: string): ShippedCredential | undefined {
  return images.flatMap(({ credentials }) => credentials).find((one) => one.variable === variable);
}

/**
 * Whether the archive's image asks who calls: the tag says whether Keycloak guards everything, the pages for people alone, or nothing.
 * `undefined` for a tag that names no release.
 */
export function archiveGuard(tag: string | undefined): 'everything' | 'pages' | 'nothing' | undefined {
  if (tag === undefined || !/^\d+\.\d+/.test(tag)) return undefined;
  return /-secure-ui\b/.test(tag) ? 'pages' : /-secure\b/.test(tag) ? 'everything' : 'nothing';
}

const versions = ['SSLv2', 'SSLv3', '1.0', '1.1', '1.2', '1.3'] as const;
type Version = (typeof versions)[number];
type Protection = 'none' | 'opportunistic' | 'encrypted';

/** What one variable says of a connection. */
export interface VariableChannel {
  readonly role: 'listens' | 'connects';
  readonly protocol: 'https';
  readonly protection?: Setting<Protection>;
  readonly leastVersion?: Setting<Version>;
  readonly peerVerified?: Setting<boolean>;
}

const channelVariables = table({
  // `none` lets everyone sign in over plain HTTP; `external`, the default, asks for TLS outside private networks.
  SSL_REQUIRED: (slot: Slot): VariableChannel | undefined => {
    const protection = slot.raw?.toLowerCase() === 'none' ? 'opportunistic' : slot.raw?.toLowerCase() === 'all' ? 'encrypted' : undefined;
    return protection && { ...web, protection: known<Protection>(protection, slot.span, (wanted) => (wanted === 'encrypted' ? slot.write('all') : [])) };
  },
  DISABLE_TRUST_MANAGER: trust,
  KC_SPI_CONNECTIONS_HTTP_CLIENT_DEFAULT_DISABLE_TRUST_MANAGER: trust,
  TLS_PROTOCOLS: leastOf,
  KC_HTTPS_PROTOCOLS: leastOf,
} as const);

export type ChannelVariable = keyof typeof channelVariables;

const web = { role: 'listens', protocol: 'https' } as const;

/** Reads a variable that says how connections are protected; nothing for others, and for values that leave the default in place. */
export function variableChannel(variable: string, slot: Slot): VariableChannel | undefined {
  return Object.hasOwn(channelVariables, variable) && slot.raw !== undefined ? channelVariables[variable as ChannelVariable](slot) : undefined;
}

/** A server is trusted whatever its certificate. */
function trust(slot: Slot): VariableChannel | undefined {
  const off = stated(slot, yesNo(['true'], ['false']));
  return off && { role: 'connects', protocol: 'https', peerVerified: translate(off, (unseen) => !unseen, (verified) => !verified) };
}

const spelled: Readonly<Record<string, Version>> = table({ SSLv2: 'SSLv2', SSLv3: 'SSLv3', TLSv1: '1.0', 'TLSv1.1': '1.1', 'TLSv1.2': '1.2', 'TLSv1.3': '1.3' });

/** Names of versions, separated by commas. */
const versionList: Codec<Version> = {
  read: (raw) => {
    const named = raw.split(',').map((name) => spelled[name.trim()]);
    return named.includes(undefined) ? undefined : versions.find((version) => named.includes(version));
  },
  print: (least) => Object.keys(spelled).slice(versions.indexOf(least)).join(','),
};

function leastOf(slot: Slot): VariableChannel | undefined {
  const least = stated(slot, versionList);
  return least && { ...web, leastVersion: least };
}
