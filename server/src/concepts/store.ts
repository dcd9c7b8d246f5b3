import { concept } from '#engine/concept.js';

/** A place where health data may rest: a bucket, a volume, a database, a disk, a queue. */
export const Store = concept<StoreFields, StoreKind>('Store');

export interface StoreFields {
  encrypted: boolean;
  /** Whether the key is one whose use the owner controls and can audit. */
  ownKey: boolean;
  /** Whether it is encrypted only with a recovery key that is kept elsewhere, so that it can be opened in an emergency. */
  recoveryKept: boolean;
  /** Whether anyone on the Internet may read or reach it. */
  public: boolean;
  /** Whether one command may delete it. */
  deletionProtected: boolean;
  /** Whether earlier versions of the data can be brought back. */
  versioned: boolean;
}

export interface StoreKind {
  /** `bucket`, `volume`, `database`, `queue`, `disk`, `registry`. */
  readonly kind: string;
}
