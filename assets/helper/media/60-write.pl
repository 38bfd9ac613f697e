# Writing: the first block is held back until all others are on the device, so that nothing half-written starts or mounts.
my $note = "This medium is incomplete: Wrenchbook was writing an image to it, and did not get to the end.\n";
my $piece = 64 * 1024;

# In their place there is no partition table either: not at the beginning, and no copy of one at the end.
sub mark_incomplete {
    my ($target) = @_;
    return if !$target->{device};
    my $buffer = new_buffer();
    $buffer->{length} = 1024 * 1024;
    $buffer->{length} = $target->{bytes} if $target->{bytes} < $buffer->{length};
    my $at_end = $target->{bytes} - $buffer->{length};
    for my $place ($at_end, 0) {
        substr(${ $buffer->{memory} }, $buffer->{at}, length $note) = $note if $place == 0;
        my ($what, $where, $errno) = write_block($target, $target->{open}, $buffer, $place);
        report_trouble($target, { what => 'E', place => $where, errno => $errno }, 'writing') if $what ne 'done';
    }
    empty_caches($target);
    return;
}

# Errors that a cache kept to itself come out here, without their place.
sub empty_caches {
    my ($target) = @_;
    flush($target) and return;
    my $why = "$!";
    give_up("$target->{path} is gone: it was pulled out, or lost its power. Put it in and write it again") if is_gone($target);
    give_up("$target->{path} did not keep what was written: $why", mark_of($target));
    return;
}

sub write_block {
    my ($target, $open, $buffer, $place) = @_;
    my $length = pad($buffer);
    return write_runs($target, $open, $buffer, $place, $length) if !$target->{device};
    return ('error', $target->{bytes}, Errno::ENOSPC()) if $place + $length > $target->{bytes};
    my $failed = write_range($open, $buffer, $place, 0, $length) or return ('done', $buffer->{length});
    return ('error', @$failed);
}

# Zeros are left out in a new file: there they are already, and take no room.
sub write_runs {
    my ($target, $open, $buffer, $place, $length) = @_;
    my $zeros = "\0" x $piece;
    my $begun;
    for (my $at = 0; $at <= $length; $at += $piece) {
        my $size = $length - $at < $piece ? $length - $at : $piece;
        my $empty = $size <= 0 || substr(${ $buffer->{memory} }, $buffer->{at} + $at, $size) eq substr $zeros, 0, $size;
        if (!$empty) { $begun //= $at; next if $size == $piece }
        next if !defined $begun;
        my $failed = write_range($open, $buffer, $place, $begun, ($empty ? $at : $length) - $begun);
        return ('error', @$failed) if $failed;
        undef $begun;
    }
    return ('done', $buffer->{length});
}

# Undef, or [place, errno] of the first sector that can't be written.
sub write_range {
    my ($open, $buffer, $place, $at, $length) = @_;
    my $step = $length;
    for (my $done = 0; $done < $length;) {
        my $size = $length - $done < $step ? $length - $done : $step;
        sysseek $open, $place + $at + $done, 0;
        my $begun = now();
        my $wrote = syswrite $open, ${ $buffer->{memory} }, $size, $buffer->{at} + $at + $done;
        if (defined $wrote && $wrote > 0) {
            $done += $wrote;
            # A slow device gets less at once, so that ending it does not have to wait.
            $step = int($step / 2 / 4096) * 4096 || 4096 if now() - $begun > 0.4 && $step > 131_072;
            next;
        }
        my $errno = $! + 0;
        return [ $place + $at + $done, $errno ] if $size <= $sector_size || !$!{EIO};
        $step = $size > $piece ? $piece : $sector_size;
    }
    return;
}

sub write_image {
    my ($target, $source) = @_;
    my $first = new_buffer();
    fill($first, $source->{in}, $block_size) or give_up("$source->{path} can't be read: $!");
    give_up(close_source($source) || "$source->{path} holds nothing") if $first->{length} == 0;
    refuse_other_sectors($target, content($first));
    if ($target->{device}) {
        refuse("$target->{path} has $target->{bytes} bytes, and the image has $source->{total}. Take a larger one") if $source->{total} > $target->{bytes};
        refuse("$target->{path} is smaller than the image. Take a larger one") if $first->{length} > $target->{bytes};
    }
    mark_incomplete($target);
    my $meter = new_meter('writing', $first->{length});
    if ($first->{length} == $block_size) {
        my $pool = start_workers($source, 1, 8, sub {
            my $open = again($target, O_WRONLY) or POSIX::_exit(1);
            return sub { my ($buffer, $place) = @_; return write_block($target, $open, $buffer, $place) };
        });
        my $trouble = run_workers($pool, depth_finder(8), sub { count_bytes($meter, $_[0], sub { total_of($source, $meter->{bytes}) }) });
        report_trouble($target, $trouble, 'writing', $source) if $trouble;
    }
    my $damage = close_source($source);
    give_up($damage, mark_of($target)) if $damage;
    empty_caches($target);
    my ($what, $place, $errno) = write_block($target, $target->{open}, $first, 0);
    report_trouble($target, { what => 'E', place => $place, errno => $errno }, 'writing') if $what ne 'done';
    truncate $target->{open}, $meter->{bytes} if !$target->{device};
    empty_caches($target);
    return close_meter($meter, 'Written', '');
}

# A partition table counts in sectors: made for 512 bytes it is wrong where they have 4096.
sub refuse_other_sectors {
    my ($target, $head) = @_;
    my ($made_for) = grep { length $head >= $_ + 8 && substr($head, $_, 8) eq 'EFI PART' } 512, 4096 or return;
    return if !$target->{device} || $made_for == $sector_size;
    refuse("the image's partition table is made for sectors of $made_for bytes, and $target->{path} has $sector_size. Take another device");
    return;
}

sub mark_of { my ($target) = @_; return $target->{device} ? '. It is marked as incomplete: write it again before use' : '' }

sub report_trouble {
    my ($target, $trouble, $doing, $source) = @_;
    my ($what, $place, $errno) = @$trouble{qw(what place errno)};
    kill 'KILL', $source->{child} if $source && $source->{child};
    print STDOUT "\n";
    my $mark = $doing eq 'writing' ? mark_of($target) : '';
    if ($what eq 'cancelled') { report("Cancelled while $doing $target->{path}$mark"); finish(130) }
    give_up("a process of the writer ended by itself$mark") if $what eq 'gone';
    give_up("$source->{path} can't be read any further$mark") if $what eq 'S';
    give_up("$target->{path} is gone: it was pulled out, or lost its power. Put it in and write it again") if is_gone($target);
    my $sector = sprintf 'sector %d (byte %d)', $place / 512, $place;
    give_up("the image is larger than $target->{path}, which has $target->{bytes} bytes$mark") if $what eq 'E' && $errno == Errno::ENOSPC() && $target->{device};
    local $! = $errno;
    give_up("$doing $target->{path} at $sector: $!$mark") if $what eq 'E';
    give_up("$target->{path} does not hold what was written to it, from $sector on. It is broken, or smaller than it says");
    return;
}
