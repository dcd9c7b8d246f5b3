import { known, type Setting } from '#engine/setting.js';
import { lineEnd, type Edit } from '#engine/text.js';
import { removal } from '#notations/directives.js';
import { attributeOf, childrenOf, descend, insertion, isSound, localName, textOf, type Element, type Xml } from '#notations/xml.js';

/** Policy rule options, as Microsoft's table of them spells them; case is ignored. */
export type Option =
  | 'Enabled:Audit Mode' | 'Enabled:UMCI' | 'Enabled:Unsigned System Integrity Policy' | 'Enabled:Advanced Boot Options Menu'
  | 'Enabled:Intelligent Security Graph Authorization' | 'Disabled:Script Enforcement' | 'Disabled:Runtime FilePath Rule Protection'
  | 'Required:Enforce Store Applications';

/** An App Control policy: what it lists for programs of users (`SigningScenario` 12); drivers (131) stand beside. */
export interface Policy {
  readonly element: Element;
  readonly label: string;
  /** A supplemental policy adds to the list of one base policy and takes its options from it. */
  readonly kind: 'base' | 'supplemental';
  /** The rules for files that the list of programs refers to. */
  readonly files: readonly Element[];
  /** Whether every program is allowed that is not denied. */
  readonly allowsAll: boolean;
  /** Whether programs are told apart, by allowing some or denying some. */
  readonly listsPrograms: boolean;
  /** Whether some programs or drivers are denied, by a rule or by their signer. */
  readonly denies: boolean;
}

/**
 * The policy of a file. None for tags of programs (`AppID Tagging Policy`), which allow nothing, and for a file without options, which is
 * not finished.
 */
export function policyOf(file: Xml): Policy | undefined {
  const element = descend(file.root, 'SiPolicy');
  const type = element && (attributeOf(element, 'PolicyType')?.value ?? 'Base Policy');
  if (!element || !descend(element, 'Rules') || (type !== 'Base Policy' && type !== 'Supplemental Policy')) return undefined;
  const rules = descend(element, 'FileRules')?.children ?? [];
  const listed = (value: RegExp) => {
    const signers = childrenOf(descend(element, 'SigningScenarios'), 'SigningScenario')
      .filter((scenario) => value.test(attributeOf(scenario, 'Value')?.value ?? '')).flatMap((scenario) => childrenOf(scenario, 'ProductSigners'));
    const entries = (list: string, entry: string) => signers.flatMap((one) => childrenOf(descend(one, list), entry));
    const referred = new Set(entries('FileRulesRef', 'FileRuleRef').map((reference) => attributeOf(reference, 'RuleID')?.value));
    const files = rules.filter((rule) => referred.has(attributeOf(rule, 'ID')?.value));
    const denies = entries('DeniedSigners', 'DeniedSigner').length > 0 || files.some((rule) => localName(rule) === 'Deny');
    return { files, denies, signers: entries('AllowedSigners', 'AllowedSigner').length > 0 };
  };
  const programs = listed(/^12$/);
  return {
    element, files: programs.files, label: `The App Control policy ${nameOf(file, element)}`.trim(), kind: type === 'Base Policy' ? 'base' : 'supplemental',
    denies: listed(/^(?:12|131)$/).denies,
    allowsAll: programs.files.some(allowsEverything),
    listsPrograms: programs.denies || programs.signers || programs.files.some((rule) => !allowsEverything(rule)),
  };
}

function nameOf(file: Xml, policy: Element): string {
  const setting = childrenOf(descend(policy, 'Settings'), 'Setting')
    .find((one) => attributeOf(one, 'Provider')?.value === 'PolicyInfo' && attributeOf(one, 'ValueName')?.value === 'Name');
  const name = descend(setting, 'Value', 'String');
  return name ? textOf(file, name).slice(0, 40) : '';
}

/** Whether an option is set. An option that is not listed is not set: Microsoft, policy rule options. */
export function option(file: Xml, { element }: Policy, name: Option): Setting<boolean> {
  const rules = descend(element, 'Rules')!;
  const found = childrenOf(rules, 'Rule').flatMap((rule) => childrenOf(rule, 'Option').map((said) => ({ rule, said })))
    .filter(({ said }) => textOf(file, said).toLowerCase() === name.toLowerCase());
  const first = found[0];
  return first
    ? known(true, first.said.span, (wanted) => (wanted || !isSound(rules) ? [] : found.map(({ rule }) => removal(file.text, rule.span))))
    : known(false, rules.tag, (wanted) => (wanted ? addition(file, rules, name) : []));
}

/** The edits that add an option, written as the last one is. */
function addition(file: Xml, rules: Element, name: Option): readonly Edit[] {
  if (!isSound(rules)) return [];
  const last = childrenOf(rules, 'Rule').at(-1);
  const said = descend(last, 'Option');
  if (!last || !said) return insertion(file, rules, `<Rule>\n  <Option>${name}</Option>\n</Rule>`);
  const before = file.text.slice(file.text.lastIndexOf('\n', last.span.start - 1) + 1, last.span.start);
  const copy = `${file.text.slice(last.span.start, said.content.start)}${name}${file.text.slice(said.content.end, last.span.end)}`;
  return [{ start: last.span.end, end: last.span.end, text: `${before.trim() === '' ? lineEnd(file.text) + before : ''}${copy}` }];
}

/** A rule that allows programs. */
export interface Allowance {
  readonly policy: Policy;
  readonly element: Element;
  /** The path, as the rule spells it; absent for rules by name, version or hash. */
  readonly path: string | undefined;
  /** Whether every file fits: each property the rule asks for is `*`, in any version. A path is another matter, for Windows checks who may write there. */
  readonly everything: boolean;
}

const properties = ['FileName', 'InternalName', 'FileDescription', 'ProductName', 'PackageFamilyName'];

function allowsEverything(rule: Element): boolean {
  const said = (name: string) => attributeOf(rule, name)?.value.trim();
  const asked = properties.flatMap((name) => said(name) ?? []);
  return localName(rule) === 'Allow' && said('FilePath') === undefined && said('Hash') === undefined
    && asked.length > 0 && asked.every((value) => value === '*')
    && /^(0\.0\.0\.0)?$/.test(said('MinimumFileVersion') ?? '') && /^(65535(\.65535){3})?$/.test(said('MaximumFileVersion') ?? '');
}

export function allowances(policy: Policy): readonly Allowance[] {
  return policy.files.filter((rule) => localName(rule) === 'Allow').map((element) => {
    const path = attributeOf(element, 'FilePath')?.value.trim().slice(0, 120);
    return { policy, element, path, everything: allowsEverything(element) };
  });
}
