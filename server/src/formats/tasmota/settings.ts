import { yesNo } from '#engine/codec.js';
import { documented } from '#engine/release.js';
import type { Absent, Setting } from '#engine/setting.js';
import { setting, undetermined } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { presence, slot, type Defines, type MacroText } from '#notations/defines.js';

/** Where the defaults below are written. */
export const source = documented('Tasmota', '9.5 to 13.4', 'my_user_config.h');

const trueFalse = yesNo(['true', '1'], ['false', '0']);
const there = yesNo(['yes'], ['no']);

/** A header read with the defaults of the firmware it is compiled into. */
export class Settings {
  /** Whether the header prepares devices for a network; one that only adds drivers says nothing about how they are run. */
  readonly prepares: boolean;

  constructor(readonly file: Defines) {
    this.prepares = ['MQTT_HOST', 'STA_SSID1', 'STA_SSID2'].some((name) => (this.stated(name) ?? '') !== '');
  }

  /** The value as written, without quotes; nothing where the file does not decide it. */
  stated(name: string, how: MacroText = 'string'): string | undefined {
    const { raw, obscured } = slot(this.file, name, how);
    return obscured === undefined ? raw : undefined;
  }

  /** Whether a line of the file names it. */
  names(name: string): boolean {
    return this.file.statements.has(name);
  }

  place(...names: readonly string[]): Span {
    const name = names.find((one) => this.names(one));
    return name === undefined ? { start: 0, end: 0 } : slot(this.file, name, 'plain').span;
  }

  text(name: string, value: string, at: Span): Setting<string> {
    return setting(slot(this.file, name, 'string', at), { read: (raw) => raw, print: (raw) => raw }, { value, source });
  }

  plain(name: string, value: string, at: Span): Setting<string> {
    return setting(slot(this.file, name, 'plain', at), { read: (raw) => raw, print: (raw) => raw }, { value, source });
  }

  bool(name: string, absent: Absent<boolean>, at: Span): Setting<boolean> {
    return setting(slot(this.file, name, 'plain', at), trueFalse, absent);
  }

  /** Whether a macro is defined; one that is not named is not. */
  defined(name: string): Setting<boolean> {
    const place = presence(this.file, name);
    if (place.obscured !== undefined) return undetermined(place.span, place.obscured);
    return setting(place, there, { value: false, source });
  }
}
