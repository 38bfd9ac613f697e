/** Node versions that Vite and Electron's tools run on; the same as `engines` in package.json. */
const OLDEST = { 20: 19, 22: 12 };

/** Whether a version like "20.19.1" is new enough. */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major in OLDEST && minor >= OLDEST[major]);
}

/** Ends the process with one clear sentence where Node is too old. */
export function refuseOldNode() {
  if (isNewEnough(process.versions.node)) return;
  console.error(
    `Wrenchbook needs Node 20.19 or newer, or 22.12 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org/ and try again.`,
  );
  process.exit(1);
}
