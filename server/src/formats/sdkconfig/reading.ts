import { yesNo } from '#engine/codec.js';
import { known, stated, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { isOn, slot, type Kconfig } from '#notations/kconfig.js';

export const yn = yesNo(['y'], ['n']);

/** An option as the file states it; nothing where it does not. */
export function option(file: Kconfig, name: string): Setting<boolean> | undefined {
  return stated(slot(file, name, 'bool'), yn);
}

/** The first of several names of one option that the file states: names change between versions of ESP-IDF. */
export function stateOf(file: Kconfig, ...names: readonly string[]): Setting<boolean> | undefined {
  const name = names.find((one) => file.options.has(one));
  return name === undefined ? undefined : option(file, name);
}

/** Whether the file was generated and so holds every option that could be set. A `sdkconfig.defaults` holds a few. */
export function isWhole(file: Kconfig): boolean {
  return file.comments.slice(0, 10).some(({ text }) => text.startsWith(' Automatically generated file'));
}

/** The edits that move a choice from one of its options to another. */
export function choose(file: Kconfig, from: string, to: string): readonly Edit[] {
  return [...slot(file, from, 'bool').write('n'), ...slot(file, to, 'bool').write('y')];
}

export function spanOf(file: Kconfig, name: string): Span {
  return file.options.get(name)?.span ?? { start: 0, end: 0 };
}

/** Flash encryption under its names of ESP-IDF 4 and 3. */
export function flashEncryption(file: Kconfig): Setting<boolean> | undefined {
  return stateOf(file, 'CONFIG_SECURE_FLASH_ENC_ENABLED', 'CONFIG_FLASH_ENCRYPTION_ENABLED');
}

/** Secure boot under its names of ESP-IDF 4 and 3. */
export function secureBoot(file: Kconfig): Setting<boolean> | undefined {
  return stateOf(file, 'CONFIG_SECURE_BOOT', 'CONFIG_SECURE_BOOT_ENABLED');
}

/** A member of a choice that is selected, to be left for another one. */
export function selected(file: Kconfig, name: string, instead: string): Setting<boolean> | undefined {
  const on = isOn(file, name);
  return on === undefined ? undefined : known(
    on,
    spanOf(file, name),
    (wanted) => (wanted === on ? [] : wanted ? choose(file, instead, name) : choose(file, name, instead)),
  );
}
