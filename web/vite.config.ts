import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const compress = { br: promisify(brotliCompress), gz: promisify(gzip) };
const worthCompressing = /^assets\/.*\.(?:js|css|svg)$/;

/** Beside each file its compressed forms, made once instead of at each request. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    // Not before everything is written: until then other plugins still change the code.
    async writeBundle({ dir = '' }, bundle) {
      const names = Object.keys(bundle).filter((name) => worthCompressing.test(name));
      await Promise.all(
        names.map(async (name) => {
          const content = await readFile(join(dir, name));
          const br = await compress.br(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
          const gz = await compress.gz(content, { level: 9 });
          await writeFile(join(dir, `${name}.br`), br);
          await writeFile(join(dir, `${name}.gz`), gz);
        }),
      );
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    target: 'es2022',
    // A page is shown at once when its code is there; the small helper for older browsers is not needed.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    assetsInlineLimit: 0,
  },
});
