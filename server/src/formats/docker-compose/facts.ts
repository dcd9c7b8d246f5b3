import type { AuditTrailFields } from '#concepts/audit-trail.js';
import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { LoginFields } from '#concepts/login.js';
import { isAddress, isInternalName, isPublicName, leavesMachine } from '#concepts/network-names.js';
import type { OpeningFields, OpeningPorts } from '#concepts/opening.js';
import { fallbackOf, isCredential, namesCredential, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { checkByVariable, loginByVariable, opensByOption, protectionByVariable, trustsByOption } from '#notations/container-variables.js';
import { connectionOf, imageOf, isVersioned } from '#notations/containers.js';
import { settingsAmong } from '#notations/image-documents.js';
import { documented } from '#engine/release.js';
import type { Place } from '#notations/yaml.js';
import { settingsOf } from './environment.js';
import { isOfImage } from './images.js';
import { slotOf } from './privileges.js';
import { guardedBehind, isEverywhere, isVariable, publishedPorts, servicesOf, shared, variables, type Compose, type Service } from './services.js';
import { workloadOf } from './workloads.js';

type Protection = 'none' | 'opportunistic' | 'encrypted';

/** The credentials a file spells out: in the environment, in build arguments, in commands, in options of network mounts. */
export function secrets(yaml: Compose): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  const spelled = (label: string, place: Place, name: string) => ({ label, span: place.head, what: `the credential ${name}`, kept: known<SecretFields['kept']>('clear', place.head) });
  const inServices = servicesOf(yaml).flatMap((service) => {
    const { label, place, environment } = service;
    const settings = settingsAmong(imageOf(place.get('image').text ?? '').name, environment.map(({ name }) => name));
    const set = [...environment, ...variables(place.get('build', 'args'))].filter(({ name, value }) => !isVariable(value) && isCredential(name, value) && !isOfImage(service, name) && !settings.has(name));
    const words = wordsOf(place.get('command'));
    const given = words.flatMap(({ at, text }, i) => {
      const match = /^--?([\w.-]{3,80})(?:=(.+))?$/s.exec(text);
      const name = match?.[1] === 'requirepass' ? 'password' : match?.[1];
      if (!match || name === undefined || !namesCredential(name)) return [];
      const value = match[2] ?? words[i + 1]?.text ?? '';
      return value.startsWith('-') || isVariable(value) || !isCredential(name, value.replace(/^["']|["']$/g, '')) ? [] : [spelled(label, match[2] === undefined ? words[i + 1]!.at : at, `--${match[1]}`)];
    });
    const fallbacks = environment.filter(({ name, value }) => isCredential(name, fallbackOf(value) ?? '')).map(({ name, place: at }) => ({ ...spelled(label, at, name), what: `a fallback of the credential ${name}` }));
    return [...set.map(({ name, place: at }) => spelled(label, at, name)), ...fallbacks, ...given];
  });
  const inVolumes = volumesOf(yaml).flatMap(({ options, label }) => (/(^|,)password=[^,$]{3,}/.test(options.text ?? '') ? [spelled(label, options, 'in its mount options')] : []));
  return [...inServices, ...inVolumes];
}

/** The words of a command, a list or a text, with the place of each. */
function wordsOf(command: Place): readonly { readonly at: Place; readonly text: string }[] {
  return command.kind === 'list' ? command.items.map((item) => ({ at: item, text: item.text ?? '' })) : (command.text ?? '').split(/\s+/).map((text) => ({ at: command, text }));
}

/** What services are told about their connections, network file systems, and networks that span machines. */
export function channels(yaml: Compose, analysis: Analysis<Compose>): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return [...servicesOf(yaml).flatMap(connections), ...servicesOf(yaml).flatMap((service) => byVariables(service, analysis)), ...trusting(yaml), ...networkFiles(yaml), ...overlays(yaml)];
}

function connections({ environment, label, place: service }: Service): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return environment.flatMap(({ name, value, place }): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] => {
    const span = place.head;
    const connection = connectionOf(value);
    const docker = name === 'DOCKER_HOST' && /^tcp:\/\/([^:/]+):2375\b/.exec(value)?.[1];
    // Services of one file reach each other by a bare name on a bridge of one machine: nothing leaves it.
    const host = docker || connection?.host;
    if (host === undefined || isVariable(host) || !leavesMachine(host) || !(isPublicName(host) || isInternalName(host) || isAddress(host)) || service.parent?.get(host).exists) return [];
    return [{ label: `${label}, by ${name},`, span, role: 'connects', protocol: docker ? 'docker' : connection!.protocol, address: host, protection: known<Protection>(docker ? 'none' : connection!.protection, span) }];
  });
}

