import { concept } from '#engine/concept.js';

/** Which programs a device runs and where they come from. */
export const Software = concept<SoftwareFields>('Software');

export interface SoftwareFields {
  /** Whether programs from outside the approved source may be installed. */
  unknownSources: boolean;
  /** Whether only signed programs or firmware run or are installed. */
  signed: boolean;
  /** Whether only listed programs may run. */
  allowList: boolean;
  /** Whether it is named by a version or a digest, and not by whatever is newest when it is fetched. */
  versioned: boolean;
  /** Whether security updates are installed. */
  updated: boolean;
  /** Whether debugging or developer access is open. */
  debug: boolean;
}
