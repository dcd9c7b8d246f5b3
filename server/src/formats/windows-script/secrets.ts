import { isCredential, isStandIn, spelledOut } from '#concepts/secret.js';
import { known } from '#engine/setting.js';
import { passwordWords } from '#notations/windows-command-facts.js';
import { registryWrites } from '#notations/windows-command-registry.js';
import type { Commands } from '#notations/windows-commands.js';
import { remoteControlPassword } from '#notations/windows-secrets.js';

/** Passwords that stand in the commands. */
export function secrets(file: Commands) {
  return passwordWords(file).filter(({ word, named }) => (named === undefined ? !isStandIn(word.text) : isCredential(named, word.text)))
    .map(({ word, what }) => ({ label: 'This script', span: word.span, what, kept: known<'clear'>('clear', word.span) }));
}

/** Passwords that commands write to the registry. */
export function writtenSecrets(file: Commands) {
  return registryWrites(file).flatMap(({ key, name, type, slot: { raw = '', obscured, span } }) => {
    if (obscured !== undefined) return [];
    if (type === 'binary') return remoteControlPassword('This script', key, name, raw, span);
    return type === 'text' ? spelledOut('This script', name, raw, span) : [];
  });
}
