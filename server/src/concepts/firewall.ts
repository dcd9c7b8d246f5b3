import { concept } from '#engine/concept.js';

/** What a packet filter does with traffic that no rule names. */
export const Firewall = concept<FirewallFields>('Firewall');

export interface FirewallFields {
  /** Whether the filter is on at all. */
  enabled: boolean;
  /** Towards this machine. */
  input: 'drop' | 'accept';
  /** Through this machine. */
  forward: 'drop' | 'accept';
  /** From this machine. */
  output: 'drop' | 'accept';
  /** Whether rules that programs or people add on the machine count beside those of the organization. */
  localRules: boolean;
}
