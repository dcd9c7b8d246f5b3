import { integer, text } from '#engine/codec.js';
import { documented } from '#engine/release.js';
import { setting, stated, type Absent, type Setting } from '#engine/setting.js';
import { slot, type Properties } from '#notations/properties.js';

/** What a default rests on: an absent number is read as 0. */
export const source = documented('Mirth Connect', '3.4 to 4.5', 'User Guide, Password Requirements');

/** A value that the server takes from elsewhere: `${dir.appdata}`, `${env:DB_PASSWORD}`. */
export const varies = (value: string) => value.includes('${');

/** The slot of a key; one that holds a variable cannot be known. */
export function place(file: Properties, key: string) {
  const found = slot(file, key);
  return found.raw !== undefined && varies(found.raw) ? { ...found, obscured: `a variable holds ${key}` } : found;
}

/** A whole number; 0 where a whole file leaves it out. Containers are given parts of one, which say nothing of the rest. */
export function number(file: Properties, key: string): Setting<number> {
  return setting(
    place(file, key), integer,
    file.byKey.has('dir.appdata') ? { value: 0, source } : { because: `this is a part of the settings, and the rest may state ${key}` }
  );
}

/** A list of names separated by commas. */
export function names(file: Properties, key: string, absent: Absent<readonly string[]>): Setting<readonly string[]> {
  return setting(place(file, key), { read: (raw) => raw.split(',').map((name) => name.trim()).filter(Boolean), print: (list) => list.join(',') }, absent);
}

/** Text that is judged only where it is stated. */
export function statedText(file: Properties, key: string): Setting<string> | undefined {
  return stated(place(file, key), text);
}

/** The two words of a switch. */
export const trueFalse = { read: (raw: string) => (raw === 'true' ? true : raw === 'false' ? false : undefined), print: String };
