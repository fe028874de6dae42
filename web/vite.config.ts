import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const compress = { br: promisify(brotliCompress), gz: promisify(gzip) };
const worthCompressing = /\.(?:js|css|svg|html)$/;

/** Beside each file its compressed forms, made once instead of at each request. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    enforce: 'post',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const made = Object.values(bundle).map(async (file) => {
        if (!worthCompressing.test(file.fileName)) return [];
        const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        const br = await compress.br(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
        const gz = await compress.gz(content, { level: 9 });
        return [
          { type: 'asset' as const, fileName: `${file.fileName}.br`, source: br },
          { type: 'asset' as const, fileName: `${file.fileName}.gz`, source: gz },
        ];
      });
      for (const file of (await Promise.all(made)).flat()) this.emitFile(file);
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
