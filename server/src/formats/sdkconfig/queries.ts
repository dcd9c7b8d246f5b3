import { query } from '#engine/query.js';
import { known, observe, undetermined, type Setting } from '#engine/setting.js';
import { isOn, type Kconfig } from '#notations/kconfig.js';
import { choose, flashEncryption, option, secureBoot, selected, spanOf } from './reading.js';

/** What guards the chip itself, where the file states it. Nothing of it can be taken back on a chip once it was booted. */
export interface ChipGuard {
  /** Whether a boot loader nobody signed is refused. */
  readonly secureBoot?: Setting<boolean> | undefined;
  /** Whether secure boot leaves its protections open for tests. */
  readonly insecure?: Setting<boolean> | undefined;
  /** Whether flash encryption is in its mode for developers. */
  readonly development?: Setting<boolean> | undefined;
  /** Whether older firmware with known holes can be installed again. */
  readonly rollback?: Setting<boolean> | undefined;
}

export const chipGuard = query<Kconfig, ChipGuard>('sdkconfig', 'guards of the chip', ({ tree: file }) => {
  const boot = secureBoot(file);
  const again = isOn(file, 'CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE') ? option(file, 'CONFIG_BOOTLOADER_APP_ANTI_ROLLBACK') : undefined;
  return [{
    secureBoot: boot && observe(boot, (on) => on),
    insecure: option(file, 'CONFIG_SECURE_BOOT_INSECURE'),
    development: option(file, 'CONFIG_SECURE_FLASH_ENCRYPTION_MODE_DEVELOPMENT'),
    rollback: again && observe(again, (prevented) => !prevented),
  }];
});

/** An option that leaves out the check of the firmware before it runs. */
export const skippedChecks = query<Kconfig, { when: string; skipped: Setting<boolean> }>('sdkconfig', 'checks that are left out', ({ tree: file }) =>
  [
    ['CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS', 'whenever the device starts'],
    ['CONFIG_BOOTLOADER_SKIP_VALIDATE_ON_POWER_ON', 'when the device is switched on'],
    ['CONFIG_BOOTLOADER_SKIP_VALIDATE_IN_DEEP_SLEEP', 'when the device wakes up'],
  ].flatMap(([name, when]) => {
    const skipped = option(file, name!);
    return skipped ? [{ when: when!, skipped }] : [];
  }));

/** An option that pairs over Bluetooth with the key pair printed in the specification. */
export const debugKeys = query<Kconfig, Setting<boolean>>('sdkconfig', 'Bluetooth debug keys', ({ tree: file }) => {
  const keys = option(file, 'CONFIG_BT_NIMBLE_SM_SC_DEBUG_KEYS');
  return keys ? [keys] : [];
});

/** Where the memory of a crashed device goes in clear. */
export interface Dump {
  readonly to: 'the serial port' | 'flash';
  readonly inClear: Setting<boolean>;
}

export const dumps = query<Kconfig, Dump>('sdkconfig', 'core dumps', ({ tree: file }) => {
  const found: Dump[] = [];
  const none = 'CONFIG_ESP_COREDUMP_ENABLE_TO_NONE';
  const serial = selected(file, 'CONFIG_ESP_COREDUMP_ENABLE_TO_UART', none);
  if (serial) found.push({ to: 'the serial port', inClear: serial });
  const flash = selected(file, 'CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH', none);
  if (flash) found.push({ to: 'flash', inClear: flash.kind !== 'undetermined' && flash.value ? beside(file, flash) : flash });
  return found;
});

function beside(file: Kconfig, flash: Setting<boolean>): Setting<boolean> {
  const encryption = flashEncryption(file);
  const span = spanOf(file, 'CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH');
  if (!encryption) return undetermined(span, 'it depends on CONFIG_SECURE_FLASH_ENC_ENABLED, which this file does not state');
  if (encryption.kind === 'undetermined' || flash.kind === 'undetermined') return encryption;
  return known(!encryption.value, span, () => choose(file, 'CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH', 'CONFIG_ESP_COREDUMP_ENABLE_TO_NONE'));
}
