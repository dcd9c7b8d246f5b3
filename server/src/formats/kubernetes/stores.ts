import type { BackupFields } from '#concepts/backup.js';
import type { StoreFields, StoreKind } from '#concepts/store.js';
import type { Fact, Fields } from '#engine/concept.js';
import { documented } from '#engine/release.js';
import { setting, translate, type Absent } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Yaml } from '#notations/yaml.js';
import { clusterStores } from './control-plane.js';
import { objectsOf, trueFalse } from './objects.js';

/** How the drivers that can leave a volume in clear are told to encrypt it, and what they do unasked. */
const drivers: Readonly<Record<string, { readonly parameter: string; readonly absent: Absent<boolean> }>> = table({
  'ebs.csi.aws.com': { parameter: 'encrypted', absent: { because: 'the AWS account may encrypt new volumes by default' } },
  'kubernetes.io/aws-ebs': { parameter: 'encrypted', absent: { because: 'the AWS account may encrypt new volumes by default' } },
  'driver.longhorn.io': { parameter: 'encrypted', absent: { value: false, source: documented('Longhorn', '1.2 to 1.13', 'Volume Encryption') } },
  'rbd.csi.ceph.com': { parameter: 'encrypted', absent: { value: false, source: documented('Ceph CSI', '3.0 to 3.14', 'RBD CSI driver') } },
  'rook-ceph.rbd.csi.ceph.com': { parameter: 'encrypted', absent: { value: false, source: documented('Ceph CSI', '3.0 to 3.14', 'RBD CSI driver') } },
  'pxd.portworx.com': { parameter: 'secure', absent: { because: 'Portworx may encrypt with a cluster-wide key' } },
  'kubernetes.io/portworx-volume': { parameter: 'secure', absent: { because: 'Portworx may encrypt with a cluster-wide key' } },
});

/** Where data rests: classes of volumes, and the database of the cluster. */
export function stores(yaml: Yaml): readonly (Fact & StoreKind & Fields<StoreFields>)[] {
  const classes = objectsOf(yaml).flatMap(({ kind, root, name }) => {
    const provisioner = root.get('provisioner').text ?? '';
    const driver = kind === 'StorageClass' && Object.hasOwn(drivers, provisioner) ? drivers[provisioner] : undefined;
    if (!driver) return [];
    const encrypted = setting(root.get('parameters', driver.parameter).textSlot, trueFalse, driver.absent);
    return [{ label: `A volume of the storage class ${name}`, span: encrypted.span, kind: 'volume', encrypted }];
  });
  return [...classes, ...clusterStores(yaml)];
}

/** Velero's scheduled backups of a cluster. */
export function backups(yaml: Yaml): readonly (Fact & Fields<BackupFields>)[] {
  return objectsOf(yaml).flatMap(({ kind, group, root, label }) => {
    if (kind !== 'Schedule' || group !== 'velero.io') return [];
    const days = { read: (raw: string) => { const hours = /^(\d{1,7})h(?:0m)?(?:0s)?$/.exec(raw); return hours ? Number(hours[1]) / 24 : undefined; }, print: (value: number) => `${Math.ceil(value * 24)}h0m0s` };
    const retention = setting(root.get('spec', 'template', 'ttl').slot, days, { value: 30, source: documented('Velero', '1.0 to 1.18', 'Schedule API') });
    const paused = setting(root.get('spec', 'paused').slot, trueFalse, { value: false, source: documented('Velero', '1.0 to 1.18', 'Schedule API') });
    return [{ label, span: retention.span, retention, enabled: translate(paused, (off) => !off, (on) => !on) }];
  });
}
