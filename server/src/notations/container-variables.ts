/** What variables and options do to the log-ins and connections of the programs that are given them, whatever describes the container. */
import { isFilledIn } from '#engine/holes.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { upTo, type Edit, type Span } from '#engine/text.js';

/** Words with which Go's strconv.ParseBool reads a switch as on, and as off. */
const goTrue = /^(?:1|t|T|TRUE|true|True)$/;
const goFalse = /^(?:0|f|F|FALSE|false|False)$/;

/** Environment variables that switch off the check of the other end's certificate in common runtimes, with the value that does. */
const unverified: Readonly<Record<string, RegExp>> = table({
  // Node.js, Command-line API; PEP 493.
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  PYTHONHTTPSVERIFY: /^0$/,
  GIT_SSL_NO_VERIFY: /^(1|true|yes|on)$/i,
  // The clients of HashiCorp: vault/api/client.go, consul/api/api.go, nomad/api/api.go.
  VAULT_SKIP_VERIFY: goTrue,
  CONSUL_HTTP_SSL_VERIFY: goFalse,
  NOMAD_SKIP_VERIFY: goTrue,
  // Kibana Guide, Install Kibana with Docker: every setting by its name in capitals; elasticsearch.ssl.verificationMode.
  ELASTICSEARCH_SSL_VERIFICATIONMODE: /^none$/,
  // Grafana, Configure Grafana, GF_<section>_<key>: [smtp] skip_verify, [auth.generic_oauth] tls_skip_verify_insecure.
  GF_SMTP_SKIP_VERIFY: /^(1|true)$/i,
  GF_AUTH_GENERIC_OAUTH_TLS_SKIP_VERIFY_INSECURE: /^(1|true)$/i,
});

const filledIn = 'what it is filled in with decides';

/** What a variable does to the log-in of its image. */
interface Opening {
  readonly when: RegExp;
  readonly is: 'anonymous' | 'empty' | 'none';
  readonly safe: string;
}

/** Environment variables of common images that leave their log-in open: what they do, and the value that does. */
const opening: Readonly<Record<string, Opening>> = table({
  POSTGRES_HOST_AUTH_METHOD: { when: /^trust$/i, is: 'none', safe: 'scram-sha-256' },
  MYSQL_ALLOW_EMPTY_PASSWORD: { when: /\S/, is: 'empty', safe: '' },
  MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: { when: /\S/, is: 'empty', safe: '' },
  ALLOW_EMPTY_PASSWORD: { when: /^(yes|true|1)$/i, is: 'empty', safe: 'no' },
  ALLOW_ANONYMOUS_LOGIN: { when: /^(yes|true|1)$/i, is: 'anonymous', safe: 'no' },
  GF_AUTH_ANONYMOUS_ENABLED: { when: /^(true|1)$/i, is: 'anonymous', safe: 'false' },
  'xpack.security.enabled': { when: /^false$/i, is: 'anonymous', safe: 'true' },
  'plugins.security.disabled': { when: /^true$/i, is: 'anonymous', safe: 'false' },
  DISABLE_SECURITY_PLUGIN: { when: /^true$/i, is: 'anonymous', safe: 'false' },
  NEO4J_AUTH: { when: /^none$/i, is: 'anonymous', safe: '' },
  // pgAdmin 4, Container Deployment: PGADMIN_CONFIG_… writes config_distro.py; config.py, SERVER_MODE: without it nobody signs in.
  PGADMIN_CONFIG_SERVER_MODE: { when: /^False$/, is: 'anonymous', safe: 'True' },
  // NanoMQ, Docker: environment variables; VerneMQ, Docker: any setting of vernemq.conf behind DOCKER_VERNEMQ_.
  NANOMQ_ALLOW_ANONYMOUS: { when: /^true$/i, is: 'anonymous', safe: 'false' },
  DOCKER_VERNEMQ_ALLOW_ANONYMOUS: { when: /^on$/i, is: 'anonymous', safe: 'off' },
});

/**
 * Options with which a program asks nobody who they are: Traefik, `api.insecure`; MySQL Reference Manual, `--skip-grant-tables`; MongoDB Manual, `mongod --noauth`;
 * Jupyter Server, Security; Elasticsearch, `xpack.security.enabled`.
 */
