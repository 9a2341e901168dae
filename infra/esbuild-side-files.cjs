const fs = require('node:fs');
const path = require('node:path');

function putAside(root, output, metafile) {
  if (output.endsWith('.map')) {
    fs.renameSync(output, inFolder(root, 'maps', path.basename(output)));
    return;
  }
  const file = inFolder(root, 'meta', `${path.parse(output).name}.json`);
  fs.writeFileSync(file, JSON.stringify(metafile));
}

/** Functions that need the action catalogue. */
const WITH_ACTIONS = ['trail', 'report'];

/**
 * Puts the compiled access file, and where it is needed the action catalogue, into the zips, at their root, and keeps what only explains a bundle (its metafile and
 * source map) out of them: <root>/meta/<function>.json and <root>/maps/<function>.js.map.
 */
const sideFiles = (root) => ({
  name: 'side-files',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      if (metafile === undefined) return; // the build failed, and says so itself
      for (const [file, to] of filesBeside(build.initialOptions)) {
        fs.mkdirSync(to, { recursive: true });
        fs.copyFileSync(path.join(root, file), path.join(to, file));
      }
      for (const output of Object.keys(metafile.outputs)) putAside(root, output, metafile);
    });
  },
});

/** NB. All functions are built in one folder, and each zip takes all of it but what stands in __only_<another>/. */
function filesBeside(options) {
  const name = path.parse(options.entryPoints[0]).name;
  const zip = zipRoot(options);
  const actions = WITH_ACTIONS.includes(name) ? [['actions.json', path.join(zip, `__only_${name}`)]] : [];
  return [['access.json', zip], ...actions];
}

/** Bundles keep the folder of their entry point: functions/a.ts becomes <zip root>/functions/a.js. */
function zipRoot({ outdir, entryPoints: [entry] }) {
  return path.resolve(outdir, path.relative(path.dirname(entry), '.'));
}

function inFolder(root, folder, name) {
  fs.mkdirSync(path.join(root, folder), { recursive: true });
  return path.join(root, folder, name);
}

module.exports = { sideFiles };
