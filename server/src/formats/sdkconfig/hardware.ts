import type { PortFields, PortKind } from '#concepts/port.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { StoreFields, StoreKind } from '#concepts/store.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, observe, undetermined, type Setting } from '#engine/setting.js';
import { isOn, slot, type Kconfig } from '#notations/kconfig.js';
import { flashEncryption, isWhole, option, secureBoot, selected, spanOf } from './reading.js';

type StoreFact = Fact & StoreKind & Fields<StoreFields>;
type PortFact = Fact & PortKind & Fields<PortFields>;
type SoftwareFact = Fact & Fields<SoftwareFields>;

/** The flash chip and the key-value storage in it. Encryption of the flash is burnt into the chip, so no edit offers it. */
export function stores(file: Kconfig): readonly StoreFact[] {
  const flash = flashEncryption(file);
  const facts: StoreFact[] = flash ? [{ label: 'The flash of the device', kind: 'disk', span: flash.span, encrypted: observe(flash, (on) => on) }] : [];
  const nvs = option(file, 'CONFIG_NVS_ENCRYPTION');
  if (nvs && flash?.kind === 'stated' && flash.value) {
    const caution = 'A device in the field loses what its key-value storage holds, pairing keys and settings included, unless it is moved first.';
    facts.push({
      label: 'The key-value storage (NVS) of the device',
      kind: 'disk',
      span: nvs.span,
      encrypted: nvs.kind === 'undetermined' ? nvs : { ...nvs, caution },
    });
  }
  return facts;
}

export function software(file: Kconfig): readonly SoftwareFact[] {
  const signed = signatures(file);
  const facts: SoftwareFact[] = signed ? [{ label: 'The device', span: signed.span, signed }] : [];
  for (const [name, instead] of gdb) {
    const debug = selected(file, name, instead);
    if (debug) facts.push({ label: 'The crash handler of the firmware', span: debug.span, debug });
  }
  const runtime = option(file, 'CONFIG_ESP_SYSTEM_GDBSTUB_RUNTIME');
  if (runtime) facts.push({ label: 'The firmware', span: runtime.span, debug: runtime });
  return facts;
}

/** What happens after a crash, under its names of ESP-IDF 4 and 3, and what is chosen where nobody chose. */
const gdb = [
  ['CONFIG_ESP_SYSTEM_PANIC_GDBSTUB', 'CONFIG_ESP_SYSTEM_PANIC_PRINT_REBOOT'],
  ['CONFIG_ESP32_PANIC_GDBSTUB', 'CONFIG_ESP32_PANIC_PRINT_REBOOT'],
] as const;

/**
 * Secure boot, or signatures checked on update without it. A fix asks for the latter alone: it can be taken back, while
 * secure boot is burnt into the chip.
 */
function signatures(file: Kconfig): Setting<boolean> | undefined {
  const boot = secureBoot(file);
  const checked = 'CONFIG_SECURE_SIGNED_APPS_NO_SECURE_BOOT';
  const apps = option(file, checked);
  if (boot?.kind === 'undetermined' || (boot?.value ?? false)) return boot;
  if (apps?.kind === 'undetermined') return apps;
  if (apps?.value) {
    const update = isOn(file, 'CONFIG_SECURE_SIGNED_ON_UPDATE_NO_SECURE_BOOT') ?? true;
    return known(
      update,
      update ? apps.span : spanOf(file, 'CONFIG_SECURE_SIGNED_ON_UPDATE_NO_SECURE_BOOT'),
      (wanted) => (wanted ? slot(file, 'CONFIG_SECURE_SIGNED_ON_UPDATE_NO_SECURE_BOOT', 'bool').write('y') : []),
    );
  }
  if (!boot) return apps && (isWhole(file) ? apps : undetermined(apps.span, 'CONFIG_SECURE_BOOT would check signatures too, and this file does not state it'));
  if (!apps && !isWhole(file)) return undetermined(boot.span, `${checked} would check signatures on update, and this file does not state it`);
  const caution = 'It burns no eFuse: signatures are checked on update, and whoever holds the device can still flash it by cable. '
    + 'Make the signing key first and keep it outside the repository; secure boot, which is permanent, stays your decision.';
  return { ...known(false, boot.span, (wanted) => (wanted ? slot(file, checked, 'bool').write('y') : [])), caution };
}

/** The ways in for someone who holds the device. Closing any of them burns an eFuse on the next first boot, so no edit offers it. */
export function ports(file: Kconfig): readonly PortFact[] {
  return doors.flatMap(([name, kind, label]) => {
    const open = option(file, name);
    return open ? [{ label, kind, span: open.span, open: observe(open, (on) => on) }] : [];
  });
}

const doors: readonly (readonly [option: string, kind: PortKind['kind'], label: string])[] = [
  ['CONFIG_SECURE_BOOT_ALLOW_JTAG', 'jtag', 'The JTAG port of the chip'],
  ['CONFIG_SECURE_BOOT_ALLOW_ROM_BASIC', 'console', 'The BASIC console in the ROM of the chip'],
  ['CONFIG_SECURE_INSECURE_ALLOW_DL_MODE', 'console', 'The download mode on the serial port of the chip'],
  ['CONFIG_SECURE_FLASH_UART_BOOTLOADER_ALLOW_DEC', 'console', 'The decryption of the flash over the serial port'],
];
