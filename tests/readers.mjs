// The text of a PDF file as pdf.js gives it (`getTextContent`), a line each. Between words from right to left it gives no
// blanks, as they go back on their line: the places of the pieces tell.
// Usage: node readers.mjs PDFJS FILE
import {readFileSync} from 'node:fs';
const [, , library, file] = process.argv;
const {getDocument} = await import(library);
const pdf = await getDocument({data: new Uint8Array(readFileSync(file)), verbosity: 0}).promise;
for (let number = 1; number <= pdf.numPages; number++) {
  const {items} = await (await pdf.getPage(number)).getTextContent();
  let text = '', last = null;
  for (const item of items) {
    const left = item.transform[4], size = Math.abs(item.transform[3]);
    if (last && left + item.width < last.left - 0.1 * size && !/\s$/.test(text)) text += ' ';
    text += item.str + (item.hasEOL ? '\n' : '');
    last = item.str.trim() && !item.hasEOL ? {left} : item.hasEOL ? null : last;
  }
  console.log(text);
}
