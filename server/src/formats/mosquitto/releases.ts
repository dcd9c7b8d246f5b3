import type { Analysis } from '#engine/analysis.js';
import { documented, releasesOf, type Changed, type Releases } from '#engine/release.js';
import { releasesByImage } from '#notations/running-images.js';
import type { Directives, Section } from '#notations/directives.js';

/** Where the defaults are from that no release changed. */
export const manual = documented('Mosquitto', '1.5 to 2.1', 'mosquitto.conf(5)');

/** Whether a listener without any way to sign in lets everyone in. With accounts, releases from 1.5 on let in nobody else. */
export const anonymous: Changed<boolean> = { product: 'Mosquitto', page: 'mosquitto.conf(5)', values: [['1.5', true], ['2.0', false]], to: '2.1' };

/** Options that no release before 2 knows, by what conf.c of 1.6.15, 2.0.22 and 2.1.2 compares with. */
const ofTwo = new Set([
  'accept_protocol_versions', 'bridge_bind_address', 'bridge_ciphers', 'bridge_ciphers_tls1.3', 'bridge_max_packet_size', 'bridge_max_topic_alias',
  'bridge_outgoing_retain', 'bridge_receive_maximum', 'bridge_reload_type', 'bridge_session_expiry_interval', 'bridge_tcp_keepalive',
  'bridge_tcp_user_timeout', 'bridge_tls_use_os_certs', 'ciphers_tls1.3', 'disable_client_cert_date_checks', 'enable_control_api', 'enable_proxy_protocol',
  'global_max_clients', 'global_max_connections', 'global_plugin', 'http_api', 'listener_allow_anonymous', 'listener_auto_id_prefix', 'max_qos',
  'max_topic_alias_broker', 'packet_buffer_size', 'plugin', 'plugin_load', 'plugin_use', 'retain_expiry_interval', 'websockets_origin',
]);

/** The releases a file may be for: from 2 on where it states what earlier ones refuse, else those of the image it is given to. */
export function releasesFor(file: Directives, analysis: Analysis): Releases | undefined {
  if (file.directives.some(({ name }) => ofTwo.has(name))) return { least: [2], greatest: [Infinity] };
  return releasesByImage(analysis, /(?:^|\/)(?:eclipse-)?mosquitto$/, releasesOf);
}

/** Whether accounts are set up: with a file of passwords or keys, or a plug-in that asks. */
export const hasGuard = ({ directives }: Pick<Section, 'directives'>): boolean =>
  directives.some(({ name, value }) => ['password_file', 'psk_file', 'auth_plugin', 'plugin', 'global_plugin', 'plugin_load'].includes(name) && value !== '');