const openOptions = /^(?:--api\.insecure(?:=true)?|--skip-grant-tables|--noauth|--(?:NotebookApp|ServerApp|IdentityProvider)\.token=(?:''|"")?|-Expack\.security\.enabled=false)$/i;

/** The option of a command's word that opens its log-in to all, without its value. */
export function opensByOption(word: string): string | undefined {
  return openOptions.test(word) ? upTo(word, '=') : undefined;
}

/** Options with which a program trusts whoever answers: metrics-server, README; Traefik, serversTransport; kubectl, options. */
const trustingOptions = /^--(?:kubelet-insecure-tls|serversTransport\.insecureSkipVerify|insecure-skip-tls-verify)(?:=true)?$/i;

/** The option of a command's word that switches off the check of the other end, without its value. */
export function trustsByOption(word: string): string | undefined {
  return trustingOptions.test(word) ? upTo(word, '=') : undefined;
}

/** One variable of a container's environment, and whose it is. */
export interface Variable {
  /** `The service web`. */
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/**
 * What a variable does to the log-in of its image, as a fact; none for variables and values that leave it closed. `write` gives the edits
 * that put another value in its place, or take the variable away for `undefined`.
 */
export function loginByVariable({ label, name, value, span }: Variable, write: (value: string | undefined) => readonly Edit[]) {
  const opened = Object.hasOwn(opening, name) ? opening[name] : undefined;
  if (!opened || (!opened.when.test(value) && !isFilledIn(value))) return [];
  const fact = { label: `${label}, by ${name},`, span };
  const close = () => write(opened.safe === '' ? undefined : opened.safe);
  const held = <T>(is: T): Setting<T> => (isFilledIn(value) ? undetermined(span, filledIn) : known(is, span, close));
  return [opened.is === 'anonymous' ? { ...fact, anonymous: held<boolean>(true) }
    : opened.is === 'empty' ? { ...fact, emptyPassword: held<boolean>(true) }
    : { ...fact, method: held<'none' | 'weak' | 'password' | 'strong'>('none') }];
}

/** A variable that decides the check of certificates, as a fact; none for other variables. `remove` gives the edits that take it away. */
export function checkByVariable({ label, name, value, span }: Variable, remove: () => readonly Edit[]) {
  const off = Object.hasOwn(unverified, name) ? unverified[name] : undefined;
  if (!off) return [];
  const verified = !off.test(value);
  const peerVerified: Setting<boolean> = isFilledIn(value) ? undetermined(span, filledIn) : known(verified, span, (on) => (on && !verified ? remove() : []));
  return [{ label: `${label}, by ${name},`, span, role: 'connects' as const, protocol: 'https', peerVerified }];
}

type Protection = 'none' | 'opportunistic' | 'encrypted';

/** What `sslmode` of libpq comes to; PostgreSQL 17, 32.19 SSL Support. */
const sslModes: Readonly<Record<string, Protection>> = table({
  disable: 'none', allow: 'opportunistic', prefer: 'opportunistic', require: 'encrypted', 'verify-ca': 'encrypted', 'verify-full': 'encrypted',
});

/**
 * `PGSSLMODE`, which says how libpq connects to `PGHOST`. `other` gives the value of another variable of the program, and `reachOf` says whether a
 * host is outside the machine or cluster; it is asked about no host where none is named.
 */
export function protectionByVariable(
  { label, name, value, span }: Variable, other: (name: string) => string | undefined, reachOf: (host: string | undefined) => Setting<'loopback' | 'network'>,
  write: (value: string) => readonly Edit[],
) {
  const mode = name === 'PGSSLMODE' ? sslModes[value.toLowerCase()] : undefined;
  if (mode === undefined) return [];
  const host = other('PGHOST') ?? other('PGHOSTADDR');
  return [{
    label: `${label}, by ${name},`, span, role: 'connects' as const, protocol: 'postgresql', address: host, reach: reachOf(host),
    protection: known<Protection>(mode, span, (wanted) => (wanted === 'encrypted' ? write('verify-full') : [])),
  }];
}

/** Whether a variable says something by its name alone, whatever program is given it. */
export function speaksByName(name: string): boolean {
  return Object.hasOwn(opening, name) || Object.hasOwn(unverified, name) || name === 'PGSSLMODE';
}
