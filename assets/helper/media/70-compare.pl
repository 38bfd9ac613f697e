# Comparing: the source is read once more and held against what the device gives, past every cache of this machine.
sub compare_block {
    my ($open, $buffer, $back, $place) = @_;
    my $length = pad($buffer);
    for ($back->{length} = 0; $back->{length} < $length;) {
        sysseek $open, $place + $back->{length}, 0;
        my $got = sysread $open, ${ $back->{memory} }, $length - $back->{length}, $back->{at} + $back->{length};
        return ('error', first_unread($open, $back, $place + $back->{length}, $length - $back->{length}), $! + 0) if !defined $got;
        last if $got == 0;
        $back->{length} += $got;
    }
    # What follows the image in its last sector is nobody's.
    $back->{length} = $buffer->{length} if $back->{length} > $buffer->{length};
    my ($wanted, $found) = (content($buffer), content($back));
    return ('done', $buffer->{length}) if $wanted eq $found;
    return ('different', $place + first_difference($wanted, $found . "\xff" x ($buffer->{length} - $back->{length})));
}

# The first sector of a stretch that can't be read: first its piece, then the sector in it.
sub first_unread {
    my ($open, $buffer, $place, $length) = @_;
    my $errno = $! + 0;
    my $end = $place + $length;
    for my $step (65_536, $sector_size) {
        while ($place < $end) {
            sysseek $open, $place, 0;
            my $size = $end - $place < $step ? $end - $place : $step;
            last if !defined sysread $open, ${ $buffer->{memory} }, $size, $buffer->{at};
            $place += $size;
        }
    }
    $! = $errno;
    return $place;
}

sub compare_image {
    my ($target, $source, $total) = @_;
    forget_pages($target);
    my $meter = new_meter('comparing', 0);
    my $pool = start_workers($source, 0, 4, sub {
        my $open = again($target, O_RDONLY) or POSIX::_exit(1);
        my $back = new_buffer();
        return sub { my ($buffer, $place) = @_; return compare_block($open, $buffer, $back, $place) };
    });
    my $trouble = run_workers($pool, depth_finder(4), sub { count_bytes($meter, $_[0], sub { $total }) });
    report_trouble($target, $trouble, 'comparing', $source) if $trouble;
    my $damage = close_source($source);
    give_up($damage) if $damage;
    give_up("$source->{path} has changed while it was written: it has $meter->{bytes} bytes now, and had $total") if $meter->{bytes} != $total;
    close_meter($meter, 'Compared', ' Every byte is the same.');
    return;
}
