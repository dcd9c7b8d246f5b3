/** What decides how much the precautions of a workload weigh, however the workload is written down. */
export interface Exposure {
  /** Whether it has control of the machine it runs on, or shares its network or processes. */
  readonly privileged: boolean;
  /** Whether it is reached from outside the machine or the cluster. */
  readonly reached: boolean;
  /** What it, its images and its labels are called. */
  readonly names: readonly (string | undefined)[];
}

/** Systems that keep or carry patients' data, and words for what they keep, as names of images and services spell them. */
const ofHealth = /(?:^|[^a-z])(?:open(?:mrs|emr|elis|ehr|him|clinica)|bahmni|libreehr|librehealth|ehrbase|gnuhealth|dhis2?|orthanc|dcm4che|dicom|pacs|ohif|mirth|nextgen|hl7|mllp|fhir|medplum|smilecdr|redcap|clinic|clinical|hospital|health-?data|patients?|ehr|emr|radiology)(?![a-z]{4})/i;

/** Why what a workload lacks weighs as much as a rule says, as a clause; nothing where it is one among many. */
export function stakeOf({ privileged, reached, names }: Exposure): string | undefined {
  if (privileged) return 'it has rights on its host';
  if (reached) return 'it is reached from outside';
  // Where an image comes from says nothing of what it does.
  return names.some((name) => name !== undefined && ofHealth.test(name.replace(/^[^/]{0,255}[.:][^/]{0,255}\//, ''))) ? 'by its name it handles health data' : undefined;
}
