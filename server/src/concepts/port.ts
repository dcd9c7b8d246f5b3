import { concept } from '#engine/concept.js';

/** A physical way into a device: USB, a serial console, JTAG, a radio, an unused switch port. */
export const Port = concept<PortFields, PortKind>('Port');

export interface PortFields {
  /** Whether anyone who can touch the device may use it. */
  open: boolean;
}

export interface PortKind {
  readonly kind: 'usb' | 'console' | 'jtag' | 'radio' | 'network' | 'removable media' | 'camera' | 'other';
}