/** What variables of known meaning do to connections, be they stated here or in a file that only this one names. */
function byVariables(service: Service, analysis: Analysis<Compose>): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  const given = hereGiven(service, analysis);
  return given.flatMap(({ variable, remove, write }) => [
    ...checkByVariable(variable, remove),
    ...protectionByVariable(variable, (name) => given.find((one) => one.variable.name === name)?.variable.value, (host) => {
      // Another service may go: a view of this one is judged again when its file changes.
      analysis.surroundings.open(analysis.path);
      return reachOf(service, host, variable.span);
    }, write),
  ]);
}

/** Options that switch off the check of the other end. */
function trusting(yaml: Compose): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return servicesOf(yaml).flatMap(({ place, label }) => wordsOf(place.get('command')).flatMap(({ at, text }) => {
    const option = trustsByOption(text);
    const write = (wanted: boolean) => (!wanted || at.kind === 'list' || at.text !== text ? [] : at.remove());
    return option === undefined ? [] : [{ label: `${label}, by ${option},`, span: at.head, role: 'connects' as const, protocol: 'https', peerVerified: known(false, at.head, write) }];
  }));
}

/** Another service of the same file is reached on a network of this machine; another bare name may be one of another file. */
function reachOf(service: Service, host: string | undefined, span: Span): Setting<'loopback' | 'network'> {
  if (host === undefined) return undetermined(span, 'the file does not say to which host it connects');
  if (isVariable(host)) return undetermined(span, 'a variable fills in the host');
  if (!leavesMachine(host) || service.place.parent?.get(host).exists) return known('loopback', span);
  return host.includes('.') || isAddress(host) ? known('network', span) : undetermined(span, `${host.slice(0, 100)} may be a container on this machine`);
}

/** The variables of a service that are judged here, as they count. */
function hereGiven(service: Service, analysis: Analysis<Compose>) {
  const { label, environment } = service;
  return [...new Map(settingsOf(analysis, service).map((one) => [one.name, one])).values()].flatMap(({ name, value, span, isHere, write }) => {
    if (!isHere) return [];
    const own = write && environment.filter((one) => one.name === name).at(-1);
    return [{ variable: { label, name, value, span }, remove: () => (environment.filter((one) => one.name === name).length > 1 ? [] : own?.place.remove() ?? []), write: (to: string) => own?.write(to) ?? [] }];
  });
}

function volumesOf(yaml: Compose) {
  return shared(yaml).flatMap(({ root }) => root.get('volumes').pairs.map((place) => ({ place, label: `The volume ${place.key}`, options: place.get('driver_opts', 'o'), type: place.get('driver_opts', 'type').text?.toLowerCase() })));
}

/** The local driver hands its options to mount(8): nfs(5) encrypts with sec=krb5p alone, mount.cifs(8) with seal. */
function networkFiles(yaml: Compose): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return volumesOf(yaml).flatMap(({ label, options, type, place }) => {
    if (type === undefined || !/^(nfs4?|cifs|smb3?)$/.test(type)) return [];
    const nfs = type.startsWith('nfs');
    const words = (options.text ?? '').split(',').filter(Boolean);
    const span = options.exists ? options.head : place.head;
    const wanted = nfs ? 'sec=krb5p' : 'seal';
    const protection = options.obscured !== undefined || isVariable(options.text) ? undetermined(span, options.obscured ?? 'a variable fills in the mount options')
      : known<Protection>(words.includes(wanted) ? 'encrypted' : 'none', span, (to) => (to === 'encrypted' ? options.put([...words.filter((word) => !nfs || !word.startsWith('sec=')), wanted].join(',')) : []));
    return [{ label: `${label}, over ${nfs ? 'NFS' : 'SMB'},`, span, role: 'connects' as const, protocol: nfs ? 'nfs' : 'smb', address: words.find((word) => word.startsWith('addr='))?.slice(5), protection }];
  });
}

