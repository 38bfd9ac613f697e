import { describe, expect, it } from 'vitest';
import { appFile, isAppAddress } from './app-address.ts';

const folder = '/opt/app/out/renderer';

describe('addresses of the window', () => {
  it.each([
    ['app://wrenchbook/', `${folder}/index.html`, 'text/html; charset=utf-8'],
    ['app://wrenchbook/index.html?a=../..#/runs', `${folder}/index.html`, 'text/html; charset=utf-8'],
    ['app://wrenchbook/assets/main-1.js', `${folder}/assets/main-1.js`, 'text/javascript; charset=utf-8'],
    ['app://wrenchbook/assets/a%20b.css', `${folder}/assets/a b.css`, 'text/css; charset=utf-8'],
    ['app://wrenchbook/assets/../index.html', `${folder}/index.html`, 'text/html; charset=utf-8'],
  ])('%s is %s', (url, file, contentType) => {
    expect(appFile(folder, url)).toEqual({ file, contentType });
  });

  it.each([
    'app://wrenchbook/../main/main.js',
    'app://wrenchbook/%2e%2e/main/main.js',
    'app://wrenchbook/..%2f..%2fpackage.json',
    'app://wrenchbook/assets/..%5c..%5cpackage.json',
    'app://wrenchbook/../renderer-other/index.html',
    'app://wrenchbook/%00index.html',
    'app://wrenchbook/%E0%A4%A.html',
    'app://wrenchbook/index',
    'app://wrenchbook/assets/main.js.map',
    'app://elsewhere/index.html',
    'app://wrenchbook.example/index.html',
    'app://wrenchbook@elsewhere/index.html',
    'file:///etc/passwd',
  ])('%s is nothing', (url) => {
    expect(appFile(folder, url)).toBeNull();
  });

  it('knows its own addresses from look-alikes', () => {
    expect(isAppAddress('app://wrenchbook/index.html')).toBe(true);
    expect(isAppAddress('app://wrenchbook.example/')).toBe(false);
    expect(isAppAddress('https://wrenchbook/')).toBe(false);
  });
});
