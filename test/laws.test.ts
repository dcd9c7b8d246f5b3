/** The laws of every notation's slots: what was written is read, what was read changes nothing, twice is once. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { apply } from '#engine/text.js';
import type { LawExample } from './support/law.js';

const folder = new URL('./laws/', import.meta.url);

for (const name of readdirSync(folder).filter((file) => file.endsWith('.laws.js')).sort()) {
  const { default: examples } = (await import(new URL(name, folder).href)) as { default: readonly LawExample[] };
  describe(name.slice(0, -'.laws.js'.length), () => {
    for (const { title, text, at, besides, values } of examples) {
      test(`${title}: writing what was read changes nothing`, () => {
        const { raw } = at(text);
        if (raw !== undefined) assert.equal(apply(text, at(text).write(raw)), text);
      });
      for (const value of values) {
        test(`${title}: ${JSON.stringify(value)} is read after it was written`, () => {
          const written = apply(text, at(text).write(value));
          assert.equal(at(written).raw, value, JSON.stringify(written));
          assert.equal(apply(written, at(written).write(value)), written, 'writing it twice changes it again');
          if (besides) assert.equal(besides(written).raw, besides(text).raw, 'another place changed');
          assert.equal(written.includes('\r\n'), text.includes('\r\n'), 'line ends changed');
        });
      }
    }
  });
}
