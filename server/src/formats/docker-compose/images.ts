import type { AuditTrailFields } from '#concepts/audit-trail.js';
import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { LoginFields } from '#concepts/login.js';
import { isThisMachine } from '#concepts/network-names.js';
import { isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { Analysis } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import { integer } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import type { Embedded } from '#engine/embedded.js';
import { inReleases, isBefore, releasesOf, type Changed } from '#engine/release.js';
import { known, setting, undetermined } from '#engine/setting.js';
import { imageOf } from '#notations/containers.js';
import { archiveGuard, imageSettings, variableChannel, type ImageSettings, type PlainPort, type ShippedCredential } from '#notations/image-settings.js';
import { imageDocuments } from '#notations/image-documents.js';
import { elsewhereOf, environmentSlot, mentions, settingsOf } from './environment.js';
import { publishedPorts, servicesOf, type Compose, type Published, type Service } from './services.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type SecretFact = Fact & SecretUse & Fields<SecretFields>;

/** A service whose image is known, and what is known of it. */
interface KnownService {
  readonly service: Service;
  readonly settings: ImageSettings;
  readonly tag: string | undefined;
}

const knownService = oncePer((service: Service): KnownService | undefined => {
  const { name, tag } = imageOf(service.place.get('image').text ?? '');
  const settings = imageSettings(name);
  return settings && { service, settings, tag };
});

const knownServices = (yaml: Compose): readonly KnownService[] => servicesOf(yaml).map(knownService).filter((known) => known !== undefined);

/** Whether a variable of a service is a credential of its image, and judged as such. */
export function isOfImage(service: Service, name: string): boolean {
  return knownService(service)?.settings.credentials.some(({ variable }) => variable === name) ?? false;
}

/** Passwords of known images: spelled out, or left as they are shipped. */
export function imageCredentials(yaml: Compose, analysis: Analysis<Compose>): readonly SecretFact[] {
  return knownServices(yaml).flatMap(({ service, settings }) => {
    const byHand = environmentSlot(analysis, service, 'MANUAL_SETUP')?.raw === 'yes';
    return settings.credentials.flatMap((credential) => (byHand && credential.with ? [] : credentialOf(analysis, service, credential)));
  });
}

function credentialOf(analysis: Analysis<Compose>, service: Service, credential: ShippedCredential): readonly SecretFact[] {
  const { variable, what, values, unset } = credential;
  const slot = environmentSlot(analysis, service, variable);
  const named = `${variable}_FILE`;
  if (!slot || !environmentSlot(analysis, service, named) || service.environment.some(({ name }) => name === named)) return [];
  const fact = { label: service.label, span: slot.span, what };
  if (slot.raw !== undefined) {
    const kept = values.includes(slot.raw) ? 'default' : 'clear';
    return isStandIn(slot.raw) ? [] : [{ ...fact, kept: known<SecretFields['kept']>(kept, slot.span) }];
  }
  if (unset === undefined || credential.with?.some((name) => !mentions(analysis, service, name))) return [];
  if (slot.obscured !== undefined) {
    const isReferenced = service.environment.some(({ name }) => name === variable);
    return isReferenced ? [] : [{ ...fact, kept: undetermined(slot.span, slot.obscured) }];
  }
  return [{ ...fact, kept: { kind: 'default', value: 'default', span: slot.span, source: unset, write: () => [] } }];
}

/** Whether the image archive asks who calls, where it can be called from outside. */
export function archiveLogins(yaml: Compose): readonly (Fact & Fields<LoginFields>)[] {
  return knownServices(yaml).flatMap(({ service, settings, tag }): readonly (Fact & Fields<LoginFields>)[] => {
    const { place, label } = service;
    if (!settings.isArchive) return [];
    const span = place.get('image').head;
    const guard = archiveGuard(tag);
    const ports = publishedPorts(service).filter(({ target: [from, to] }) => [8080, 8443].some((port) => from <= port && port <= to));
    if (guard === 'everything') return [{ label, span, anonymous: known(false, span) }];
    if (ports.length > 0 && ports.every(isLocal)) return [];
    const fact = { label: guard === 'pages' ? `The RESTful interface of ${label.replace(/^The/, 'the')}` : label, span };
    const because =
      guard === undefined
        ? 'the tag of the image does not say whether Keycloak guards it'
        : ports.length === 0
          ? 'it publishes no web port: look whether whatever leads to it asks people to sign in'
          : undefined;
    return [{ ...fact, anonymous: because === undefined ? known(true, span) : undetermined(span, because) }];
  });
}

const isLocal = ({ address }: Published) => address !== undefined && isThisMachine(address);

/** Ports on which a known image answers in clear, versions of TLS it is told to accept, and servers it is told to trust unseen. */
export function imageChannels(yaml: Compose, analysis: Analysis<Compose>): readonly ChannelFact[] {
  return knownServices(yaml).flatMap((known) => [...plainPorts(known), ...byVariables(known, analysis)]);
}

function byVariables({ service, settings }: KnownService, analysis: Analysis<Compose>): readonly ChannelFact[] {
  return settings.channels.flatMap((name) => {
    const slot = environmentSlot(analysis, service, name);
    const channel = slot && variableChannel(name, slot);
    return channel ? [{ label: `${service.label}, by ${name},`, span: slot.span, ...channel }] : [];
  });
}

function plainPorts({ service, settings }: KnownService): readonly ChannelFact[] {
  const published = publishedPorts(service);
  return settings.plainPorts.flatMap((plain) => {
    const isOpen = (port: number) => published.filter(({ target: [from, to] }) => from === port && to === port);
    return isOpen(plain.port).map((port) => plainPort(service, plain, port, isOpen(plain.secure).length > 0));
  });
}

function plainPort({ label }: Service, { what, port, protocol, source, secure }: PlainPort, { place, address }: Published, isSecured: boolean): ChannelFact {
  const local = { address } as Published;
  return {
    label: `${what.replace(/^the/, 'The')} of ${label.replace(/^The/, 'the')}`,
    span: place.head,
    role: 'listens',
    protocol,
    port,
    reach: known(isLocal(local) ? 'loopback' : 'network', place.head),
    protection: {
      kind: 'default', value: 'none', span: place.head, source, write: (wanted) => (wanted === 'encrypted' && isSecured ? place.remove() : []),
      caution: `Port ${port} is no longer published: whoever calls must use port ${secure}.`,
      remedy: `Publish port ${port} no more`,
    },
  };
}

/** Releases 5.31 and 5.32 clean up after a week unless told otherwise; one README of each release says what it reads. */
const retention: Changed<number> = { product: 'dcm4chee-arc-psql', page: 'README', values: [['5.22', undefined], ['5.31', 7]], to: '5.32' };

/** The archive deletes its own records of access when it is told to clean up. From release 5.33 on it no longer knows how. */
export function archiveRecords(yaml: Compose, analysis: Analysis<Compose>): readonly (Fact & Fields<AuditTrailFields>)[] {
  return knownServices(yaml).flatMap(({ service, settings, tag }) => {
    const used = releasesOf(tag);
    if (!settings.isArchive || (used && !isBefore(used.least, '5.33')) || environmentSlot(analysis, service, 'WILDFLY_CRON_ENABLED')?.raw !== 'true') return [];
    const slot = environmentSlot(analysis, service, 'WILDFLY_AUDIT_LOG_RETENTION_DAYS');
    if (!slot) return [];
    const kept = setting(slot, integer, inReleases(retention, used, 'state WILDFLY_AUDIT_LOG_RETENTION_DAYS'));
    return [{ label: service.label, span: slot.span, retention: kept }];
  });
}

/** The configuration files that images make of the variables they are given. */
export function settingDocuments(yaml: Compose, analysis: Analysis<Compose>): readonly Embedded[] {
  return servicesOf(yaml).flatMap((service) => {
    const settings = settingsOf(analysis, service);
    return settings.length === 0 ? [] : imageDocuments(imageOf(service.place.get('image').text ?? '').name, settings, service.name, elsewhereOf(analysis, service));
  });
}
