import { Software } from '#concepts/software.js';
import { format, lowering } from '#engine/format.js';
import { parseXml, type Xml } from '#notations/xml.js';
import { collections, enforced } from './collections.js';

export default format<Xml>({
  title: 'Windows AppLocker policy',
  files: [{ named: ['**/*.xml'], saying: /<AppLockerPolicy[\s>]/ }],
  parse: (text) => parseXml(text),
  comments: (file) => file.comments,
  comment: (text) => `<!-- ${text} -->`,
  facts: [
    lowering(Software, (file) => collections(file).flatMap((collection) => {
      const allowList = enforced(collection);
      return allowList ? [{ label: collection.label, span: collection.element.tag, allowList }] : [];
    })),
  ],
});
