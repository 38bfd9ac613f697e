# Where the bytes go: a device, opened exclusively and asked who it is on the open descriptor, or a new image file.
sub read_line { my ($path) = @_; open my $file, '<', $path or return ''; my $text = <$file> // ''; return $text =~ /^\s*(.*?)\s*$/s ? $1 : '' }

# The folder in sysfs of what an open descriptor leads to.
sub system_folder {
    my ($open) = @_;
    my $number = (stat $open)[6];
    my $major = (($number >> 8) & 0xfff) | (($number >> 32) & ~0xfff);
    my $minor = ($number & 0xff) | (($number >> 12) & ~0xff);
    return "/sys/dev/block/$major:$minor";
}

# The same places as in electron/backend/media/devices/device-identity.ts.
sub identity {
    my ($folder) = @_;
    my %is = (vendor => read_line("$folder/device/vendor"), model => read_line("$folder/device/model"), bytes => 512 * read_line("$folder/size"));
    $is{serial} = read_line("$folder/device/serial") || read_line("$folder/serial") || usb_serial("$folder/device");
    if (!$is{serial} && open my $page, '<:raw', "$folder/device/vpd_pg80") { sysread $page, my $text, 256; $is{serial} = $text =~ /^....\s*(.*?)[\s\0]*$/s ? $1 : '' }
    $is{model} = "image $1" if !$is{model} && read_line("$folder/loop/backing_file") =~ m{([^/]+)$};
    s/[^\x21-\x7e]+/ /g, s/\|/ /g, s/^ +| +$//g for values %is;
    return \%is;
}
# Of the USB device that it hangs on.
sub usb_serial {
    my ($up) = @_;
    for (1 .. 12) {
        $up .= '/..';
        return read_line("$up/serial") if -e "$up/idVendor";
    }
    return '';
}

sub open_target {
    my ($path, $expected) = @_;
    return open_image_file($path) if !-b $path;
    my $device;
    if (!sysopen $device, $path, O_RDWR | O_EXCL | O_DIRECT) {
        refuse("$path is in use: mounted, swap, or a member of a RAID or volume group. Unmount or release it first") if $!{EBUSY};
        refuse("$path can only be read: it has a write lock") if $!{EROFS};
        refuse("$path is not there any more") if $!{ENOENT} || $!{ENXIO} || $!{ENODEV} || $!{ENOMEDIUM};
        refuse("$path can't be opened: $!");
    }
    refuse("$path is not a device any more") if !-b $device;
    my $folder = system_folder($device);
    my $is = identity($folder);
    for my $what (qw(vendor model serial bytes)) {
        next if "$is->{$what}" eq "$expected->{$what}";
        refuse(sprintf '%s is a different device now: its %s is "%s", and "%s" was chosen', $path, $what, $is->{$what}, $expected->{$what});
    }
    refuse("$path can only be read: it has a write lock") if read_line("$folder/ro") eq '1';
    $sector_size = read_line("$folder/queue/logical_block_size") || 512;
    report("Device: $path, ", join(', ', grep { $_ ne '' } $is->{vendor}, $is->{model}, $is->{serial} && "serial $is->{serial}"), ", $is->{bytes} bytes");
    report('Checked on the open device: it is the one that was chosen.');
    return { path => $path, open => $device, folder => $folder, bytes => $is->{bytes}, device => 1 };
}

# Made beside its place under another name, and given its name when all of it is there.
sub open_image_file {
    my ($path) = @_;
    refuse("$path is there already. Take another name, or move it away first") if -e $path || -l $path;
    my $draft = "$path.incomplete";
    unlink $draft;
    my $file;
    sysopen $file, $draft, O_RDWR | O_CREAT | O_EXCL | O_DIRECT, 0644 or sysopen $file, $draft, O_RDWR | O_CREAT | O_TRUNC, 0644
        or refuse("$draft can't be made: $!");
    push @ending, sub { unlink $draft };
    if (my ($uid, $gid) = reader()) { chown $uid, $gid, $file }
    report("Image file: $path");
    return { path => $path, draft => $draft, open => $file, bytes => 0, device => 0 };
}

# The same device or file once more, with a place in it of its own, for another process.
sub again {
    my ($target, $mode) = @_;
    my $number = fileno $target->{open};
    my $direct = fcntl($target->{open}, F_GETFL, 0) & O_DIRECT;
    sysopen my $open, "/proc/self/fd/$number", $mode | $direct or return;
    return $open;
}

# What was written is on it, not in a cache; true where it is.
sub flush { my ($target) = @_; return $target->{open}->sync }

# What is read after this comes from the device: its own pages are let go, and those of the file below a loop device are gone past.
sub forget_pages {
    my ($target) = @_;
    return if !$target->{device};
    ioctl $target->{open}, 0x1261, 0;    # BLKFLSBUF
    my $direct = "$target->{folder}/loop/dio";
    return if !-e $direct || read_line($direct) eq '1';
    if (ioctl $target->{open}, 0x4C08, 1) {    # LOOP_SET_DIRECT_IO
        push @ending, sub { ioctl $target->{open}, 0x4C08, 0 };
        return;
    }
    if (open my $drop, '>', '/proc/sys/vm/drop_caches') { print $drop '1'; close $drop }
    return;
}

sub is_gone { my ($target) = @_; return $target->{device} && !(read_line("$target->{folder}/size") || 0) }
