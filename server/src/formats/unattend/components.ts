import { integer, yesNo } from '#engine/codec.js';
import { known, observe, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import { attributeOf, childSlot, childrenOf, descend, everyElement, localName, textOf, textSlot, type Element, type Xml } from '#notations/xml.js';

/** The components of every pass of setup that bear a name, or end in it. */
export function components(file: Xml, name: string): readonly Element[] {
  return childrenOf(descend(file.root, 'unattend'), 'settings').flatMap((pass) => childrenOf(pass, 'component')).filter((component) => attributeOf(component, 'name')?.value.endsWith(name));
}

const trueFalse = yesNo(['true', '1'], ['false', '0']);

/** A value of a component; none where nothing is stated. */
export function option(file: Xml, component: Element, name: string): Setting<boolean> | undefined {
  return descend(component, name) ? stated(childSlot(file, component, name), trueFalse) : undefined;
}

/** Text with nothing but itself inside, however white space stands around it. */
export const said = (file: Xml, element: Element | undefined) => (element && element.children.length === 0 ? textOf(file, element) : '');

/** A few automatic log-ins finish setup; many, or no number, leave the computer open for good. */
export const loginsOfSetup = 5;

export function logins(file: Xml) {
  return components(file, 'Shell-Setup').flatMap((component) => {
    const auto = descend(component, 'AutoLogon');
    const enabled = auto && option(file, auto, 'Enabled');
    const count = auto && descend(auto, 'LogonCount') ? setting(childSlot(file, auto, 'LogonCount'), integer, { because: '' }) : undefined;
    const few = count?.kind === 'stated' && count.value <= loginsOfSetup;
    const anonymous = !enabled || enabled.kind !== 'stated' || !enabled.value || count?.kind === 'stated' && !few ? enabled
      : few ? observe(enabled, () => false) : undetermined(enabled.span, 'the file does not say how often it signs in by itself (LogonCount)');
    const caution = 'Steps of setup that run after the first log-in then wait for somebody to sign in.';
    const accounts = [...everyElement(component)].filter((element) => localName(element) === 'LocalAccount').flatMap((account) => {
      const password = descend(account, 'Password');
      const value = password && descend(password, 'Value');
      return value ? [{ label: 'A local account of this file', span: password.tag, emptyPassword: known(said(file, value) === '', password.tag) }] : [];
    });
    return [...(anonymous ? [{ label: 'The automatic log-in of Windows', span: anonymous.span, anonymous: anonymous.kind === 'undetermined' ? anonymous : { ...anonymous, caution } }] : []), ...accounts];
  });
}

export function firewalls(file: Xml) {
  return components(file, 'MPSSVC-Svc').flatMap((component) => [['DomainProfile', 'domain networks'], ['PrivateProfile', 'private networks'], ['PublicProfile', 'public networks']].flatMap(([profile, networks]) => {
    const enabled = option(file, component, `${profile!}_EnableFirewall`);
    return enabled ? [{ label: `The Windows firewall for ${networks!}`, span: enabled.span, enabled }] : [];
  }));
}

export function escalation(file: Xml) {
  return components(file, 'LUA-Settings').flatMap((component) => {
    const asks = option(file, component, 'EnableLUA');
    return asks ? [{ label: 'A program that an administrator starts (EnableLUA)', span: asks.span, escalation: asks.kind === 'undetermined' ? asks : { ...asks, value: !asks.value, write: (may: boolean) => asks.write(!may) } }] : [];
  });
}

/** `ProtectYourPC`: 1 takes the recommended settings, 2 installs updates only, 3 switches protection off. Updates of a regulated device are for its manufacturer to say. */
export function updates(file: Xml) {
  return components(file, 'Shell-Setup').flatMap((component) => {
    const protect = descend(component, 'OOBE', 'ProtectYourPC');
    const level = protect && stated(textSlot(file, protect), integer);
    return level ? [{ label: 'Windows, as setup leaves it,', span: level.span, updated: observe(level, (n) => n !== 3) }] : [];
  });
}

export function scanner(file: Xml) {
  return components(file, 'Windows-Defender').flatMap((component) => {
    const off = option(file, component, 'DisableAntiSpyware');
    return off ? [{ label: 'Microsoft Defender', span: off.span, scanner: off.kind === 'undetermined' ? off : { ...off, value: !off.value, write: (on: boolean) => off.write(!on) } }] : [];
  });
}

/** Whether Remote Desktop, as setup leaves it, proves who is there before it opens a session: 1 asks, 0 does not. */
export function remoteDesktops(file: Xml) {
  return components(file, 'TerminalServices-RDP-WinStationExtensions').flatMap((component) => {
    const asked = descend(component, 'UserAuthentication');
    const first = asked && stated(textSlot(file, asked), yesNo(['1', 'true'], ['0', 'false']));
    const provenFirst = first && (first.kind === 'undetermined' ? first : { ...first, caution: 'Clients older than Windows 7 are refused.' });
    return provenFirst ? [{ label: 'Remote Desktop (UserAuthentication)', span: provenFirst.span, provenFirst }] : [];
  });
}
