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
    'The file does not contain a disk image. Nothing was written.',
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
    means: 'A stick written with it does not boot: this kind of Windows image is for a DVD.',
    next: 'To start a machine from it, copy its files onto the stick instead ("Files" in the form). Continue only if booting is not what you want.',
  },
  {
    kind: 'warning',
    id: 'starts-nothing',
    pattern: /^Warning: there is neither a partition table nor a boot sector/,
    means: 'A stick with this image does not boot.',
    next: 'Make sure that it is the right file. Continue only if it does not need to boot.',
  },
  {
    kind: 'warning',
    id: 'bytes-behind',
    pattern: /^Warning: gzip passed over what stands behind the image/,
    means: 'Something is appended to the packed image, as OpenWrt does with its metadata. The image itself is intact.',
    next: 'Nothing needs to be done.',
  },
  {
    kind: 'harmless',
    id: 'gzip-trailing',
    pattern: /^gzip: .*trailing garbage ignored$/,
    text: 'gzip: …: decompression OK, trailing garbage ignored',
    means: 'The same, in gzip’s own words.',
  },
];

export const checkMatchers: readonly Matcher[] = [
  ...refusedSource,
  ...contentWarnings,
  failure(
    'other-checksum',
    /^Refused: .* is not the file it should be/,
    'It is not the file its makers published: the download is incomplete, or somebody changed it.',
    'Download it again, and get its checksum from another place.',
  ),
  failure('refused', /^Refused: /, 'The image can’t be used.', 'Read the line; choose another file in a new run.'),
  {
    kind: 'warning',
    id: 'no-checksum',
    pattern: /^No checksum was given/,
    means: 'Nothing proves that it is what its makers published.',
    next: 'Compare it by hand if that matters.',
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
    missing: 'The image was not checked.',
    next: 'Read the lines above, and run the step again.',
  },
];

export const writeMatchers: readonly Matcher[] = [
  ...refusedSource,
  ...contentWarnings,
  failure(
    'other-device',
    /^Refused: .* is a different device now/,
    'A different stick is now in place of the chosen one. Nothing was written.',
    'Take that one out, put the chosen one back, and run the step again.',
    { remedies: ['put-back'] },
  ),
  failure('in-use', /^Refused: .* is in use/, 'The system uses the stick. Nothing was written.', 'Unmount it, and run the step again.', {
    remedies: ['unmount'],
  }),
  failure('write-lock', /^Refused: .* can only be read/, 'The stick is write-protected. Nothing was written.', 'Unlock its switch, and run the step again.'),
  failure(
    'too-small',
    /^(Refused|Failed): .*(Take a larger one|the image is larger than)/,
    'The image does not fit onto the stick.',
    'Use a larger one, in a new run.',
  ),
  failure('not-there', /^Refused: .* is not there any more/, 'The stick is not there. Nothing was written.', 'Plug it in, and run the step again.', {
    remedies: ['put-back'],
  }),
  failure('refused', /^Refused: /, 'Nothing was written.', 'Read the line, and run the step again.'),
  failure(
    'gone',
    /^Failed: .* is gone: /,
    'The stick disappeared while it was written: it was pulled out, or lost power.',
    'Plug it in again, into another port, and run the step again.',
    {
      remedies: ['put-back'],
    },
  ),
  failure(
    'bad-sector',
    /^Failed: (writing|comparing) .* at sector \d+/,
    'The stick can’t write or read this sector. It is broken and will lose more data.',
    'Throw it away; start a new run with another stick.',
    { noWayBack: true },
  ),
  failure(
    'does-not-hold',
    /^Failed: .* does not hold what was written to it/,
    'Read back past every cache, the stick returns different data: it is broken, or a forgery that is smaller than it claims.',
    'Throw it away; start a new run with another stick.',
    { noWayBack: true },
  ),
  failure('not-kept', /^Failed: .* did not keep what was written/, 'The stick accepted the data and lost it.', 'Try another port, then another stick.'),
  failure(
    'damaged-source',
    /^Failed: .*(cut off or damaged|can't be read|has changed)/,
    'The image ended early, or changed while it was read.',
    'Get it again, and start a new run.',
  ),
  failure('failed', /^Failed: /, 'It was not written completely.', 'Read the line, and run the step again.'),
  failure(
    'cancelled',
    /^Cancelled while /,
    'You stopped it. The stick is marked as incomplete, and does not boot.',
    'Run the step again to write it from the beginning.',
  ),
  {
    kind: 'expected',
    id: 'compared',
    pattern: /^Compared: \d+ bytes .*Every byte is the same\.$/,
    means: 'Read back past every cache: every byte is the same.',
    missing: 'It was not compared completely.',
    next: 'Read the lines above, and run the step again.',
  },
  {
    kind: 'expected',
    id: 'in-place',
    pattern: /it is safe to take it out\.$|^The image file is complete: /,
    means: 'All of it is there.',
    missing: 'Nothing confirms that it is complete.',
    next: 'Read the lines above, and run the step again.',
  },
];
