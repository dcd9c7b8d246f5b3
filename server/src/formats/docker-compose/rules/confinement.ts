import { query } from '#engine/query.js';
import { must, rule } from '#engine/rule.js';
import { known } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { servicesOf } from '../services.js';

/** Every line of `security_opt` that says how the kernel confines a service. */
const Options = query<Yaml, { readonly label: string; readonly option: Place; readonly by: string }>('docker-compose', 'security options', ({ tree }) =>
  servicesOf(tree).flatMap(({ label, place }) => place.get('security_opt').items.flatMap((option) => {
    const by = /^(seccomp|apparmor|label|systempaths)[:=]/.exec(option.text ?? '')?.[1];
    return by ? [{ label, option, by }] : [];
  })));

const named: Readonly<Record<string, string>> = { seccomp: 'seccomp', apparmor: 'AppArmor', label: 'SELinux', systempaths: 'the masks over /proc and /sys' };

export default rule(Options, {
  title: 'The kernel confines services',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: ({ label, option, by }) => must(known(!/[:=](unconfined|disable)$/.test(option.text!), option.head, (on) => (on ? option.remove() : [])), {
    be: (confined) => confined,
    or: () => `${label} switches off ${named[by]}, which keeps a broken program away from the machine`,
    want: 'the profile of Docker',
    show: (confined) => (confined ? 'confined' : 'unconfined'),
    fix: { title: 'Use the profile of Docker', value: true, safety: 'review', risk: 'A program that makes an unusual system call fails: try it outside of care first.' },
  }),
});
