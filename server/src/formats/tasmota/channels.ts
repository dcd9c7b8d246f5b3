import { connectionUrl } from '#concepts/connection-url.js';
import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { presence, slot } from '#notations/defines.js';
import type { Settings } from './settings.js';
import { source } from './settings.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

export function channels(settings: Settings): readonly ChannelFact[] {
  return [...mqtt(settings), ...web(settings), ...accessPoint(settings), ...update(settings)];
}

function mqtt(settings: Settings): readonly ChannelFact[] {
  const host = settings.stated('MQTT_HOST');
  if ((host ?? '') === '' && !settings.names('MQTT_TLS_ENABLED')) return [];
  const at = settings.place('MQTT_TLS_ENABLED', 'MQTT_HOST');
  const port = Number(settings.stated('MQTT_PORT', 'plain'));
  return [{
    label: 'The MQTT connection',
    span: at,
    role: 'connects',
    protocol: 'mqtt',
    ...(port > 0 && { port }),
    address: host,
    protection: protection(settings),
    peerVerified: peerVerified(settings),
  }];
}

/** MQTT_TLS_ENABLED switches TLS on, USE_MQTT_TLS builds it in; before Tasmota 8 the latter did both. */
function protection(settings: Settings): Setting<Protection> {
  const { file } = settings;
  const at = settings.place('MQTT_TLS_ENABLED', 'MQTT_HOST');
  const built = settings.defined('USE_MQTT_TLS');
  const enabled = settings.bool('MQTT_TLS_ENABLED', { value: false, source }, at);
  if (enabled.kind === 'undetermined') return enabled;
  if (built.kind === 'undetermined') return built;
  const cloud = ['USE_MQTT_AWS_IOT', 'USE_MQTT_AWS_IOT_LIGHT', 'USE_MQTT_AZURE_IOT'].some((name) => settings.names(name));
  if (enabled.kind === 'default' && (built.value || cloud)) return undetermined(
    at,
    'TLS is built in, and MQTT_TLS_ENABLED, which switches it on since Tasmota 8, is not stated',
  );
  if (enabled.value && !built.value && !cloud) return undetermined(
    at,
    'MQTT_TLS_ENABLED has effect only where TLS is built in, and USE_MQTT_TLS is not defined here',
  );
  const write = (wanted: Protection) => (wanted !== 'encrypted' || enabled.value ? [] : [
    ...slot(file, 'MQTT_TLS_ENABLED', 'plain').write('true'),
    ...(built.value ? [] : presence(file, 'USE_MQTT_TLS').write('yes')),
    ...(settings.stated('MQTT_PORT', 'plain') === '8883' ? [] : slot(file, 'MQTT_PORT', 'plain').write('8883')),
  ]);
  const caution = 'The broker must answer with TLS on port 8883, and the firmware grows by TLS: see that it still fits an ESP8266 with 1 MB.';
  const value: Protection = enabled.value ? 'encrypted' : 'none';
  return enabled.kind === 'default' ? { kind: 'default', value, span: at, source, write, caution } : { ...known(value, enabled.span, write), caution };
}

/** A fingerprint of zeros is filled in with that of whoever answers first. */
function peerVerified(settings: Settings): Setting<boolean> | undefined {
  const { file } = settings;
  if (!settings.names('MQTT_TLS_FINGERPRINT') && !settings.names('MQTT_FINGERPRINT1')) return undefined;
  const pinned = settings.bool('MQTT_TLS_FINGERPRINT', { value: false, source }, settings.place('MQTT_FINGERPRINT1'));
  if (pinned.kind === 'undetermined') return pinned;
  if (!pinned.value) return pinned.kind === 'stated' ? known(true, pinned.span) : undefined;
  const print = slot(file, 'MQTT_FINGERPRINT1', 'string', pinned.span);
  if (print.obscured !== undefined) return undetermined(print.span, print.obscured);
  const learns = print.raw === undefined || /^(?:(?:0x)?00[\s,:]*)+$/.test(print.raw);
  const write = (wanted: boolean) => (wanted ? slot(file, 'MQTT_TLS_FINGERPRINT', 'plain').write('false') : []);
  const caution = 'The certificate of the broker must come from an authority that Tasmota has built in, such as Let\'s Encrypt; '
    + 'for the hospital\'s own, pin its fingerprint in MQTT_FINGERPRINT1 instead.';
  return learns && print.raw === undefined ? {
    kind: 'default',
    value: false,
    span: pinned.span,
    source,
    write,
    caution,
  } : { ...known(!learns, print.span, write), caution };
}

/** The web server of the device speaks HTTP alone; only 0 switches it off. */
function web(settings: Settings): readonly ChannelFact[] {
  if (!settings.prepares && !settings.names('WEB_SERVER')) return [];
  const server = settings.plain('WEB_SERVER', '2', settings.place('WEB_SERVER', 'WEB_PASSWORD', 'STA_SSID1', 'MQTT_HOST'));
  const there = settings.defined('USE_WEBSERVER');
  if (server.kind === 'undetermined' || (there.kind === 'stated' && !there.value)) return [];
  const { span } = server;
  const write = (wanted: Protection) => (wanted === 'encrypted' ? server.write('0') : []);
  const value: Protection = 'none';
  const caution = 'It is switched off, because it has no encrypted form: the device is then managed over MQTT.';
  const remedy = 'Switch the web interface off';
  if (server.value === '0') return [];
  return [{
    label: 'The web interface',
    span,
    role: 'listens',
    protocol: 'http',
    port: 80,
    protection: server.kind === 'default' ? { kind: 'default', value, span, source, write, caution, remedy } : { ...known(value, span, write), caution, remedy },
  }];
}

/** WIFI_MANAGER opens an access point whenever the network cannot be reached. */
function accessPoint(settings: Settings): readonly ChannelFact[] {
  const tool = settings.stated('WIFI_CONFIG_TOOL', 'plain');
  if (tool === undefined || !/^WIFI_MANAGER(?:_RESET_ONLY)?$/.test(tool)) return [];
  const span = settings.place('WIFI_CONFIG_TOOL');
  const password = settings.text('WIFI_AP_PASSPHRASE', '', span);
  if (password.kind === 'undetermined') return [{ label: 'The fallback access point', span, role: 'listens', protocol: 'wi-fi', protection: password }];
  const write = (wanted: Protection) => (wanted === 'encrypted' ? slot(settings.file, 'WIFI_CONFIG_TOOL', 'plain').write('WIFI_RETRY') : []);
  const caution = 'It is switched off: a device that moves to another network is then set up anew by its button or its serial port.';
  return [{
    label: 'The fallback access point',
    span,
    role: 'listens',
    protocol: 'wi-fi',
    protection: { ...known<Protection>(password.value === '' ? 'none' : 'encrypted', span, write), caution, remedy: 'Open no access point' },
  }];
}

function update(settings: Settings): readonly ChannelFact[] {
  const url = connectionUrl(settings.stated('OTA_URL') ?? '');
  if (!url) return [];
  const span = settings.place('OTA_URL');
  const write = (wanted: Protection) => (wanted === 'encrypted' ? slot(settings.file, 'OTA_URL', 'string').write(url.secured) : []);
  const caution = 'Only builds for the ESP32 fetch firmware over HTTPS; on an ESP8266 leave OTA_URL empty and update by hand.';
  return [{
    label: 'The firmware update over the air',
    span,
    role: 'connects',
    protocol: url.protocol,
    address: url.address,
    protection: { ...known<Protection>(url.encrypted ? 'encrypted' : 'none', span, write), caution },
  }];
}
