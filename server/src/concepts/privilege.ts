import { concept } from '#engine/concept.js';

/** What a program, a role or an account may do beyond its task. Every field is true where it may. */
export const Privilege = concept<PrivilegeFields>('Privilege');

export interface PrivilegeFields {
  /** Every action on everything. */
  everything: boolean;
  /** Anyone at all may use the grant. */
  anyone: boolean;
  /** Runs as the administrator of its machine. */
  root: boolean;
  /** Full control of the host it runs on. */
  privileged: boolean;
  /** May gain more rights than it was started with. */
  escalation: boolean;
  /** Shares the network, processes or inter-process communication of its host. */
  hostNamespace: boolean;
  /** Reads or writes files of its host that give control of it. */
  hostFiles: boolean;
  /** Linux capabilities, or rights, that come close to full control, as the file spells them. */
  dangerous: readonly string[];
  /** Guards of the kernel that are switched off for it: seccomp, AppArmor, SELinux. Writing an empty list brings them back. */
  unconfined: readonly string[];
  /** May change its own program files. */
  writableProgram: boolean;
}
