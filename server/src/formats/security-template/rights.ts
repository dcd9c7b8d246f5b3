import { known } from '#engine/setting.js';
import type { Directive } from '#notations/directives.js';
import { sectionsNamed } from '#notations/ini.js';
import { fieldLines, type Template } from './template.js';

/** Well-known groups that hold people nobody has named, [MS-DTYP] 2.4.2.4, by identifier and by name. */
const nobodyNamed = /^\*?(S-1-1-0|S-1-5-7|S-1-5-32-546|Everyone|Anonymous( Logon)?|Guests?)$/i;
/** Groups that hold everybody who has an account. */
const everyAccount = /^\*?(S-1-5-11|S-1-5-4|S-1-5-32-545|S-1-5-21-[\d-]+-513|Authenticated Users|Interactive|Users|(.+\\)?Domain Users)$/i;
/** Rights whose holder can become the system: act as part of it, make tokens, read any memory or file, load drivers. */
const nearSystem: ReadonlySet<string> = new Set(['setcbprivilege', 'secreatetokenprivilege', 'sedebugprivilege', 'seloaddriverprivilege', 'setakeownershipprivilege', 'serestoreprivilege', 'sebackupprivilege', 'seassignprimarytokenprivilege',
  'seimpersonateprivilege', 'seenabledelegationprivilege', 'sesecurityprivilege', 'serelabelprivilege', 'semanagevolumeprivilege']);
/** Rights that Windows itself gives to everyone: walking through folders, and coming in over the network with a log-in. */
const common: ReadonlySet<string> = new Set(['sechangenotifyprivilege', 'senetworklogonright', 'seincreaseworkingsetprivilege']);

const members = ({ value }: Directive) => value.split(',').map((member) => member.trim()).filter(Boolean);
const original = (file: Template, { nameSpan }: Directive) => file.text.slice(nameSpan.start, nameSpan.end);

/** Who may do what on the machine. */
export function privileges(file: Template) {
  const rights = sectionsNamed(file, 'Privilege Rights').flatMap(({ directives }) => directives.filter(({ name }) => !name.startsWith('sedeny')));
  const without = (right: Directive, who: RegExp) => () => [{ ...right.valueSpan, text: members(right).filter((member) => !who.test(member)).join(',') }];
  return [
    ...rights.filter((right) => members(right).length > 0).map((right) => {
      const open = common.has(right.name) ? /^\*?(S-1-5-7|S-1-5-32-546|Anonymous( Logon)?|Guests?)$/i : nobodyNamed;
      const anyone = members(right).some((member) => open.test(member));
      return { label: `The right ${original(file, right)}`, span: right.span, anyone: known(anyone, right.span, without(right, open)) };
    }),
    ...rights.filter(({ name }) => nearSystem.has(name)).map((right) => ({
      label: 'Everybody who has an account', span: right.span,
      dangerous: known<readonly string[]>(members(right).some((member) => everyAccount.test(member)) ? [original(file, right)] : [], right.span, without(right, everyAccount)),
    })),
    ...administrators(file),
    ...permissions(file),
  ];
}

/** The members a template forces upon the administrators: `*S-1-5-32-544__Members = ...`. */
function administrators(file: Template) {
  return sectionsNamed(file, 'Group Membership').flatMap(({ directives }) => directives.filter(({ name }) => /^(\*s-1-5-32-544|administrators)__members$/.test(name)).map((group) => {
    const wide = (member: string) => everyAccount.test(member) || nobodyNamed.test(member);
    return {
      label: 'Everybody who has an account, as an administrator,', span: group.span,
      everything: known(members(group).some(wide), group.span, () => [{ ...group.valueSpan, text: members(group).filter((member) => !wide(member)).join(',') }]),
    };
  }));
}

/** Files, keys and services whose permissions, in SDDL, give everyone full control or the right to give themselves more. */
function permissions(file: Template) {
  return [['File Security', 'The full control of'], ['Registry Keys', 'The full control of'], ['Service General Setting', 'The control of the service']].flatMap(([section, what]) => fieldLines(file, section!).flatMap(({ fields, span }) => {
    const sddl = fields.at(-1)?.text ?? '';
    if (fields.length < 3 || sddl === '') return [];
    const open = [...sddl.slice(0, 20_000).matchAll(/\(A;[^;()]{0,40};([^;()]{0,80});[^;()]{0,40};[^;()]{0,40};(?:WD|AN|BG|S-1-1-0|S-1-5-7|S-1-5-32-546)\)/gi)].some((entry) => /^(?:..)*?(?:GA|FA|KA|GW|WD|WO)|^0x(?:10000000|1f01ff|f003f)$/i.test(entry[1]!));
    return [{ label: `${what!} ${fields[0]!.text.slice(0, 80)}`, span, anyone: known(open, span) }];
  }));
}
