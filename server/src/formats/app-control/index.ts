import { Software } from '#concepts/software.js';
import { format, lowering } from '#engine/format.js';
import { translate, undetermined, type Setting } from '#engine/setting.js';
import { parseXml, type Xml } from '#notations/xml.js';
import { option, policyOf, type Policy } from './policy.js';

/** What removing audit mode does to people. */
const caution = 'Look for events 3076 of CodeIntegrity for some weeks, add what clinical work needs, and name the emergency access procedure, '
  + '164.312(a)(2)(ii), for a program that is stopped all the same.';

/**
 * Whether the list binds. Nothing is said of a policy that checks drivers alone or allows everything: rules of this format speak of those.
 * Several base policies bind together, so one that only denies leaves it open whether another one lists what may run.
 */
function enforced(file: Xml, policy: Policy): Setting<boolean> | undefined {
  const { kind, element, denies } = policy;
  if (kind === 'supplemental') return undetermined(element.tag, 'the base policy it belongs to decides whether the list is enforced');
  const checked = option(file, policy, 'Enabled:UMCI');
  if (!policy.listsPrograms || checked.kind !== 'stated' || !checked.value) return undefined;
  const audit = option(file, policy, 'Enabled:Audit Mode');
  if (audit.kind === 'stated' && !audit.value && policy.allowsAll) {
    return denies ? undetermined(element.tag, 'the policy only denies; whether another base policy lists what may run is not in this file') : undefined;
  }
  const list = translate(audit, (on) => !on, (on) => !on);
  return list.kind === 'undetermined' ? list : { ...list, caution };
}

export default format<Xml>({
  title: 'Windows App Control policy',
  files: [{ named: ['**/*.xml'], saying: /<(?:\w+:)?SiPolicy[\s>][^>]{0,600}urn:schemas-microsoft-com:sipolicy/ }],
  parse: (text) => parseXml(text),
  comments: (file) => file.comments,
  comment: (text) => `<!-- ${text} -->`,
  facts: [
    lowering(Software, (file) => {
      const policy = policyOf(file);
      const allowList = policy && enforced(file, policy);
      return policy && allowList ? [{ label: policy.label, span: policy.element.tag, allowList }] : [];
    }),
  ],
});
