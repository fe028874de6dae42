import Document from 'pdfkit';
import { loadFont, type Run, toRuns, type Weight } from './pdf-fonts.ts';

export type Ink = { readonly size: number; readonly weight: Weight; readonly colour?: string };

/** A document to which lines of any script that is brought along can be added. */
export type Paper = {
  readonly document: PDFKit.PDFDocument;
  /** How wide a text is at size 1. */
  measure(text: string, weight: Weight): number;
  /** Draws one line; `y` is where its letters stand. */
  write(text: string, x: number, y: number, ink: Ink): void;
};

export function createPaper(info: {
  readonly title: string;
  readonly author: string;
  readonly madeAt: string;
}): Paper {
  const document = new Document({
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    // Page numbers need the number of pages.
    bufferPages: true,
    autoFirstPage: false,
    // None: the library would open it anew each time that the same font is asked for under its name.
    font: '',
    lang: 'en',
    info: {
      Title: info.title,
      Author: info.author,
      Creator: 'Hajiri',
      // The library takes nothing else, and the clock of the process otherwise.
      CreationDate: new Date(Temporal.Instant.from(info.madeAt).epochMilliseconds),
    },
  });
  const known = new Set<string>();
  const use = ({ font }: Run, weight: Weight, size: number): void => {
    const name = `${font}-${weight}`;
    if (!known.has(name)) {
      document.registerFont(name, loadFont(font, weight));
      known.add(name);
    }
    document.font(name, size);
  };
  const widths = new Map<string, number>();
  const widthOf = (run: Run, weight: Weight): number => {
    use(run, weight, 100);
    return document.widthOfString(run.text) / 100;
  };
  return {
    document,
    measure(text, weight) {
      const key = `${weight} ${text}`;
      const seen = widths.get(key);
      if (seen !== undefined) return seen;
      const width = toRuns(text).reduce((sum, run) => sum + widthOf(run, weight), 0);
      widths.set(key, width);
      return width;
    },
    write(text, x, y, { size, weight, colour = '#1a1d21' }) {
      let at = x;
      document.fillColor(colour);
      const runs = toRuns(text);
      for (const run of runs) {
        use(run, weight, size);
        document.text(run.text, at, y, { lineBreak: false, baseline: 'alphabetic' });
        if (runs.length > 1) at += document.widthOfString(run.text);
      }
    },
  };
}
