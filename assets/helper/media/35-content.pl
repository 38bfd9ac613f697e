# What an image has in it, told before anything is erased: the first bytes of what will be written, packed or not.
my $peek_bytes = 34 * 1024;    # up to the mark of an optical disc, at 32769

# Files that hold an image, or have nothing to do with one. Each with its place, its bytes, and what it is.
my @no_images = (
    [ 257, qr/^ustar/,                            'a tar archive' ],
    [ 0,   qr/^7z\xbc\xaf\x27\x1c/,               'a 7z archive' ],
    [ 0,   qr/^Rar!\x1a\x07/,                     'a RAR archive' ],
    [ 0,   qr/^PK\x03\x04/,                       'a zip archive' ],
    [ 0,   qr/^\x1f\x8b\x08/,                     'a file packed by gzip' ],
    [ 0,   qr/^\xfd7zXZ\x00/,                     'a file packed by xz' ],
    [ 0,   qr/^BZh[1-9]1AY&SY/,                   'a file packed by bzip2' ],
    [ 0,   qr/^(?:\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18)/, 'a file packed by zstd' ],
    [ 0,   qr/^(?:\x04\x22\x4d\x18|\x02\x21\x4c\x18)/, 'a file packed by lz4' ],
    [ 0,   qr/^LZIP[\x00\x01]/,                   'a file packed by lzip' ],
    [ 0,   qr/^\x5d\x00\x00.{2}(?:\xff{8}|.{5}\x00{3})/s, 'a file packed by lzma' ],
    [ 0,   qr/^QFI\xfb/,                          'a disk of QEMU (qcow2)' ],
    [ 0,   qr/^(?:KDMV|COWD|# Disk DescriptorFile)/, 'a disk of VMware (vmdk)' ],
    [ 0,   qr/^vhdxfile/,                         'a disk of Hyper-V (vhdx)' ],
    [ 0,   qr/^conectix/,                         'a disk of Hyper-V (vhd)' ],
    [ 64,  qr/^\x7f\x10\xda\xbe/,                 'a disk of VirtualBox (vdi)' ],
    [ 0,   qr/^MSWIM\x00\x00\x00/,                'an image of Windows Setup (wim)' ],
    [ 0,   qr/^MSCF\x00{4}/,                      'a cabinet file' ],
    [ 0,   qr/^(?:xar!|koly)/,                    'a package of macOS' ],
    [ 0,   qr/^!<arch>\n/,                        'a package or library (ar)' ],
    [ 0,   qr/^07070[127]/,                       'a cpio archive' ],
    [ 0,   qr/^%PDF-/,                            'a PDF document' ],
    [ 0,   qr/^\x7fELF/,                          'a program' ],
    [ 0,   qr/^(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|head)\b/i, 'a web page: the download gave an error page, perhaps' ],
    [ 0,   qr/^d\d+:\w+/,                         'a torrent file: it only says where the image is' ],
);

# The first bytes of what the source gives; it is opened for this alone.
sub peek {
    my ($source) = @_;
    my $head = '';
    while (length $head < $peek_bytes) { last if !sysread $source->{in}, $head, $peek_bytes - length $head, length $head }
    drop_source($source);
    return $head;
}

sub drop_source {
    my ($source) = @_;
    close $source->{in};
    return if !$source->{child};
    kill 'KILL', $source->{child};
    waitpid delete $source->{child}, 0;
    return;
}

# Refuses what no machine starts from whatever is done with it; says what it is.
sub refuse_container {
    my ($path, $head, $packed) = @_;
    my $within = $packed ? "what is packed in $path" : $path;
    for (@no_images) {
        my ($at, $magic, $what) = @$_;
        next if length $head <= $at || substr($head, $at) !~ $magic;
        refuse("$within is no image but $what. Unpack it, or convert it to a raw image, and choose that");
    }
    refuse("$within is no image but a text. Choose the image itself") if $head !~ /[^\x09\x0a\x0c\x0d\x20-\x7e]/;
    return;
}

# Warns of what is no disk: nothing starts from a stick without a partition table, or a boot sector.
sub warn_of_content {
    my ($head) = @_;
    my $part = sub { my ($at, $length) = @_; return length $head >= $at + $length ? substr $head, $at, $length : '' };
    return if $part->(510, 2) eq "\x55\xaa" || $part->(512, 8) eq 'EFI PART' || $part->(4096, 8) eq 'EFI PART' || $part->(0, 2) eq 'ER';
    return report('Warning: this is an image of an optical disc without a partition table: nothing starts from a stick with it.') if $part->(32_769, 5) eq 'CD001';
    return report('Warning: there is neither a partition table nor a boot sector in this image: nothing starts from a stick with it.');
}
