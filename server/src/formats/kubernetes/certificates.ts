import { query, type Query } from '#engine/query.js';
import { must, type Verdict } from '#engine/rule.js';
import { known, type Setting } from '#engine/setting.js';
import type { Yaml } from '#notations/yaml.js';
import { componentsOf, type ComponentName } from './components.js';

/** A certificate and its key, by which a part of a cluster proves who it is on one kind of connection. */
export interface CertificatePair {
  /** `The Kubernetes API server to kubelets`. */
  readonly label: string;
  readonly flags: string;
  readonly both: Setting<boolean>;
}

/** One kind of connection: the program, to whom, and the two flags with the files that kubeadm makes for them. */
type Kind = readonly [program: ComponentName, to: string, certificate: string, certificateFile: string, key: string, keyFile: string];

/** The pairs that the parts of a file name, or leave out. */
export function pairsOf(name: string, kinds: readonly Kind[]): Query<CertificatePair> {
  return query<Yaml, CertificatePair>('kubernetes', name, ({ tree }) => componentsOf(tree).flatMap((component) =>
    kinds.filter(([program]) => program === component.name).map(([, to, certificate, certificateFile, key, keyFile]): CertificatePair => {
      const [a, b] = [component.flag(certificate), component.flag(key)];
      const missing = a.raw ? b : a;
      const why = a.raw && b.raw ? undefined : component.elsewhere;
      return {
        label: `${component.label} ${to}`,
        flags: `--${certificate} and --${key}`,
        both: why !== undefined ? { kind: 'undetermined', span: missing.span, because: why } : known(Boolean(a.raw && b.raw), missing.span, (wanted) => (wanted ? component.state([...(a.raw ? [] : [[certificate, certificateFile] as const]), ...(b.raw ? [] : [[key, keyFile] as const])]) : [])),
      };
    })));
}

/** Both files must be named. */
export function named({ label, flags, both }: CertificatePair): Verdict | undefined {
  return must(both, {
    be: (are) => are,
    or: () => `${label} has no certificate that others can check (${flags})`,
    want: flags,
    show: (are) => (are ? 'named' : 'not named'),
    fix: { title: 'Name the certificate and its key', value: true, safety: 'review', risk: 'The files must exist, and the paths be mounted, before the program starts again.' },
  });
}
