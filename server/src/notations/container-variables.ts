/** What variables and options do to the log-ins and connections of the programs that are given them, whatever describes the container. */
import { known, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';

/** Environment variables that switch off the check of the other end's certificate in common runtimes, with the value that does. */
const unverified: Readonly<Record<string, RegExp>> = {
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  PYTHONHTTPSVERIFY: /^0$/,
  GIT_SSL_NO_VERIFY: /^(1|true|yes|on)$/i,
  CURL_INSECURE: /^(1|true)$/i,
  // Vault, Consul and Nomad documentation, CLI environment variables.
  VAULT_SKIP_VERIFY: /^(1|t|true)$/i,
  CONSUL_HTTP_SSL_VERIFY: /^(0|f|false)$/i,
  NOMAD_SKIP_VERIFY: /^(1|t|true)$/i,
  // Kibana Guide, Docker: elasticsearch.ssl.verificationMode.
  ELASTICSEARCH_SSL_VERIFICATIONMODE: /^none$/i,
  // Grafana documentation, configuration: [smtp] skip_verify, [auth.*] tls_skip_verify_insecure.
  GF_SMTP_SKIP_VERIFY: /^(1|true)$/i,
  GF_AUTH_GENERIC_OAUTH_TLS_SKIP_VERIFY_INSECURE: /^(1|true)$/i,
};

/** Environment variables of common images that leave their log-in open: what they do, and the value that does. */
const opening: Readonly<Record<string, { readonly when: RegExp; readonly is: 'anonymous' | 'empty' | 'none'; readonly safe: string }>> = {
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
  // Docker Official Image of PostgreSQL, POSTGRES_INITDB_ARGS: handed to initdb, whose --auth decides pg_hba.conf.
  POSTGRES_INITDB_ARGS: { when: /--auth(?:-host)?[= ]trust\b|(?:^|\s)-A[= ]?trust\b/, is: 'none', safe: '' },
  // pgAdmin 4, Container Deployment: without server mode nobody signs in.
  PGADMIN_CONFIG_SERVER_MODE: { when: /^false$/i, is: 'anonymous', safe: 'True' },
  NANOMQ_ALLOW_ANONYMOUS: { when: /^true$/i, is: 'anonymous', safe: 'false' },
  DOCKER_VERNEMQ_ALLOW_ANONYMOUS: { when: /^(on|true)$/i, is: 'anonymous', safe: 'off' },
  RABBITMQ_LOOPBACK_USERS: { when: /^none$/i, is: 'anonymous', safe: '' },
};

/**
 * Options with which a program asks nobody who they are: Traefik, `api.insecure`; MySQL Reference Manual, `--skip-grant-tables`; MongoDB Manual, `mongod --noauth`;
 * Jupyter Server, Security; Elasticsearch, `xpack.security.enabled`.
 */
const openOptions = /^(?:--api\.insecure(?:=true)?|--skip-grant-tables|--noauth|--(?:NotebookApp|ServerApp|IdentityProvider)\.token=(?:''|"")?|-Expack\.security\.enabled=false)$/i;

/** The option of a command's word that opens its log-in to all, without its value. */
export function opensByOption(word: string): string | undefined {
  return openOptions.test(word) ? word.replace(/=.*$/s, '') : undefined;
}

/** Options with which a program trusts whoever answers: metrics-server, `--kubelet-insecure-tls`; Traefik, serversTransport; kubectl; Kibana. */
const trustingOptions = /^--(?:kubelet-insecure-tls|serversTransport\.insecureSkipVerify|insecure-skip-tls-verify|tls-skip-verify|skip-tls-verify|elasticsearch\.ssl\.verificationMode=none)(?:=true)?$/i;

/** The option of a command's word that switches off the check of the other end, without its value. */
export function trustsByOption(word: string): string | undefined {
  return trustingOptions.test(word) ? word.replace(/=.*$/s, '') : undefined;
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
  if (!opened?.when.test(value)) return [];
  const fact = { label: `${label}, by ${name},`, span };
  const close = () => write(opened.safe === '' ? undefined : opened.safe);
  return [opened.is === 'anonymous' ? { ...fact, anonymous: known(true, span, close) }
    : opened.is === 'empty' ? { ...fact, emptyPassword: known(true, span, close) }
    : { ...fact, method: known<'none' | 'weak' | 'password' | 'strong'>('none', span, close) }];
}

/** A variable that decides the check of certificates, as a fact; none for other variables. `remove` gives the edits that take it away. */
export function checkByVariable({ label, name, value, span }: Variable, remove: () => readonly Edit[]) {
  const off = Object.hasOwn(unverified, name) ? unverified[name] : undefined;
  if (!off) return [];
  const verified = !off.test(value);
  const peerVerified = known(verified, span, (on) => (on && !verified ? remove() : []));
  return [{ label: `${label}, by ${name},`, span, role: 'connects' as const, protocol: 'https', peerVerified }];
}

type Protection = 'none' | 'opportunistic' | 'encrypted';

/** What `sslmode` of libpq comes to; PostgreSQL 17, 32.19 SSL Support. */
const sslModes: Readonly<Record<string, Protection>> = { disable: 'none', allow: 'opportunistic', prefer: 'opportunistic', require: 'encrypted', 'verify-ca': 'encrypted', 'verify-full': 'encrypted' };

/**
 * Variables that say how a program connects: libpq's `PGSSLMODE` to `PGHOST`, and the exporter of OpenTelemetry. `other` gives the value of another variable
 * of the program, and `reachOf` says whether a host is outside the machine or cluster; it is asked about no host where none is named.
 */
export function protectionByVariable(
  { label, name, value, span }: Variable, other: (name: string) => string | undefined, reachOf: (host: string | undefined) => Setting<'loopback' | 'network'>,
  write: (value: string) => readonly Edit[],
) {
  const fact = { label: `${label}, by ${name},`, span, role: 'connects' as const };
  if (name === 'PGSSLMODE') {
    const mode = sslModes[value.toLowerCase()];
    const host = other('PGHOST') ?? other('PGHOSTADDR');
    return mode === undefined ? [] : [{ ...fact, protocol: 'postgresql', address: host, reach: reachOf(host), protection: known<Protection>(mode, span, (wanted) => (wanted === 'encrypted' ? write('verify-full') : [])) }];
  }
  const endpoint = other('OTEL_EXPORTER_OTLP_ENDPOINT');
  const host = /^(?:[a-z]+:\/\/)?([^/:\s]{1,255})/i.exec(endpoint ?? '')?.[1];
  if (name !== 'OTEL_EXPORTER_OTLP_INSECURE' || !/^true$/i.test(value) || /^https:/i.test(endpoint ?? '')) return [];
  return [{ ...fact, protocol: 'otlp', address: host, reach: reachOf(host), protection: known<Protection>('none', span, (wanted) => (wanted === 'encrypted' ? write('false') : [])) }];
}

/** Whether a variable says something by its name alone, whatever program is given it. */
export function speaksByName(name: string): boolean {
  return Object.hasOwn(opening, name) || Object.hasOwn(unverified, name) || name === 'PGSSLMODE';
}
