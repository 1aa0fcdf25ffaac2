// Bundles each page's script and style into ../built, with the notices of the libraries in it. Run by hatch_build.py.
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const BUILT = new URL('../built/', import.meta.url);
const PAGES = ['explorer', 'query'];

/** The names of the packages that a bundle was made of, with those that they in turn bundle or import. */
async function packagesIn(metafile) {
  const direct = Object.keys(metafile.inputs).flatMap(
    (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  );
  const found = new Set();
  const visit = async (name) => {
    if (found.has(name)) return;
    found.add(name);
    const { dependencies = {} } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));
    for (const dependency of Object.keys(dependencies)) await visit(dependency);
  };
  for (const name of direct) await visit(name);
  return [...found].sort();
}

async function notice(name) {
  const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));
  const file = (await readdir(`node_modules/${name}`)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(`node_modules/${name}/${file}`, 'utf8') : '';
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/** No text in an inline script may look like the beginning of a comment; inside strings the backslash changes nothing. */
function embeddable(text) {
  return text.replaceAll('<!--', '<\\!--');
}

/** One page: NAME.js and NAME.css, plus NAME.html, the markup that both expect, and NAME.licences.txt. */
async function page(name) {
  const { metafile, outputFiles } = await build({
    write: false,
    entryPoints: { [name]: `src/${name}/main.ts` },
    outdir: '../built',
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  for (const { path, text } of outputFiles) await writeFile(path, embeddable(text));
  const notices = await Promise.all((await packagesIn(metafile)).map(notice));
  await writeFile(new URL(`${name}.licences.txt`, BUILT), notices.join(`\n${'-'.repeat(80)}\n\n`));
  await copyFile(`src/${name}/body.html`, new URL(`${name}.html`, BUILT));
}

await mkdir(BUILT, { recursive: true });
await Promise.all(PAGES.map(page));
