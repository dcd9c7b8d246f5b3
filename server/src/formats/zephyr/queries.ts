import { query } from '#engine/query.js';
import { known, translate, type Setting } from '#engine/setting.js';
import { isOn, type Kconfig } from '#notations/kconfig.js';
import { option, stateOf } from './reading.js';

/** One switch that only Zephyr has: true where it opens what should be closed. */
function switchOf(name: string, ...options: readonly string[]) {
  return query<Kconfig, Setting<boolean>>('zephyr', name, ({ tree }) => {
    const open = stateOf(tree, ...options);
    return open ? [open] : [];
  });
}

/** Pairing with a number fixed in the program. */
export const fixedPasskey = switchOf('fixed passkey', 'CONFIG_BT_FIXED_PASSKEY');

/** Random numbers that are none. */
export const testRandom = switchOf('random numbers for tests', 'CONFIG_TEST_RANDOM_GENERATOR');

/** A stranger may take the place of a paired device. */
export const overwrite = query<Kconfig, Setting<boolean>>('zephyr', 'pairings that may be replaced', ({ tree }) =>
  ['CONFIG_BT_SMP_ALLOW_UNAUTH_OVERWRITE', 'CONFIG_BT_ID_ALLOW_UNAUTH_OVERWRITE'].flatMap((name) => option(tree, name) ?? []));

/** Pairing, or bonds kept, with the key pair printed in the specification. */
export const debugKeys = query<Kconfig, Setting<boolean>>('zephyr', 'Bluetooth debug keys', ({ tree }) =>
  ['CONFIG_BT_USE_DEBUG_KEYS', 'CONFIG_BT_STORE_DEBUG_KEYS'].flatMap((name) => option(tree, name) ?? []));

/** Shell commands through the management service. */
export const managementShell = switchOf('shell over device management', 'CONFIG_MCUMGR_GRP_SHELL', 'CONFIG_MCUMGR_CMD_SHELL_MGMT');

/** The memory of a crashed device, written where it can be read. */
export const coreDump = query<Kconfig, { to: string; written: Setting<boolean> }>('zephyr', 'core dumps', ({ tree }) =>
  ([['CONFIG_DEBUG_COREDUMP_BACKEND_LOGGING', 'its log'], ['CONFIG_DEBUG_COREDUMP_BACKEND_FLASH_PARTITION', 'flash']] as const).flatMap(([name, to]) => {
    const written = option(tree, name);
    const all = option(tree, 'CONFIG_DEBUG_COREDUMP');
    if (!written || written.kind === 'undetermined' || isOn(tree, 'CONFIG_DEBUG_COREDUMP') === false) return [];
    return [{
      to,
      written: known(written.value, written.span, (on) => (on ? [] : [...(all?.kind === 'stated' ? all.write(false) : []), ...written.write(false)])),
    }];
  }));

/** MCUboot checks the firmware before it starts it. */
export const validated = query<Kconfig, Setting<boolean>>('zephyr', 'check of the firmware', ({ tree }) => {
  const checked = option(tree, 'CONFIG_BOOT_VALIDATE_SLOT0');
  return checked ? [translate(checked, (on) => !on, (left) => !left)] : [];
});

/** The key files that MCUboot publishes for samples. The private halves are in its repository. */
const samples = /(?:^|\/)root-(?:rsa-(?:2048|3072)|ec-p256(?:-pkcs8)?|ed25519)\.pem$/;

/** Whether firmware is signed with a key that everyone has. */
export const sampleKey = query<Kconfig, Setting<boolean>>('zephyr', 'signing key', ({ tree }) =>
  ['CONFIG_BOOT_SIGNATURE_KEY_FILE', 'CONFIG_MCUBOOT_SIGNATURE_KEY_FILE'].flatMap((name) => {
    const stated = tree.options.get(name);
    return stated && stated.value !== '' ? [known(samples.test(stated.value), stated.span)] : [];
  }));
