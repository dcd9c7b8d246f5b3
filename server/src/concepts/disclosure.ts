import { concept } from '#engine/concept.js';

/** A feature of a device by which what is on it, or said near it, may reach somebody it is not meant for. */
export const Disclosure = concept<DisclosureFields>('Disclosure');

export interface DisclosureFields {
  /** Whether it may send what people write, say or keep to a service outside the organization. */
  outside: boolean;
  /** Whether it may show the screen to somebody else, let them steer it, or record screen or sound. */
  watched: boolean;
  /** Whether it works, or shows something, while the device is locked. */
  whileLocked: boolean;
}