/** Swarm encrypts how it steers an overlay network, but what the network carries only when it is told to. */
function overlays(yaml: Compose): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return shared(yaml).flatMap(({ root }) => root.get('networks').pairs.flatMap((network) => {
    if (network.get('driver').text !== 'overlay' || network.get('external').text === 'true') return [];
    const encrypted = network.get('driver_opts', 'encrypted');
    // The option counts by being there, whatever its value but false.
    const on = setting(encrypted.textSlot, { read: (raw: string) => raw !== 'false', print: String }, { value: false, source: documented('Docker Engine', '20.10 to 28', 'Overlay network driver') });
    const span = encrypted.exists ? encrypted.head : network.get('driver').head;
    return [{ label: `The overlay network ${network.key}`, span, role: 'connects' as const, protocol: 'vxlan', protection: translate<boolean, Protection>(on.kind === 'undetermined' ? on : { ...on, span }, (yes) => (yes ? 'encrypted' : 'none'), (to) => to === 'encrypted') }];
  }));
}

/** The guarded services among the published ports. */
export function openings(yaml: Compose): readonly (Fact & OpeningPorts & Fields<OpeningFields>)[] {
  return servicesOf(yaml).flatMap((service) => publishedPorts(service).filter((port) => guardedBehind(service, port).length > 0).map((port) => ({
    label: `A published port of ${service.label.replace(/^The/, 'the')}`,
    span: port.place.head,
    whole: workloadOf(service),
    ports: [port.target],
    protocol: port.protocol,
    source: known<'anywhere' | 'restricted'>(isEverywhere(port) ? 'anywhere' : 'restricted', port.place.head, (wanted) => (wanted === 'restricted' ? port.restrict('127.0.0.1') : [])),
  })));
}

/** The programs of the services. An image that the file builds itself is named for its own use. */
export function software(yaml: Compose): readonly (Fact & Fields<SoftwareFields>)[] {
  return servicesOf(yaml).flatMap(({ place, label }) => {
    const image = place.get('image');
    if (!image.exists || place.get('build').exists) return [];
    const span = image.head;
    const varies = image.text === undefined || isVariable(image.text);
    return [{ label, span, versioned: varies ? undetermined(span, image.obscured ?? 'a variable fills it in') : known(isVersioned(image.text!), span) }];
  });
}

/** Log-ins that a variable or an option leaves open. */
export function logins(yaml: Compose, analysis: Analysis<Compose>): readonly (Fact & Fields<LoginFields>)[] {
  return [...byVariable(yaml, analysis), ...byOption(yaml)];
}

function byOption(yaml: Compose): readonly (Fact & Fields<LoginFields>)[] {
  return servicesOf(yaml).flatMap(({ place, label }) => wordsOf(place.get('command')).flatMap(({ at, text }) => {
    const option = opensByOption(text);
    return option === undefined ? [] : [{ label: `${label}, by ${option},`, span: at.head, anonymous: known(true, at.head, (wanted) => (wanted || at.kind === 'list' || at.text !== text ? [] : at.remove())) }];
  }));
}

function byVariable(yaml: Compose, analysis: Analysis<Compose>): readonly (Fact & Fields<LoginFields>)[] {
  return servicesOf(yaml).flatMap((service) => hereGiven(service, analysis).flatMap(({ variable, remove, write }) => loginByVariable(variable, (to) => (to === undefined ? remove() : write(to)))));
}

/** Whether what a service says is kept at all. */
export function auditTrails(yaml: Compose): readonly (Fact & Fields<AuditTrailFields>)[] {
  return servicesOf(yaml).flatMap((service) => {
    const driver = service.place.get('logging', 'driver');
    const named = stated(slotOf(service, driver), { read: (raw: string) => raw, print: (raw: string) => raw });
    if (!named) return [];
    const enabled = named.kind === 'undetermined' ? named : known(named.value !== 'none', driver.head, (on) => (on ? driver.put('json-file') : []));
    return [{ label: service.label, span: driver.head, enabled }];
  });
}

