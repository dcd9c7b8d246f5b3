import { oneOf } from '#engine/codec.js';
import { setting, translate, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { attributeOf, attributeSlot, childrenOf, descend, everyElement, localName, type Element, type Xml } from '#notations/xml.js';

/** The rules for one kind of program: `Exe`, `Script`, `Msi`, `Dll`, `Appx`. */
export interface Collection {
  readonly element: Element;
  readonly type: string;
  readonly label: string;
  readonly rules: readonly Element[];
}

const kinds: Readonly<Record<string, string>> = table({ Exe: 'programs', Script: 'scripts', Msi: 'installation packages', Dll: 'libraries', Appx: 'apps', ManagedInstaller: 'management tools' });

export function collections(file: Xml): readonly Collection[] {
  return childrenOf(descend(file.root, 'AppLockerPolicy'), 'RuleCollection').flatMap((element) => {
    const type = attributeOf(element, 'Type')?.value ?? '';
    const rules = element.children.filter((child) => /^File(Path|Hash|Publisher)Rule$/.test(localName(child)));
    return kinds[type] ? [{ element, type, label: `AppLocker, for ${kinds[type]},`, rules }] : [];
  });
}

/**
 * Whether the rules bind. Microsoft, AppLocker enforcement settings: where nothing is configured and rules exist, they are enforced unless
 * another policy says otherwise. Management tools have rules of another kind and are no list of programs.
 */
export function enforced({ element, type, rules }: Collection): Setting<boolean> | undefined {
  if (type === 'ManagedInstaller' || rules.length === 0) return undefined;
  const at = attributeSlot(element, 'EnforcementMode');
  const open = undetermined(at.span, 'EnforcementMode is not configured here, so a policy of higher rank may decide it');
  if (at.raw === undefined) return open;
  const mode = setting(at, oneOf('Enabled', 'AuditOnly', 'NotConfigured'), { because: '' });
  if (mode.kind === 'undetermined') return mode;
  return mode.value === 'NotConfigured' ? open : translate(mode, (word) => word === 'Enabled', (on) => (on ? 'Enabled' : 'AuditOnly'));
}

/** One rule that allows something to people at large. */
export interface Allowance {
  readonly label: string;
  readonly span: Span;
  /** The path, or the publisher, as the rule spells it. */
  readonly what: string;
  readonly kind: 'path' | 'publisher';
}

/** Everyone, everybody with an account: [MS-DTYP] 2.4.2.4. */
const everybody = new Set(['S-1-1-0', 'S-1-5-11', 'S-1-5-32-545', 'S-1-5-4']);

export function allowances(file: Xml): readonly Allowance[] {
  return collections(file).flatMap(({ rules, label, type }) => rules.filter((rule) => attributeOf(rule, 'Action')?.value === 'Allow' && everybody.has(attributeOf(rule, 'UserOrGroupSid')?.value ?? '')).flatMap((rule) => {
    const conditions = [...everyElement(descend(rule, 'Conditions') ?? rule)];
    return conditions.flatMap((condition): readonly Allowance[] => {
      const path = localName(condition) === 'FilePathCondition' ? attributeOf(condition, 'Path')?.value : undefined;
      const publisher = localName(condition) === 'FilePublisherCondition' ? attributeOf(condition, 'PublisherName')?.value : undefined;
      if (path !== undefined) return [{ label, span: rule.tag, what: path.slice(0, 120), kind: 'path' }];
      // Packages and apps carry a signature always; the default rules of Windows allow every signed one.
      return publisher !== undefined && type !== 'Appx' && type !== 'Msi' ? [{ label, span: rule.tag, what: publisher.slice(0, 120), kind: 'publisher' }] : [];
    });
  }));
}
