# Where the bytes come from: a raw image, or one that a program of the system unpacks as it is read. Nothing is unpacked onto
# a disk. What it is, is told by its first bytes, not by its name.
my %unpackers = (
    "\x1f\x8b"             => [ 'gzip',  'gzip',  '-dc' ],
    "\xfd7zXZ\0"           => [ 'xz-utils', 'xz', '-dc' ],
    'BZh'                  => [ 'bzip2', 'bzip2', '-dc' ],
    "\x28\xb5\x2f\xfd"     => [ 'zstd',  'zstd',  '-dcq' ],
);

# Files are read with the rights of who asked for root's, not with root's: neither may the helper show what they may not
# read, nor does a program that unpacks what came from outside need more.
sub reader {
    my $uid = $ENV{SUDO_UID} // $ENV{PKEXEC_UID} // $ENV{DOAS_UID};
    return if $< != 0 || !defined $uid || $uid !~ /^[0-9]+$/ || $uid == 0;
    my $gid = (getpwuid $uid)[3] // return;
    return ($uid, $gid);
}
sub as_reader {
    my ($work) = @_;
    my ($uid, $gid) = reader() or return $work->();
    local $) = "$gid $gid";
    local $> = $uid;
    return $work->();
}

# Starts a program with its output to be read; `input` becomes its standard input.
sub start_program {
    my ($input, @words) = @_;
    pipe my $out, my $in or refuse("no pipe can be made: $!");
    my $child = fork // refuse("no process can be started: $!");
    if (!$child) {
        close $out;
        open STDIN, '<&', $input or POSIX::_exit(126) if $input;
        open STDOUT, '>&', $in or POSIX::_exit(126);
        close $in;
        if (my ($uid, $gid) = reader()) { $) = "$gid $gid"; $( = $gid; ($<, $>) = ($uid, $uid); POSIX::_exit(126) if $< != $uid || $> != $uid }
        $SIG{INT} = $SIG{TERM} = $SIG{HUP} = 'DEFAULT';
        { no warnings 'exec'; exec { $words[0] } @words }
        POSIX::_exit(127);
    }
    close $in;
    fcntl $out, 1031, 1024 * 1024;    # F_SETPIPE_SZ: fewer, larger reads; where it is refused nothing is lost
    return ($out, $child);
}

sub installed { my ($name) = @_; return grep { -x "$_/$name" } split /:/, $ENV{PATH} // '' }

# What one of the names in a zip file would be; there has to be exactly one file in it.
sub zip_member {
    my ($path) = @_;
    installed('unzip') or refuse("unzip is missing, which reads $path. Install unzip");
    my ($list, $child) = start_program(undef, 'unzip', '-Z', '-l', '--', $path);
    my @files = grep { /^[-?]/ } <$list>;    # `?`: whoever packed it kept no rights
    waitpid $child, 0;
    refuse("$path can't be read by unzip: it is damaged or has a password") if $? != 0 && !@files;
    refuse(sprintf '%s holds %d files; one image is wanted', $path, scalar @files) if @files != 1;
    return (split ' ', $files[0])[3];
}

# Opens it, refuses what is no image, and warns of what starts nothing.
sub open_image {
    my ($path) = @_;
    my $head = peek(my $source = open_source($path));
    refuse_container($path, $head, $source->{kind} ne 'raw image');
    report("Source: $path, $source->{size} bytes, $source->{kind}");
    warn_of_content($head);
    return open_source($path);
}

# { path, kind, file, in, child, size, total }: `size` of the file, `total` bytes it gives where that is known beforehand.
sub open_source {
    my ($path) = @_;
    my $file = as_reader(sub { sysopen my $opened, $path, O_RDONLY | O_NONBLOCK | O_NOCTTY or return; $opened })
        or refuse("$path can't be opened: $!");
    refuse("$path is not an ordinary file") if !-f $file;
    my $size = -s _;
    refuse("$path is empty") if !$size;
    sysread $file, my $head, 512;
    sysseek $file, $size > 512 ? $size - 512 : 0, 0;
    sysread $file, my $tail, 512;
    sysseek $file, 0, 0;
    my $source = { path => $path, file => $file, size => $size, kind => 'raw image', in => $file, total => $size };
    # A zstd file may begin with a frame that is to be passed over, as pzstd writes it; lz4 has the same, and no unpacker here.
    my $first = $head =~ /^[\x50-\x5f]\x2a\x4d\x18/ ? "\x28\xb5\x2f\xfd" : $head;
    for my $magic (keys %unpackers) {
        next if substr($first, 0, length $magic) ne $magic;
        my ($package, @words) = @{ $unpackers{$magic} };
        installed($words[0]) or refuse("$words[0] is missing, which unpacks $path. Install $package");
        my ($in, $child) = start_program($file, @words);
        return { %$source, kind => "unpacked by $words[0]", in => $in, child => $child, total => 0 };
    }
    if ($head =~ /^PK\x03\x04/) {
        my $total = zip_member($path);
        my ($in, $child) = start_program(undef, 'unzip', '-p', '--', $path);
        return { %$source, kind => 'unpacked by unzip', in => $in, child => $child, total => $total };
    }
    return open_apple_image($source) if substr($tail, 0, 4) eq 'koly';
    return $source;
}

# dmg2img writes to a file it is named: a pipe by its number does.
sub open_apple_image {
    my ($source) = @_;
    installed('dmg2img') or refuse("dmg2img is missing, which unpacks $source->{path}. Install dmg2img");
    my ($in, $child) = start_program(undef, 'sh', '-c', 'exec dmg2img -s -i "$1" -o /dev/fd/3 3>&1 >/dev/null', 'sh', $source->{path});
    return { %$source, kind => 'unpacked by dmg2img', in => $in, child => $child, total => 0 };
}

# How many bytes it will give in all, by how far the packed file has been read; 0 where that tells nothing yet.
sub total_of {
    my ($source, $given) = @_;
    return $source->{total} if $source->{total} || !$source->{child};
    my $read = sysseek $source->{file}, 0, 1;
    return !$read || $read < 65_536 ? 0 : int($given * $source->{size} / $read);
}

# The first block at or behind this one that has more in it than a hole of the file; where holes count, this one.
sub behind_hole {
    my ($source, $block) = @_;
    return $block if !$source->{skip_holes} || $source->{child};
    my $place = $block * $block_size;
    my $data = sysseek $source->{in}, $place, 3;    # SEEK_DATA
    # Nothing but a hole up to the end: its last block is read all the same, so that the end is found where it is.
    $data = $source->{size} - 1 if !defined $data && $!{ENXIO} && $place < $source->{size};
    my $behind = defined $data ? int($data / $block_size) : $block;
    sysseek $source->{in}, $behind * $block_size, 0;
    return $behind;
}

# Ends it; says why where what unpacked it did not go well.
sub close_source {
    my ($source) = @_;
    return '' if !$source->{child};
    close $source->{in};
    my $ended = waitpid $source->{child}, 0;
    my $status = $?;
    delete $source->{child};
    return '' if $ended <= 0 || $status == 0;
    # gzip's way to warn: the image came out whole, and something stands behind it in the file.
    if ($source->{kind} eq 'unpacked by gzip' && $status == 2 << 8) {
        report("Warning: gzip passed over what stands behind the image in $source->{path}. The image itself is whole.");
        return '';
    }
    return "$source->{path} can't be unpacked to its end: it is cut off or damaged";
}
