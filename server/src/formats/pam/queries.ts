import { integer } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { known, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import { pamArgument, pamWord, type Pam, type PamLine } from '#notations/pam.js';
import { opensHole, set } from './facts.js';
import { qualityModules, source, stacks, steps } from './stacks.js';

/** One line of a service, and a property of it that should hold. */
export interface Sound {
  readonly label: string;
  readonly sound: Setting<boolean>;
}

/** Services through which people come in. Greeters and automatic jobs rightly ask for nothing. */
const doors = [
  'login', 'sshd', 'su', 'sudo', 'common-auth', 'system-auth', 'password-auth', 'other', 'gdm-password', 'lightdm', 'sddm', 'xdm', 'xrdp-sesman', 'vsftpd',
  'remote', 'rlogin', 'rsh', 'openvpn', 'cockpit', 'postgresql', 'dovecot', 'system-login', 'base-auth',
];

/** pam_permit(8) where nothing before it could refuse. */
export const permits = query<Pam, Sound>('pam', 'permits', (analysis) =>
  steps.select(analysis).filter(({ line, service }) => line.type === 'auth' && line.module === 'pam_permit.so' && line.control !== 'optional' && doors.includes(service)).map(({ line, label, asked }) => ({ label, sound: known(asked, line.span) })),
);

/** Modules that trust the word of another machine. */
export const hostTrust = query<Pam, Sound>('pam', 'host trust', (analysis) =>
  steps.select(analysis).filter(({ line }) => line.type === 'auth').map(({ line, label }) => ({ label, sound: known(!/^pam_rhosts(?:_auth)?\.so$/.test(line.module), line.span) })),
);

/** pam_unix(8): `nodelay` answers a wrong password at once. Another module may ask for the delay instead. */
export const hasty = query<Pam, { readonly label: string; readonly nodelay: Setting<boolean> }>('pam', 'hasty', (analysis) => {
  const auth = steps.select(analysis).filter(({ line }) => line.type === 'auth');
  if (auth.some(({ line }) => line.module === 'pam_faildelay.so')) return [];
  return auth.filter(({ line }) => line.module === 'pam_unix.so').map(({ line, label }) => ({
    label,
    nodelay: setting(pamWord(analysis.tree, line, 'nodelay'), set, { value: false, source: source('pam_unix(8)') }),
  }));
});

/** pam_unix behind a module that checked a new password, and whether it takes that one. */
export const takers = query<Pam, { readonly label: string; readonly taken: Setting<boolean> }>('pam', 'takers', (analysis) =>
  steps.select(analysis)
    .filter(({ line, checked }) => line.type === 'password' && line.module === 'pam_unix.so' && checked)
    .map(({ line, label }) => ({ label, taken: setting(pamWord(analysis.tree, line, 'use_authtok', 'use_first_pass'), set, { value: false, source: source('pam_unix(8)') }) })),
);

/** How a shared password stack treats a bad password. */
export interface Quality {
  readonly label: string;
  readonly bad: Setting<'refused' | 'warned of' | 'accepted'>;
}

export const qualities = query<Pam, Quality>('pam', 'qualities', (analysis) =>
  stacks.select(analysis).filter(({ type }) => type === 'password').map(({ service, lines, unix, open }) => {
    const label = `The password stack ${service}`;
    const module = lines.find((line) => qualityModules.includes(line.module));
    if (!module) return { label, bad: open === undefined ? known('accepted' as const, unix.span) : undetermined(unix.span, open) };
    const own = analysis.tree.statements.includes(module);
    const enforcing = pamArgument(module, 'enforcing');
    const hole = [enforcing.raw, module.control].some((said) => said !== undefined && opensHole.test(said));
    if (hole) return { label, bad: undetermined(own ? module.span : unix.span, 'what is filled in decides whether bad passwords are refused') };
    const lame = enforcing.raw === '0' || module.control === 'optional';
    const write = () => [
      ...(enforcing.raw === '0' ? enforcing.write('1') : []),
      ...(module.control === 'optional' ? [{ ...module.controlSpan, text: 'requisite' }] : []),
    ];
    return { label, bad: known(lame ? ('warned of' as const) : ('refused' as const), own ? module.span : unix.span, own ? write : () => []) };
  }),
);

/**
 * Rounds of a hash that pam_unix computes. 5000 of SHA-crypt and cost 5 of yescrypt are the defaults; a yescrypt cost below 3 is
 * passed over, and blowfish has a default of 5 where 10 is the least that is advised (observed with Linux-PAM 1.5.2, crypt(5)).
 */
export const rounds = query<Pam, { readonly label: string; readonly least: number; readonly rounds: Setting<number> | undefined }>('pam', 'rounds', (analysis) =>
  steps.select(analysis).filter(({ line }) => line.type === 'password' && line.module === 'pam_unix.so').map(({ line, label }) => ({
    label,
    ...cost(line),
  })),
);

function cost(line: PamLine): { readonly least: number; readonly rounds: Setting<number> | undefined } {
  const method = line.arguments.filter(({ name, value }) => value === undefined && /^(?:sha256|sha512|blowfish|(?:gost_)?yescrypt)$/.test(name)).at(-1)?.name ?? '';
  const rounds = stated(pamArgument(line, 'rounds'), integer);
  if (method.endsWith('yescrypt')) return { least: 5, rounds: rounds?.kind === 'stated' && rounds.value < 3 ? undefined : rounds };
  return { least: method === 'blowfish' ? 10 : method.startsWith('sha') ? 5000 : 0, rounds };
}

/** Who may become root with su: whoever knows the password, or members of a group; a trusted group needs no password. */
export const su = query<Pam, { readonly who: Setting<'anyone' | 'a group' | 'a group without password'> }>('pam', 'su', (analysis) => {
  const auth = steps.select(analysis).filter(({ line, service }) => line.type === 'auth' && /^su(?:-l)?$/.test(service));
  if (auth.length === 0) return [];
  const wheel = auth.find(({ line }) => line.module === 'pam_wheel.so' || line.module === 'pam_succeed_if.so');
  if (!wheel) return [{ who: known('anyone', auth[0]!.line.span) }];
  const trusted = wheel.line.arguments.some(({ name }) => name === 'trust');
  return [{ who: known(trusted ? 'a group without password' : 'a group', wheel.line.span) }];
});
