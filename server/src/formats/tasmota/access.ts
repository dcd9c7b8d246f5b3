import type { AuditTrailFields } from '#concepts/audit-trail.js';
import type { LoginFields } from '#concepts/login.js';
import { isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, translate, undetermined, type Setting } from '#engine/setting.js';
import { slot } from '#notations/defines.js';
import { source, type Settings } from './settings.js';

export function logins(settings: Settings): readonly (Fact & Fields<LoginFields>)[] {
  const facts: (Fact & Fields<LoginFields>)[] = [];
  const anonymous = openPages(settings);
  if (anonymous) facts.push({ label: 'The web interface', span: anonymous.span, anonymous });
  const shipped = shippedPassword(settings);
  if (shipped) facts.push({ label: 'The MQTT connection', span: shipped.span, defaultCredential: shipped });
  const anySite = otherSites(settings);
  if (anySite) facts.push({ label: 'The web interface', span: anySite.span, anySite });
  return facts;
}

/** Whether pages of other sites may use the device: the code for it is built in, and the domain is every one. */
function otherSites(settings: Settings): Setting<boolean> | undefined {
  const domain = settings.stated('CORS_DOMAIN');
  if (domain === undefined) return undefined;
  const built = settings.defined('USE_CORS');
  if (built.kind === 'undetermined') return built;
  return known(built.value && domain === '*', settings.place('CORS_DOMAIN'), (open) => (open ? [] : slot(settings.file, 'CORS_DOMAIN', 'string').write('')));
}

/** The pages are open without a password, and switched off by WEB_SERVER 0. */
function openPages(settings: Settings): Setting<boolean> | undefined {
  if (!settings.prepares && !settings.names('WEB_PASSWORD')) return undefined;
  const { file } = settings;
  const at = settings.place('WEB_PASSWORD', 'WEB_SERVER', 'STA_SSID1', 'MQTT_HOST');
  const server = slot(file, 'WEB_SERVER', 'plain');
  if (server.raw === '0') return server.obscured === undefined ? undefined : undetermined(server.span, server.obscured);
  const password = settings.text('WEB_PASSWORD', '', at);
  if (password.kind === 'undetermined') return password;
  const caution = 'It is switched off: the device is then managed over MQTT. To keep it, set WEB_PASSWORD instead.';
  const write = (wanted: boolean) => (wanted ? [] : server.write('0'));
  return { ...password, value: password.value === '', write, caution, remedy: 'Switch the web interface off' };
}

/** The user name and password that the firmware has from the start. */
function shippedPassword(settings: Settings): Setting<boolean> | undefined {
  const used = (settings.stated('MQTT_HOST') ?? '') !== '';
  if (!used && !settings.names('MQTT_PASS')) return undefined;
  const password = settings.text('MQTT_PASS', 'DVES_PASS', settings.place('MQTT_PASS', 'MQTT_USER', 'MQTT_HOST'));
  return password.kind === 'undetermined' ? password : { ...password, value: password.value === 'DVES_PASS', write: () => [] };
}

const credentials: Readonly<Record<string, string>> = {
  STA_PASS1: 'the Wi-Fi password',
  STA_PASS2: 'the Wi-Fi password',
  WIFI_AP_PASSPHRASE: 'the password of the access point',
  MQTT_PASS: 'the MQTT password',
  WEB_PASSWORD: 'the password of the web interface',
  INFLUXDB_TOKEN: 'the token of the database',
};

export function secrets(settings: Settings): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  return Object.entries(credentials).flatMap(([name, what]) => {
    const value = settings.stated(name);
    if (value === undefined || isStandIn(value) || value === 'DVES_PASS') return [];
    const span = settings.place(name);
    return [{ label: `The setting ${name}`, span, what, kept: known<SecretFields['kept']>('clear', span) }];
  });
}

/** Records go nowhere unless there is a host for them and a level above none. */
export function records(settings: Settings): readonly (Fact & Fields<AuditTrailFields>)[] {
  const host = settings.stated('SYS_LOG_HOST');
  const levelStated = settings.names('SYS_LOG_LEVEL');
  if (host === undefined && !levelStated) return [];
  const at = settings.place('SYS_LOG_LEVEL', 'SYS_LOG_HOST');
  const level = settings.plain('SYS_LOG_LEVEL', 'LOG_LEVEL_NONE', at);
  const enabled = translate(level, (word) => word !== 'LOG_LEVEL_NONE' && word !== '0', (on) => (on ? 'LOG_LEVEL_INFO' : 'LOG_LEVEL_NONE'));
  const on = enabled.kind !== 'undetermined' && enabled.value;
  const remote: Setting<boolean> | undefined = !on ? undefined : host === undefined ? {
    kind: 'default',
    value: false,
    span: at,
    source,
    write: () => [],
  } : known(host !== '', settings.place('SYS_LOG_HOST'));
  return [{ label: 'The device', span: at, enabled, remote }];
}

/** Commands for the developers of the firmware, and a page that shows every pin as it changes. */
export function software(settings: Settings): readonly (Fact & Fields<SoftwareFields>)[] {
  return ['USE_DEBUG_DRIVER', 'USE_GPIO_VIEWER'].flatMap((name) => (settings.names(name) ? [{
    label: 'The firmware',
    span: settings.place(name),
    debug: settings.defined(name),
  }] : []));
}
