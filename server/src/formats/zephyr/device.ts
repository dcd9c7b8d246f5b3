import { connectionUrl } from '#concepts/connection-url.js';
import type { LoginFields } from '#concepts/login.js';
import type { PortFields, PortKind } from '#concepts/port.js';
import { isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, observe, translate, type Setting } from '#engine/setting.js';
import { isOn, slot, type Kconfig, type Option } from '#notations/kconfig.js';
import { option, stateOf } from './reading.js';

type LoginFact = Fact & Fields<LoginFields>;

/** Who may manage the device: firmware, files and settings over MCUmgr, and a shell over telnet. */
export function logins(file: Kconfig): readonly LoginFact[] {
  const facts: LoginFact[] = [];
  const anonymous = unauthenticated(file);
  if (anonymous) facts.push({ label: 'The firmware update over Bluetooth', span: anonymous.span, anonymous });
  const telnet = option(file, 'CONFIG_SHELL_BACKEND_TELNET');
  if (telnet && isOn(file, 'CONFIG_SHELL_START_OBSCURED') !== true) {
    const remedy = 'Switch the telnet shell off';
    facts.push({ label: 'The telnet shell', span: telnet.span, anonymous: telnet.kind === 'undetermined' ? telnet : { ...telnet, remedy } });
  }
  return facts;
}

/** Zephyr, subsys/mgmt/mcumgr/transport/Kconfig.bluetooth: authentication is asked for unless an option says otherwise. */
function unauthenticated(file: Kconfig): Setting<boolean> | undefined {
  const proven = 'CONFIG_MCUMGR_TRANSPORT_BT_PERM_RW_AUTHEN';
  for (const name of ['CONFIG_MCUMGR_TRANSPORT_BT_PERM_RW', 'CONFIG_MCUMGR_TRANSPORT_BT_PERM_RW_ENCRYPT']) {
    if (isOn(file, name)) return known(
      true,
      file.options.get(name)!.span,
      (wanted) => (wanted ? [] : [
        ...slot(file, name, 'bool').write('n'),
        ...slot(file, proven, 'bool').write('y'),
        ...(isOn(file, 'CONFIG_BT_SMP') === false ? slot(file, 'CONFIG_BT_SMP', 'bool').write('y') : []),
      ]),
    );
  }
  const stated = stateOf(file, proven, 'CONFIG_MCUMGR_TRANSPORT_BT_AUTHEN', 'CONFIG_MCUMGR_SMP_BT_AUTHEN');
  return stated && translate(stated, (on) => !on, (open) => !open);
}

/** What can be reached with a cable. */
export function ports(file: Kconfig): readonly (Fact & PortKind & Fields<PortFields>)[] {
  const facts: (Fact & PortKind & Fields<PortFields>)[] = [];
  for (const [name, label] of [
    ['CONFIG_SHELL_BACKEND_SERIAL', 'The shell on the serial port'],
    ['CONFIG_SHELL_BACKEND_RTT', 'The shell on the debug port'],
  ] as const) {
    const open = option(file, name);
    if (open && isOn(file, 'CONFIG_SHELL') !== false) facts.push({ label, kind: 'console', span: open.span, open });
  }
  const unlocked = option(file, 'CONFIG_NRF_APPROTECT_DISABLE');
  if (unlocked) facts.push({ label: 'The debug port of the chip', kind: 'jtag', span: unlocked.span, open: observe(unlocked, (on) => on) });
  return facts;
}

export function software(file: Kconfig): readonly (Fact & Fields<SoftwareFields>)[] {
  const facts: (Fact & Fields<SoftwareFields>)[] = [];
  // sysbuild.conf decides for MCUboot and the application alike.
  const unsigned = option(file, 'CONFIG_BOOT_SIGNATURE_TYPE_NONE') ?? option(file, 'SB_CONFIG_BOOT_SIGNATURE_TYPE_NONE');
  if (unsigned) facts.push({ label: 'The boot loader (MCUboot)', span: unsigned.span, signed: observe(unsigned, (none) => !none) });
  const scheme = ['CONFIG', 'SB_CONFIG'].flatMap((prefix) => ['RSA', 'ECDSA_P256', 'ED25519'].map((one) => file.options.get(`${prefix}_BOOT_SIGNATURE_TYPE_${one}`)))
    .find((one) => one?.value === 'y');
  if (scheme && !unsigned) facts.push({ label: 'The boot loader (MCUboot)', span: scheme.span, signed: known(true, scheme.span) });
  for (const [name, label] of [['CONFIG_SHELL', 'The firmware'], ['CONFIG_GDBSTUB', 'The firmware']] as const) {
    const debug = option(file, name);
    if (debug) facts.push({ label, span: debug.span, debug });
  }
  return facts;
}

/** Text options whose names say that they hold a credential. */
export function secrets(file: Kconfig): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  const facts: (Fact & SecretUse & Fields<SecretFields>)[] = [];
  for (const stated of file.options.values()) {
    const what = stated.quoted ? kindOf(stated) : undefined;
    if (what !== undefined) facts.push({
      label: `The option ${stated.name}`,
      span: stated.span,
      what,
      kept: known<SecretFields['kept']>('clear', stated.span),
    });
  }
  return facts;
}

function kindOf({ name, value }: Option): string | undefined {
  if (connectionUrl(value)?.credential) return 'a user name and password';
  if (!/_(?:PASSWORD\d?|PASSWD|PASSPHRASE|PASS|PSK|TOKEN|API_KEY|SECRET)$/.test(name) || isStandIn(value)) return undefined;
  return /WIFI/.test(name) ? 'the Wi-Fi password' : /MQTT/.test(name) ? 'the MQTT password' : 'a credential';
}
