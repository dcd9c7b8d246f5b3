import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Directives } from '#notations/directives.js';
import { isPersonal, keyManagement, networks, put, source } from './networks.js';

/** What only wpa_supplicant says of one network. */
export interface Guard {
  readonly label: string;
  readonly managementFrames?: Setting<boolean> | undefined;
  /** Whether the name in the certificate is compared, where an authority is named. */
  readonly serverName?: Setting<boolean> | undefined;
  /** Whether a certificate past its date is taken. */
  readonly anyDate?: Setting<boolean> | undefined;
}

/**
 * What names the server. `subject_match` does not: it is looked for anywhere in the subject, and the manual says that it cannot be used to match a
 * server securely (wpa_supplicant 2.10, wpa_supplicant.conf).
 */
const names = ['domain_suffix_match', 'domain_match', 'altsubject_match'];

/** Files in which every public authority of the world stands. */
const everyAuthority = /ca-certificates\.crt$|ca-bundle\.(?:crt|pem|trust\.crt)$|\/etc\/ssl\/certs\/?$|tls-ca-bundle\.pem$/;

export const guards = query<Directives, Guard>('wpa-supplicant', 'guards of a network', ({ tree: file }) => {
  const { list, globals } = networks(file);
  const everywhere = globals.get('pmf')?.value;
  return list.map((network) => {
    const phase = network.find('phase1');
    const words = network.words('phase1') ?? [];
    const authority = network.find('ca_cert') ?? network.find('ca_path');
    const stated = names.map(network.find).find((one) => one !== undefined);
    const loosely = network.find('subject_match');
    const loose = words.includes('tls_disable_time_checks=1');
    return {
      label: network.wired ? 'The wired connection' : network.label,
      managementFrames: network.wired || keyManagement(network).includes('NONE') ? undefined : frames(),
      serverName: isPersonal(network) && authority && everyAuthority.test(authority.value)
        ? known(stated !== undefined, (stated ?? loosely ?? authority).span)
        : undefined,
      anyDate: phase && known(
        loose,
        phase.span,
        (wanted) => (wanted || !loose ? [] : put(
          file,
          network,
          'phase1',
          words.map((word) => (word === 'tls_disable_time_checks=1' ? 'tls_disable_time_checks=0' : word)).join(' '),
        )),
      ),
    };

    function frames(): Setting<boolean> {
      const own = network.find('ieee80211w');
      const write = (wanted: boolean) => (wanted ? put(file, network, 'ieee80211w', '1') : []);
      if (own && own.value !== '3') return known(own.value !== '0', own.span, write);
      const place = network.find('key_mgmt')?.span ?? network.span;
      return everywhere === undefined ? {
        kind: 'default',
        value: false,
        span: place,
        source,
        write,
      } : known(everywhere !== '0', globals.get('pmf')!.span, write);
    }
  });
});
