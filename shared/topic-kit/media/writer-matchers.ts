/** What the media writer (`wbmedia`) says, and what it means. They offer the remedies of `stickRemedies`. */
import { inOrder } from '../in-order.ts';
import type { LineMatcher, Matcher } from '../matcher.ts';

const failure = (id: string, pattern: RegExp, means: string, next: string, more: { remedies?: readonly string[]; noWayBack?: boolean } = {}): LineMatcher => ({
  kind: 'failure',
  id,
  pattern,
  means,
  next,
  ...more,
});

const missingPerl = failure(
  'no-perl',
  inOrder(/perl: /, /not found/),
  'There is no Perl, which the media writer needs.',
  'Install the package perl, and run the step again.',
);
const refusedSource = [
  missingPerl,
  failure(
    'unpacker-missing',
    /^Refused: .* is missing, which /,
    'A program is missing that unpacks the image.',
    'Install what it says, and run the step again.',
  ),
  failure(
    'no-image',
    /^Refused: .* is no image but /,
    'What is in the file is no image of a disk. Nothing was written.',
    'Unpack or convert it as the line says, and choose the image itself in a new run.',
  ),
  failure(
    'several-files',
    /^Refused: .*one image is wanted/,
    'There is more than an image in the zip file, or none.',
    'Unpack it, and choose the image in it.',
  ),
];

/** Said before anything is erased. */
const contentWarnings: readonly LineMatcher[] = [
  {
    kind: 'warning',
    id: 'optical-disc',
    pattern: /^Warning: this is an image of an optical disc without a partition table/,
    means: 'Written as it is, nothing starts from a stick with it: such images of Windows are for a DVD.',
    next: 'To start a machine from it, copy its files onto the stick instead ("Files" in the form). Go on only if that is not what it is for.',
  },
  {
    kind: 'warning',
    id: 'starts-nothing',
    pattern: /^Warning: there is neither a partition table nor a boot sector/,
    means: 'Nothing starts from a stick with this image.',
    next: 'Make sure that it is the right file. Go on only if nothing has to start from it.',
  },
  {
    kind: 'warning',
    id: 'bytes-behind',
    pattern: /^Warning: gzip passed over what stands behind the image/,
    means: 'Something is appended to the packed image, as OpenWrt does with its metadata. The image itself came out whole.',
    next: 'Nothing needs to be done.',
  },
  { kind: 'harmless', id: 'gzip-trailing', pattern: /^gzip: .*trailing garbage ignored$/, means: 'The same, in gzip’s own words.' },
];

export const checkMatchers: readonly Matcher[] = [
  ...refusedSource,
  ...contentWarnings,
  failure(
    'other-checksum',
    /^Refused: .* is not the file it should be/,
    'It is not the file its makers published: the download broke off, or somebody changed it.',
    'Get it again, and its checksum from another place.',
  ),
  failure('refused', /^Refused: /, 'The image can’t be used.', 'Read the line; choose another file in a new run.'),
  {
    kind: 'warning',
    id: 'no-checksum',
    pattern: /^No checksum was given/,
    means: 'Nothing proves that it is what its makers published.',
    next: 'Compare it by hand where that matters.',
  },
  {
    kind: 'warning',
    id: 'unknown-checksum',
    pattern: /^Warning: .*\.sha256 has no SHA-256 in a form that is known/,
    means: 'The .sha256 file beside the image could not be read, so nothing proves that the image is what its makers published.',
    next: 'Enter the digest in the form in a new run, or compare it by hand.',
  },
  {
    kind: 'expected',
    id: 'image-read',
    pattern: /^Source: /,
    means: 'The image can be read.',
    missing: 'The image was not looked at.',
    next: 'Read the lines above, and run the step again.',
  },
];

export const writeMatchers: readonly Matcher[] = [
  ...refusedSource,
  ...contentWarnings,
  failure(
    'other-device',
    /^Refused: .* is another device now/,
    'A different stick is now in place of the chosen one. Nothing was written.',
    'Take that one out, put the chosen one back, and run the step again.',
    { remedies: ['put-back'] },
  ),
  failure('in-use', /^Refused: .* is in use/, 'The system uses the stick. Nothing was written.', 'Unmount it, and run the step again.', {
    remedies: ['unmount'],
  }),
  failure('write-lock', /^Refused: .* can only be read/, 'The stick is write-protected. Nothing was written.', 'Move its lock, and run the step again.'),
  failure(
    'too-small',
    /^(Refused|Failed): .*(Take a larger one|the image is larger than)/,
    'The image does not fit onto the stick.',
    'Take a larger one, in a new run.',
  ),
  failure('not-there', /^Refused: .* is not there any more/, 'The stick is not there. Nothing was written.', 'Put it in, and run the step again.', {
    remedies: ['put-back'],
  }),
  failure('refused', /^Refused: /, 'Nothing was written.', 'Read the line, and run the step again.'),
  failure(
    'gone',
    /^Failed: .* is gone: /,
    'The stick went away in the middle of it: it was pulled out, or lost its power.',
    'Put it in again, into another socket, and run the step again.',
    {
      remedies: ['put-back'],
    },
  ),
  failure(
    'bad-sector',
    /^Failed: (writing|comparing) .* at sector \d+/,
    'The stick can’t write or read this sector. It is broken and will lose more.',
    'Throw it away; begin a new run with another stick.',
    { noWayBack: true },
  ),
  failure(
    'does-not-hold',
    /^Failed: .* does not hold what was written to it/,
    'Read back past every cache, the stick gives something else: it is broken, or a forgery that is smaller than it says.',
    'Throw it away; begin a new run with another stick.',
    { noWayBack: true },
  ),
  failure('not-kept', /^Failed: .* did not keep what was written/, 'The stick took the data and lost it.', 'Try another socket, then another stick.'),
  failure(
    'damaged-source',
    /^Failed: .*(cut off or damaged|can't be read|has changed)/,
    'The image broke off, or changed in the middle of it.',
    'Get it again, and begin a new run.',
  ),
  failure('failed', /^Failed: /, 'It was not written to its end.', 'Read the line, and run the step again.'),
  failure(
    'cancelled',
    /^Cancelled while /,
    'You ended it. The stick says that it is incomplete, and starts nothing.',
    'Run the step again to write it from the beginning.',
  ),
  {
    kind: 'expected',
    id: 'compared',
    pattern: /^Compared: \d+ bytes .*Every byte is the same\.$/,
    means: 'Read back past every cache: every byte is the same.',
    missing: 'It was not compared to its end.',
    next: 'Read the lines above, and run the step again.',
  },
  {
    kind: 'expected',
    id: 'in-place',
    pattern: /it is safe to take it out\.$|^The image file is complete: /,
    means: 'All of it is there.',
    missing: 'It was not said to be complete.',
    next: 'Read the lines above, and run the step again.',
  },
];
