import { yesNo } from '#engine/codec.js';
import { stated, undetermined, type Setting, type Undetermined } from '#engine/setting.js';
import { isOn, slot, type Kconfig } from '#notations/kconfig.js';

const yn = yesNo(['y'], ['n']);

/** An option as this fragment states it; nothing where it does not. */
export function option(file: Kconfig, name: string): Setting<boolean> | undefined {
  return stated(slot(file, name, 'bool'), yn);
}

/** The first of several names of one option that the fragment states: names change between releases of Zephyr. */
export function stateOf(file: Kconfig, ...names: readonly string[]): Setting<boolean> | undefined {
  const name = names.find((one) => file.options.has(one));
  return name === undefined ? undefined : option(file, name);
}

/**
 * An option that another one makes necessary. A fragment is merged with the board's, with overlays and with what other
 * options select, so what it leaves out is left open.
 */
export function needed(file: Kconfig, name: string, because: string): Setting<boolean> | undefined {
  return option(file, name) ?? (isOn(file, because) ? missing(file, name, because) : undefined);
}

function missing(file: Kconfig, name: string, because: string): Undetermined {
  return undetermined(
    file.options.get(because)!.span,
    `${name} is not stated here; the board, an overlay or another option may set it: look into build/zephyr/.config`,
  );
}
