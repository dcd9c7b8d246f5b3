import type { Analysis } from '#engine/analysis.js';
import type { Inclusion } from '#engine/format.js';
import { query } from '#engine/query.js';
import { documented } from '#engine/release.js';
import { table } from '#engine/table.js';
import { placesOf } from '#notations/included-files.js';
import { isInclude, pamTypes, parsePam, type Pam, type PamLine, type PamType } from '#notations/pam.js';
import type { PamItem } from './walk.js';

export const source = (page: string) => documented('Linux-PAM', '1.3 to 1.7', page);

/** The name of the service: of its file, without the suffix authconfig gave it. */
export const serviceOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/-ac$/, '');

/** The files that services share, and in which the whole stack of a kind is meant to stand. */
const shared: Readonly<Record<string, readonly PamType[]>> = table({ 'common-auth': ['auth'], 'common-password': ['password'], 'system-auth': ['auth', 'password'], 'password-auth': ['auth', 'password'] });

export const isShared = (service: string, type: PamType) => shared[service]?.includes(type) ?? false;

/** One line of a file, with what stands before it in the same stack of the same file. */
export interface Step {
  readonly service: string;
  readonly line: PamLine;
  /** An earlier line may refuse the person, or includes lines that may. */
  readonly asked: boolean;
  /** An earlier line checks a new password. */
  readonly checked: boolean;
  /** `pam_unix.so in common-auth`. */
  readonly label: string;
}

/** The lines of this file, includes left out. */
export const steps = query<Pam, Step>('pam', 'steps', (analysis) => {
  const service = serviceOf(analysis.path);
  const asked = new Set<PamType>();
  const checked = new Set<PamType>();
  const found: Step[] = [];
  for (const line of analysis.tree.statements) {
    if (isInclude(line)) {
      for (const type of pamTypes) asked.add(type);
      continue;
    }
    const { type, module } = line;
    if (!isReference(line)) found.push({ service, line, asked: asked.has(type), checked: checked.has(type), label: `${module} in ${service === 'example' ? 'this service' : service}` });
    if (isReference(line) || refusing.test(module)) asked.add(type);
    if (qualityModules.includes(module) || module === 'pam_pwhistory.so') checked.add(type);
  }
  return found;
});

/** Modules that can turn a person away. */
const refusing = /^pam_(?:unix|sss|ldap|krb5|winbind|radius|google_authenticator|u2f|yubico|oath|duo|pkcs11|fprintd|deny|rhosts|securetty|userdb|listfile|succeed_if|faillock)\b/;

export const qualityModules: readonly string[] = ['pam_pwquality.so', 'pam_cracklib.so', 'pam_passwdqc.so'];

export const isReference = ({ control }: PamLine) => control === 'include' || control === 'substack';

/** A stack with the lines of the files it includes, in order. */
export interface Stack {
  readonly service: string;
  readonly type: PamType;
  readonly lines: readonly PamLine[];
  /** The same lines as they are walked: what a `substack` names is a stack of its own. */
  readonly items: readonly PamItem[];
  /** The line of pam_unix in this file: what is missing is shown there. */
  readonly unix: PamLine;
  /** Why lines may be missing: an include that is not at hand. */
  readonly open?: string | undefined;
}

/** The stacks of this file that are meant to be whole and check a local password. */
export const stacks = query<Pam, Stack>('pam', 'stacks', (analysis) => {
  const service = serviceOf(analysis.path);
  return (['auth', 'password'] as const).filter((type) => isShared(service, type)).flatMap((type) => {
    const unix = analysis.tree.statements.find((line): line is PamLine => !isInclude(line) && line.type === type && line.module === 'pam_unix.so');
    return unix ? [{ service, type, unix, ...expanded(analysis, type) }] : [];
  });
});

function expanded({ tree, path, surroundings }: Analysis<Pam>, type: PamType): Pick<Stack, 'lines' | 'items' | 'open'> {
  const lines: PamLine[] = [];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const walked = new Set([path]);
  let open: string | undefined;
  const walk = (file: Pam, items: PamItem[]) => {
    for (const statement of file.statements) {
      if (!isInclude(statement) && statement.type !== type) continue;
      if (!isInclude(statement) && !isReference(statement)) {
        lines.push(statement);
        items.push(statement);
        continue;
      }
      const name = isInclude(statement) ? statement.file : statement.module;
      const included = folder + name;
      if (walked.has(included)) continue;
      walked.add(included);
      const opened = surroundings.open(included);
      const inner: PamItem[] = !isInclude(statement) && statement.control === 'substack' ? [] : items;
      if (typeof opened === 'object') walk(parsePam(opened.text), inner);
      else open ??= `the included file ${name} is not at hand`;
      if (inner !== items) items.push({ items: inner });
    }
  };
  const items: PamItem[] = [];
  walk(tree, items);
  return { lines, items, open };
}

/** The log-in stack of this file, where a line of its own checks a local password or counts failures. */
export const passwordStacks = query<Pam, Stack>('pam', 'log-in stacks with a password', (analysis) => {
  const own = analysis.tree.statements.filter((line): line is PamLine => !isInclude(line) && line.type === 'auth');
  const unix = own.find(({ module }) => module === 'pam_unix.so') ?? own.find(({ module }) => /^pam_(?:faillock|tally2?)\.so$/.test(module));
  return unix ? [{ service: serviceOf(analysis.path), type: 'auth', unix, ...expanded(analysis, 'auth') }] : [];
});

/** pam.d(5): what is included lies in the same folder. */
export function inclusionsOf({ statements }: Pam, path: string): readonly Inclusion[] {
  return statements.flatMap((statement) => {
    const name = isInclude(statement) ? statement.file : isReference(statement) ? statement.module : undefined;
    return name === undefined ? [] : [placesOf(name.slice(name.lastIndexOf('/') + 1), path, [])];
  });
}
