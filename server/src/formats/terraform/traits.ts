import type { Concept } from '#engine/concept.js';

/** What only Terraform's clouds say: a concept of this format alone, with one setting. */
export interface Trait {
  /** Whether it is as it should be. */
  holds: boolean;
}

function trait(name: string): Concept<Trait> {
  const self: Concept<Trait> = { name, format: 'terraform', select: (analysis) => analysis.facts(self) };
  return self;
}

/** Whether the instance metadata service asks for a session token (version 2). */
export const MetadataToken = trait('metadata token');
/** Whether a machine or subnet is without a public address. */
export const PrivateAddress = trait('private address');
/** Whether the material of a key is renewed by itself. */
export const KeyRotation = trait('key rotation');
/** Whether a stored credential is renewed by itself. */
export const SecretRotation = trait('secret rotation');
/** Whether a bucket refuses public grants whoever makes them. */
export const PublicAccessBlock = trait('public access block');
/** Whether a public web entry has a web application firewall before it. */
export const WebFirewall = trait('web firewall');
/** Whether rights are given to groups and roles, and not to a person one by one. */
export const GroupedRights = trait('grouped rights');
/** Whether browsers of other sites are kept out. */
export const SameOrigin = trait('same origin');
/** Whether deleting a credential can be taken back. */
export const KeyRecovery = trait('key recovery');
/** Whether a last copy is made before a database is deleted. */
export const FinalSnapshot = trait('final snapshot');
/** Whether a service runs in a network of its own. */
export const PrivateNetwork = trait('private network');
/** Whether access keys that never expire are avoided. */
export const ShortLivedAccess = trait('short-lived access');
/** Whether traffic behind the front, between machines of one service, is encrypted. */
export const InternalTraffic = trait('internal traffic');
/** Whether records are made of every region and of what belongs to none. */
export const EveryRegion = trait('every region');
/** Whether a second copy takes over when a zone fails. */
export const Standby = trait('standby');

/** Whether a service answers named networks only. */
export const NetworkLimits = trait('network limits');
/** Whether the other customers of the cloud are kept out. */
export const OtherTenants = trait('other tenants');
/** Whether people sign in with accounts and keys of their own. */
export const PersonalLogin = trait('personal log-in');
/** Whether a container gives up the rights every container starts with. */
export const DroppedCapabilities = trait('dropped capabilities');

/** Whether a rule of a role names what one task needs, and no more. */
export const NarrowRole = trait('narrow role');

export const traits = [
  MetadataToken, PrivateAddress, KeyRotation, SecretRotation, PublicAccessBlock, WebFirewall, GroupedRights, SameOrigin, KeyRecovery, FinalSnapshot, PrivateNetwork, ShortLivedAccess, Standby, InternalTraffic, EveryRegion, NetworkLimits, OtherTenants, PersonalLogin, DroppedCapabilities, NarrowRole,
] as const;
