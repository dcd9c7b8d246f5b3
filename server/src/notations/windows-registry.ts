import type { Slot } from '#engine/setting.js';

/** How a value is typed: `REG_DWORD`, `REG_SZ`, `REG_MULTI_SZ` or `REG_BINARY`. */
export type RegistryType = 'dword' | 'text' | 'list' | 'binary';

/** What every file that states registry values offers, however it spells them. Keys begin with `HKLM\` or `HKCU\`; case does not matter. */
export interface Registry {
  /**
   * One value. `raw` is a number in decimal, text as it stands, a list with one item per line. `type` is how the value is
   * written where the file does not state it.
   */
  value(key: string, name: string, type: RegistryType): Slot;
  /** The values a file states directly below a key. */
  under(key: string): readonly { readonly name: string; readonly slot: Slot }[];
}

/**
 * A key as it is compared: hives by their short name, the profile of any user as the current one, a numbered control
 * set as the current one.
 */
export function foldedKey(key: string): string {
  let end = key.length;
  while (key[end - 1] === '\\') end--;
  return key.slice(0, end).toLowerCase()
    .replace(/^hkey_local_machine(?=\\|$)/, 'hklm').replace(/^hkey_current_user(?=\\|$)/, 'hkcu').replace(/^(?:hkey_users|hku)\\[^\\]+(?=\\|$)/, 'hkcu')
    .replace(/^hklm\\system\\controlset\d{3}(?=\\|$)/, 'hklm\\system\\currentcontrolset');
}
