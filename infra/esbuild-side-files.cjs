const fs = require('node:fs');
const path = require('node:path');

/**
 * Puts the compiled access file into the zips, at their root, and keeps what only explains a bundle (its metafile and
 * source map) out of them: <root>/meta/<function>.json and <root>/maps/<function>.js.map.
 */
const sideFiles = (root) => ({
  name: 'side-files',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      if (metafile === undefined) return; // the build failed, and says so itself
      fs.copyFileSync(
        path.join(root, 'access.json'),
        path.join(zipRoot(build.initialOptions), 'access.json'),
      );
      for (const output of Object.keys(metafile.outputs)) {
        if (output.endsWith('.map')) fs.renameSync(output, inFolder(root, 'maps', path.basename(output)));
        else
          fs.writeFileSync(
            inFolder(root, 'meta', `${path.parse(output).name}.json`),
            JSON.stringify(metafile),
          );
      }
    });
  },
});

/** Bundles keep the folder of their entry point: functions/a.ts becomes <zip root>/functions/a.js. */
function zipRoot({ outdir, entryPoints: [entry] }) {
  return path.resolve(outdir, path.relative(path.dirname(entry), '.'));
}

function inFolder(root, folder, name) {
  fs.mkdirSync(path.join(root, folder), { recursive: true });
  return path.join(root, folder, name);
}

module.exports = { sideFiles };
