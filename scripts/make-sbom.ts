import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

// The bill of materials of a release: every package that an installation brings, with version, checksum and licence, as
// CycloneDX. It is read from the lock file alone and needs no network:
//
//     node scripts/make-sbom.ts sbom.json

const project = fileURLToPath(new URL('..', import.meta.url));

const component = z.looseObject({
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).optional(),
});
const billOfMaterials = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  components: z.array(component),
});

export type BillOfMaterials = z.infer<typeof billOfMaterials>;

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({ version: z.string().optional(), dev: z.boolean().optional() }),
  ),
});

/** As npm installs them without those of a developer. Its own "omit" leaves out more: what only a peer asks for besides. */
function packagesOfInstallation(): ReadonlySet<string> {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(`${project}package-lock.json`, 'utf8')));
  return new Set(
    Object.entries(packages)
      .filter(([path, { dev }]) => path !== '' && dev !== true)
      .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`),
  );
}

/** Throws when npm is missing or refuses the lock file. */
export function makeSbom(): BillOfMaterials {
  const { status, stdout, stderr, error } = spawnSync(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'],
    {
      cwd: project,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, npm_config_update_notifier: 'false' },
    },
  );
  if (error !== undefined) throw new Error('npm could not be started', { cause: error });
  if (status !== 0) throw new Error(`npm could not make the bill of materials: ${stderr}`);
  const bill = billOfMaterials.parse(JSON.parse(stdout));
  // npm names it after the folder, which may be called anything.
  const itself = { ...bill.metadata.component, name: 'hajiri', type: 'application' };
  const brought = packagesOfInstallation();
  return {
    ...bill,
    metadata: { ...bill.metadata, component: itself },
    components: bill.components.filter(({ name, version }) => brought.has(`${name}@${version}`)),
  };
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  const text = `${JSON.stringify(makeSbom(), null, 2)}\n`;
  if (file === undefined) process.stdout.write(text);
  else writeFileSync(file, text);
}
