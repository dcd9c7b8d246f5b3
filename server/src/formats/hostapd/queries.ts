import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Directives } from '#notations/directives.js';
import { hasPassword, keyManagement, networks, put, source, wpa } from './networks.js';

/** What only hostapd says of one network. */
export interface Guard {
  readonly label: string;
  /** Whether management frames are protected at all; asked only of networks that encrypt. */
  readonly managementFrames?: Setting<boolean> | undefined;
  /** Whether devices join by a button or a number. */
  readonly wps?: Setting<boolean> | undefined;
  /** Whether one password lets everybody in. */
  readonly sharedKey?: Setting<boolean> | undefined;
}

export const guards = query<Directives, Guard>('hostapd', 'guards of a network', ({ tree: file }) => networks(file).map((network) => {
  const on = wpa(network);
  const guarded = on.kind !== 'undetermined' && on.value > 0;
  const ways = keyManagement(network);
  const wps = network.value('wps_state');
  return {
    label: network.label,
    managementFrames: guarded ? frames() : undefined,
    wps: wps === undefined ? undefined : known(wps !== '0', network.at('wps_state')!, (open) => (open ? [] : put(file, network, 'wps_state', '0'))),
    sharedKey: guarded || (on.kind !== 'undetermined' && hasPassword(network)) ? known(
      ways.length > 0 && ways.every((way) => /(?:^|-)(?:PSK|SAE)(?:-|$)/.test(way)),
      network.at('wpa_key_mgmt') ?? on.span,
    ) : undefined,
  };

  function frames(): Setting<boolean> {
    const raw = network.value('ieee80211w');
    const write = (wanted: boolean) => (wanted ? put(file, network, 'ieee80211w', '1') : []);
    const [place, checked] = [network.at('ieee80211w'), network.at('ocv')];
    // Checking the channel needs protected frames: the line makes them optional where those before it left them off (config_file.c of 2.10 and 2.11).
    if ((raw ?? '0') === '0' && checked && network.value('ocv') !== '0' && checked.start > (place?.start ?? -1)) return known(true, checked);
    if (raw !== undefined) return known(raw !== '0', place!, write);
    return network.elsewhere !== undefined ? {
      kind: 'undetermined',
      span: network.span,
      because: network.elsewhere,
    } : { kind: 'default', value: false, span: on.span, source, write };
  }
}));
